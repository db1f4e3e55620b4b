import { holdingCheck } from '../../electron/services/holding-check.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { HoldingIntent } from '../../shared/signing/intent.ts'
import type { HoldingState } from '../../shared/staking/holding-state.ts'
import { alpha, rao } from '../../shared/units/amounts.ts'
import { untilBlock } from '../support/chain/chain-session.ts'
import { ROOT } from './reads.ts'
import { freshSigner } from './signer.ts'
import { called, carriedOut, type Places, TAO, TOLERANCE_PPM, termsOf, type Walk } from './walk.ts'

/** Blocks that a claim is waited for, on a network that gives play money. */
const CLAIM_BLOCKS = 60

/** Whether the app would let it be signed: its own check, with the fee of this very call. */
async function check({ chain, account }: Walk, intent: HoldingIntent): Promise<Result<unknown, AppError>> {
  const { address: coldkey } = account
  const quote = await chain.quoteCall(coldkey, intent)
  return quote.ok ? holdingCheck(chain, { coldkey, intent, txFee: quote.value.txFee }) : quote
}
async function refused(it: Walk, what: string, intent: HoldingIntent, code: AppError['code']): Promise<void> {
  it.report.refused(what, await check(it, intent), code)
}
async function done(it: Walk, what: string, intent: HoldingIntent): Promise<boolean> {
  const checked = await check(it, intent)
  if (checked.ok) return called(it, what, intent)
  it.report.took(what, checked, () => '')
  return false
}
async function stateOf({ chain, account }: Walk): Promise<HoldingState> {
  const state = await chain.holdingState(account.address)
  if (!state.ok) throw new Error(`the holdings could not be read: ${state.error.code}`)
  return state.value
}

export interface Root {
  readonly rich: boolean
}

/** Root: one to one, the hold, what it owes and the claim. */
export async function root(it: Walk, places: Places, { rich }: Root): Promise<void> {
  const { report, moves } = it
  const before = await stateOf(it)
  const { rootHotkey: hotkey, netuid } = places
  if (before.features.baskets && before.root.owed === 0n)
    await refused(it, 'a claim where nothing is owed', { kind: 'claim-root', subnets: [] }, 'root/nothing-owed')
  const amount = rao(rich ? 1_000n * TAO : TAO / 2n)
  const at = { netuid: ROOT, hotkey }
  // One is one on every chain, so nothing has to be said of a limit.
  const made = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [{ kind: 'add', ...at, amount }] })
  const [step] = made.ok ? made.value.steps : []
  if (step && (step.expected !== amount || !step.notes.includes('root-one-to-one')))
    report.failed('stake on root', 'planned as if it were a trade')
  if (!(await carriedOut(it, 'stake on root', made))) return
  const { features } = before
  if (features.baskets) await claim(it, hotkey, rich)
  else await done(it, 'claim from root, as older chains do', { kind: 'claim-root', subnets: [netuid] })
  const { root: now } = await stateOf(it)
  const hold = now.byValidator.find((row) => row.hotkey === hotkey)?.heldUntil
  if (now.holdBlocks && hold !== undefined) {
    const sale = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [{ kind: 'remove-all', ...at }] })
    report.refused('unstake from root while it is held', sale, 'stake/root-held')
    return report.off('unstake from root', `this chain holds it for ${now.holdBlocks} blocks, until block ${hold}`)
  }
  const all = await moves.plan({ tolerancePpm: TOLERANCE_PPM, moves: [{ kind: 'remove-all', ...at }] })
  await carriedOut(it, 'unstake from root', all)
}

async function claim(it: Walk, hotkey: Places['hotkey'], rich: boolean): Promise<void> {
  const { report, chain } = it
  let { root: now, atBlock } = await stateOf(it)
  const last = atBlock + (rich ? CLAIM_BLOCKS : 0)
  while ((now.owed ?? 0n) < (now.threshold ?? 1n) && atBlock < last) {
    await untilBlock(chain, atBlock + 1)
    ;({ root: now, atBlock } = await stateOf(it))
  }
  const facts = `${now.owed ?? 'unknown'} rao owed, at least ${now.threshold ?? 'unknown'} is paid`
  if ((now.owed ?? 0n) < (now.threshold ?? 1n)) return report.off('claim from root', facts)
  report.done('owed by root', facts)
  await done(it, 'claim from root', { kind: 'claim-root-of', hotkey })
}

/** Locks, destruction and what is set: on a position of its own, with tiny amounts. */
export async function holdings(it: Walk, places: Places): Promise<void> {
  const { report, moves } = it
  const { netuid, hotkey } = places
  const { features, rejectsLocked } = await stateOf(it)
  const add = { kind: 'add', netuid, hotkey, amount: rao(TAO / 2n) } as const
  if (!(await carriedOut(it, 'a stake to hold', await moves.plan({ ...termsOf(places), moves: [add] })))) return
  if (features.destroy) await report.part('recycle and burn', () => destroy(it, places))
  else report.off('recycle and burn', 'the runtime does not have it')
  if (features.autoStake) await report.part('auto-stake', () => autoStake(it, places))
  else report.off('auto-stake', 'the runtime does not have it')
  if (!features.locks) return report.off('locks', 'the runtime does not have them')
  await report.part('locks', () => locks(it, places))
  if (rejectsLocked === undefined) return report.off('locked alpha of others', 'the runtime does not tell')
  const set = { kind: 'reject-locked-alpha', enabled: rejectsLocked } as const
  await refused(it, 'locked alpha of others, as it is', set, 'stake/nothing-to-do')
  await done(it, 'locked alpha of others', { ...set, enabled: !rejectsLocked })
  await done(it, 'locked alpha of others, as before', set)
}

async function destroy(it: Walk, { netuid, hotkey, rootHotkey }: Places): Promise<void> {
  const burn = { kind: 'burn-alpha', netuid, hotkey, amount: alpha(1_000_000n) } as const
  await refused(it, 'burning on root', { ...burn, netuid: ROOT, hotkey: rootHotkey }, 'burn/on-root')
  const much = { ...burn, amount: alpha((1n << 63n) - 1n) }
  await refused(it, 'burning more than is held', much, 'stake/not-enough-alpha')
  await done(it, 'burn a thousandth of an alpha', burn)
  await done(it, 'recycle a thousandth of an alpha', { ...burn, kind: 'recycle-alpha' })
}

async function autoStake(it: Walk, { netuid, hotkey, otherHotkey }: Places): Promise<void> {
  const set = { kind: 'set-auto-stake', netuid } as const
  await refused(it, 'auto-stake with nobody', { ...set, hotkey: freshSigner().address }, 'auto-stake/not-registered')
  const now = (await stateOf(it)).subnets.find((one) => one.netuid === netuid)?.autoStake
  const to = now === hotkey ? otherHotkey : hotkey
  if (!to) return it.report.off('auto-stake', 'there is no other validator to set')
  if (await done(it, 'auto-stake', { ...set, hotkey: to }))
    await refused(it, 'auto-stake, as it is', { ...set, hotkey: to }, 'auto-stake/same')
}

async function locks(it: Walk, places: Places): Promise<void> {
  const { report, moves } = it
  const { netuid, hotkey, otherHotkey } = places
  const stand = async () => {
    const state = await stateOf(it)
    return { ...state.subnets.find((one) => one.netuid === netuid), unlockBlocks: state.unlockBlocks }
  }
  const { total = alpha(0n), lock: there } = await stand()
  if (there) return report.off('locks', 'this account has a lock there already')
  const move = { kind: 'move-lock', netuid, toHotkey: otherHotkey ?? hotkey } as const
  await refused(it, 'to move a lock that is not there', move, 'lock/none')
  const lock = { kind: 'lock-stake', netuid, hotkey } as const
  const much = { ...lock, amount: alpha(total * 2n) }
  await refused(it, 'to lock more than is held', much, 'lock/more-than-stake')
  if (!(await done(it, 'lock a part', { ...lock, amount: alpha(total / 4n) }))) return
  const { lock: made, available, unlockBlocks } = await stand()
  const kept = `${made?.amount ?? 'unknown'} locked, ${available ?? 'unknown'} free, falls to 37 % in ${unlockBlocks ?? 'unknown'} blocks`
  if (made) report.done('the lock', kept)
  else report.failed('the lock', 'is not there')
  const all = await moves.plan({ ...termsOf(places), moves: [{ kind: 'remove-all', netuid, hotkey }] })
  if (available === undefined) report.off('to sell what is locked', 'the runtime does not tell what is free')
  else report.refused('to sell what is locked', all, 'stake/not-enough-alpha')
  const keep = { kind: 'set-perpetual-lock', netuid, enabled: true } as const
  if (await done(it, 'a lock that stays', keep))
    await refused(it, 'a lock that stays, again', keep, 'stake/nothing-to-do')
  if (otherHotkey) await done(it, 'move the lock', move)
  else report.off('move the lock', 'there is no other validator')
  await done(it, 'let the lock decay', { ...keep, enabled: false })
}
