import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { normalized, UNIT, type Verdict, type Voter } from '../epoch/consensus.ts'
import { freeByEarning } from '../registration/collateral.ts'
import { takeOf } from '../stake/delegates.ts'
import { addAlpha, creditHotkey, hotkeyAlpha, hotkeyExists, NOBODY, ownerOf } from '../stake/ledger.ts'
import { dividendsOf } from './dividends.ts'
import { payRoot } from './root-dividends.ts'

const s = subtensorModule.storage

export interface EpochResult {
  readonly netuid: number
  readonly hotkeys: readonly string[]
  readonly voters: readonly Voter[]
  readonly verdict: Verdict
}

/** Takes what waits for the epoch. @returns alpha */
function drain(store: Store, item: typeof s.PendingOwnerCut, netuid: number): bigint {
  const waiting = store.get(item, netuid)
  store.set(item, [netuid], 0n)
  return waiting
}

/** Splits an amount; what rounding leaves over stays in the pool of the next epoch. */
const split = (amount: bigint, parts: readonly bigint[]): bigint[] => parts.map((part) => (amount * part) / UNIT)
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)
const isNothing = (parts: readonly bigint[]): boolean => parts.every((part) => part === 0n)

/**
 * A miner's reward lands as stake of its coldkey: behind the hotkey chosen with call 114, else behind the miner.
 * What the subnet owner's own miners earn is destroyed, as on the chain.
 */
function payMiner(ctx: Ctx, netuid: number, { hotkey, alpha }: { hotkey: string; alpha: bigint }): void {
  const { store } = ctx
  const owner = ownerOf(store, hotkey)
  if (owner === store.get(s.SubnetOwner, netuid)) {
    if (store.get(s.RecycleOrBurn, netuid).type === 'Recycle')
      store.update(s.SubnetAlphaOut, [netuid], (out) => out - alpha)
    return
  }
  freeByEarning(store, { hotkey, coldkey: owner, netuid }, alpha)
  const chosen = store.get(s.AutoStakeDestination, owner, netuid)
  const destination = chosen ?? hotkey
  addAlpha(store, { hotkey: destination, coldkey: owner, netuid }, alpha)
  if (chosen === undefined) return
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'AutoStakeAdded', value: { netuid, destination, hotkey, owner, incentive: alpha } },
  })
}

/** A validator's dividend: its take for the owner, the rest for everybody behind it, the owner included. */
function payValidator({ store }: Ctx, netuid: number, { hotkey, alpha }: { hotkey: string; alpha: bigint }): void {
  const owner = { hotkey, coldkey: ownerOf(store, hotkey), netuid }
  freeByEarning(store, owner, alpha)
  const take = takeOf(store, hotkey, alpha)
  const shared = creditHotkey(store, hotkey, { netuid, alpha: alpha - take })
  addAlpha(store, owner, shared ? take : alpha)
  store.set(s.AlphaDividendsPerSubnet, [netuid, hotkey], alpha - take)
}

function clearDividends(store: Store, netuid: number): void {
  for (const item of [s.AlphaDividendsPerSubnet, s.RootAlphaDividendsPerSubnet])
    for (const key of store.kv.keys(item.prefix(netuid))) store.kv.delete(key)
}

function payOwner(ctx: Ctx, netuid: number): void {
  const { store } = ctx
  const hotkey = store.get(s.SubnetOwnerHotkey, netuid)
  if (hotkey === NOBODY || !hotkeyExists(store, hotkey)) return
  const cut = drain(store, s.PendingOwnerCut, netuid)
  addAlpha(store, { hotkey, coldkey: store.get(s.SubnetOwner, netuid), netuid }, cut)
}

/** Dividends by bonds; by stake while there are no bonds yet. */
function dividendParts({ voters, verdict }: EpochResult): readonly bigint[] {
  return isNothing(verdict.dividends)
    ? normalized(voters.map((voter) => (voter.permit && voter.active ? voter.stake : 0n)))
    : verdict.dividends
}

/**
 * Pays an epoch: owner cut, miners by incentive, validators and their stakers by dividends, root by its stake.
 * Writes `Emission`, the alpha of this whole epoch per uid.
 * @source subtensor `coinbase/run_coinbase.rs` distribute_emission
 */
export function payEpoch(ctx: Ctx, result: EpochResult): void {
  const { store } = ctx
  const { netuid, hotkeys, verdict } = result
  const parts = dividendParts(result)
  // Before anybody is paid: what counts is the stake that voted.
  const dividends = dividendsOf(store, { netuid, hotkeys, parts })
  payOwner(ctx, netuid)
  clearDividends(store, netuid)
  if (isNothing(parts))
    return store.set(
      s.Emission,
      [netuid],
      hotkeys.map(() => 0n),
    )
  const forMiners = drain(store, s.PendingServerEmission, netuid)
  const forValidators = drain(store, s.PendingValidatorEmission, netuid)
  // Without a single voted miner the validators get it all.
  const mined = isNothing(verdict.incentive)
  const incentives = split(forMiners, verdict.incentive)
  const pot = mined ? forMiners + forValidators : forValidators
  incentives.forEach((alpha, uid) => {
    if (alpha > 0n) payMiner(ctx, netuid, { hotkey: hotkeys[uid] ?? NOBODY, alpha })
  })
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'IncentiveAlphaEmittedToMiners', value: { netuid, emissions: incentives } },
  })
  const paid = split(
    pot,
    dividends.map(({ alpha }) => alpha),
  )
  dividends.forEach(({ hotkey }, at) => {
    const alpha = paid[at] ?? 0n
    if (alpha > 0n) payValidator(ctx, netuid, { hotkey, alpha })
  })
  const forRoot = payRoot(ctx, { netuid, dividends })
  for (const { hotkey } of dividends)
    store.set(s.TotalHotkeyAlphaLastEpoch, [hotkey, netuid], hotkeyAlpha(store, hotkey, netuid))
  // What a place earned, whoever of its parents got it.
  const earned = split(sum(paid) + forRoot, parts)
  store.set(
    s.Emission,
    [netuid],
    hotkeys.map((_, uid) => (incentives[uid] ?? 0n) + (earned[uid] ?? 0n)),
  )
  store.update(s.PendingServerEmission, [netuid], (left) => left + (mined ? 0n : forMiners - sum(incentives)))
  store.update(s.PendingValidatorEmission, [netuid], (left) => left + pot - sum(paid))
}
