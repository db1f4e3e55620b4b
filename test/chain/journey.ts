import type { AccountsPort } from '../../electron/chain/accounts.port.ts'
import type { ChainPort } from '../../electron/chain/chain.port.ts'
import type { StakingPort } from '../../electron/chain/staking.port.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import type { SignablePlan } from '../../shared/transactions/transaction.ts'
import { planTransfer } from '../../shared/transfers/plan-transfer.ts'
import { type Netuid, rao, type Ss58 } from '../../shared/units/amounts.ts'
import { never, submitAndWait, untilBlock } from '../support/chain/chain-session.ts'
import { plannedMove } from '../support/chain/planned-move.ts'
import type { Report } from './report.ts'

export interface Journey {
  readonly chain: ChainPort & AccountsPort & StakingPort
  readonly account: { readonly address: Ss58; sign(payload: Uint8Array): Uint8Array }
  readonly endpoint: string
  readonly report: Report
}

const PLAY_MONEY = rao(100_000_000_000n)
const STAKE = rao(1_000_000_000n)
/** A stranger's node may be slow; a stake of one TAO moves no price by more. */
const TOLERANCE_PPM = 50_000

/** Reads, plans, and where there is play money stakes, unstakes and sends, refusals first. */
export async function journey(it: Journey): Promise<void> {
  const { chain, report, endpoint } = it
  const facts = report.took(
    'connect',
    await chain.connect({ endpoint }, never),
    ({ specName, specVersion, genesis }) => `${specName} ${specVersion}, genesis ${genesis}`,
  )
  if (!facts) return
  const place = await reads(it)
  const rich = await money(it)
  if (!place) return report.off('trades', 'no subnet with a validator was found')
  await refusals(it, place)
  if (rich) await trades(it, place)
  else report.off('sending', 'there is no play money: no faucet, and the account is empty')
}

interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}

async function reads({ chain, account, report }: Journey): Promise<Place | undefined> {
  const [subnets, portfolio, epochs] = await Promise.all([
    chain.subnets(),
    chain.portfolio(account.address, true),
    chain.epochFacts(),
  ])
  const found = report.took('subnets', subnets, (value) => `${value.subnets.length} at block ${value.block}`)
  report.took(
    'portfolio',
    portfolio,
    ({ free, positions, totalAtSpot }) =>
      `free ${free} rao, ${positions.length} positions, at spot ${totalAtSpot ?? 'unknown'}`,
  )
  report.took('epochs', epochs, (value) => `${value.length} schedules`)
  for (const subnet of found?.subnets ?? []) {
    if (subnet.netuid === 0 || !subnet.started || subnet.price === undefined) continue
    const validators = report.took(
      `validators of ${subnet.netuid}`,
      await chain.validators(subnet.netuid),
      (list) => `${list.length}`,
    )
    const [first] = validators ?? []
    if (first) return { netuid: subnet.netuid, hotkey: first.hotkey }
  }
  return undefined
}

async function money({ chain, account, report }: Journey): Promise<boolean> {
  const given = await chain.playMoney(account.address, PLAY_MONEY)
  if (given.ok) {
    await untilBlock(chain, given.value.block)
    report.done('play money', `in block ${given.value.block}`)
    return true
  }
  const portfolio = await chain.portfolio(account.address, false)
  return portfolio.ok && portfolio.value.free > STAKE + STAKE
}

/** Before anything is sent: what must not be planned is not. */
async function refusals({ chain, account, report }: Journey, place: Place): Promise<void> {
  const typo = `${account.address.slice(0, -1)}${account.address.endsWith('1') ? '2' : '1'}` as typeof account.address
  const wrong = await chain.portfolio(typo, false)
  if (!wrong.ok && wrong.error.code === 'chain/bad-address') report.done('a mistyped address', 'refused')
  else report.failed('a mistyped address', JSON.stringify(wrong.ok ? 'read' : wrong.error))
  const little = await plannedMove(chain, account.address, { kind: 'add', ...place, amount: rao(1n), tolerancePpm: 0 })
  if (little.ok) report.failed('a stake of 1 rao', 'was planned')
  else report.done('a stake of 1 rao', little.error.code)
}

async function trades(it: Journey, place: Place): Promise<void> {
  const { chain, account, report } = it
  const terms = { ...place, tolerancePpm: TOLERANCE_PPM }
  const plan = await plannedMove(chain, account.address, { kind: 'add', ...terms, amount: STAKE })
  if (!plan.ok && plan.error.code === 'stake/limit-needed')
    return report.off('trades', 'this runtime simulates no swaps: they need a limit that a person sets')
  if (!plan.ok) return report.failed('stake', JSON.stringify(plan.error))
  const [step] = plan.value.steps
  report.done('quote', `${step?.expected ?? 'unknown'} alpha for ${STAKE} rao, limit ${step?.limitPrice}`)
  for (const doubt of plan.value.doubts)
    report.failed('a second source', `${doubt.kind}: stated ${doubt.stated}, compared ${doubt.compared}`)
  if (!(await sent(it, 'stake', plan.value))) return
  const portfolio = await chain.portfolio(account.address, true)
  const held = report
    .took('portfolio after it', portfolio, ({ positions }) => `${positions.length} positions`)
    ?.positions.find(({ netuid, hotkey }) => netuid === place.netuid && hotkey === place.hotkey)
  if (!held) return report.failed('portfolio after it', 'the position is not there')
  const removal = await plannedMove(chain, account.address, { kind: 'remove', ...terms, amount: held.available })
  if (!removal.ok) return report.failed('unstake', JSON.stringify(removal.error))
  if (!(await sent(it, 'unstake', removal.value))) return
  const request = { to: place.hotkey, amount: rao(1_000_000n) }
  const pay = await chain.transferSnapshot(account.address, request.to, request.amount)
  const transfer = pay.ok ? planTransfer(request, pay.value) : pay
  if (!transfer.ok) return report.failed('send', JSON.stringify(transfer.error))
  await sent(it, 'send', transfer.value)
}

type Sendable = SignablePlan | StakeMovesPlan

async function sent({ chain, account, report }: Journey, what: string, plan: Sendable): Promise<boolean> {
  const prepared =
    plan.kind === 'stake-moves'
      ? await chain.prepareCall(account.address, plan.intent)
      : await chain.prepare(account.address, plan)
  if (!prepared.ok) {
    report.took(what, prepared, () => '')
    return false
  }
  const { accepted, ended } = submitAndWait(chain, prepared.value.handle, account.sign(prepared.value.payload))
  const taken = await accepted
  if (!taken.ok) {
    report.failed(what, JSON.stringify(taken.error))
    return false
  }
  const last = (await ended).at(-1)
  if (last?.stage !== 'finalized') {
    report.failed(what, JSON.stringify(last))
    return false
  }
  report.done(what, `final in block ${last.outcome.block}, fee ${last.outcome.feeRao ?? 'unknown'} rao`)
  return true
}
