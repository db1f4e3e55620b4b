import { ok } from '../../../../shared/result.ts'
import { atomically, type Ctx, done, dryRun, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { lockFollows, mayLeave } from '../locks/lock-calls.ts'
import { recycle, transfer } from '../money/balances.ts'
import { coversBond } from '../registration/collateral.ts'
import { mayLeaveRoot, touchRoot } from '../root/root-hold.ts'
import { bookPurchase } from './add.ts'
import { firstFailure, knownHotkey, MIN_STAKE, orIlliquid, subnetExists, tradable } from './checks.ts'
import { addAlpha, type Position, ROOT, removeAlpha, stakeOf } from './ledger.ts'
import { PAR, priceOf, quoteSell } from './pools.ts'
import { bookSale, clearSmallNomination, payOut } from './remove.ts'
import { subnetAccount } from './subnet-account.ts'

const s = subtensorModule.storage

export interface Move {
  readonly from: Position
  readonly to: Position
  /** Alpha of the origin subnet. */
  readonly amount: bigint
}

/** A price ratio below which nothing more is moved. */
export interface RatioLimit {
  /** (price of the origin ÷ price of the destination) × 1e9 */
  readonly ratio: bigint
  readonly allowPartial: boolean
}

interface MoveRules {
  readonly limit?: RatioLimit | undefined
  /** The subnets' `TransferToggle` counts: call 86 only. */
  readonly transfer?: boolean
}

/** Same subnet: no swap, no fee; the events tell a value at the spot price, as the chain's do. */
function moveWithin(ctx: Ctx, { from, to, amount }: Move): Outcome<bigint> {
  const value = (amount * priceOf(ctx.store, from.netuid)) / PAR
  const lock = lockFollows(ctx, from, to, amount)
  if (!lock.ok) return lock
  if (!removeAlpha(ctx.store, from, amount)) return fail('NotEnoughStakeToWithdraw')
  addAlpha(ctx.store, to, amount)
  touchRoot(ctx, from)
  touchRoot(ctx, to)
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'StakeRemoved', value: [from.coldkey, from.hotkey, value, amount, from.netuid, 0n] },
  })
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'StakeAdded', value: [to.coldkey, to.hotkey, value, amount, to.netuid, 0n] },
  })
  return ok(value)
}

/**
 * Sell here, buy there. The fee is paid once: on the sale, or on the purchase when the origin is root.
 *
 * The trap of the chain is kept: when the sale brings less than the minimum stake, the purchase is left out without
 * an error and the TAO ends as free balance of the receiving coldkey.
 */
function moveAcross(ctx: Ctx, { from, to, amount }: Move): Outcome<bigint> {
  const tao = bookSale(ctx, from, amount)
  if (!tao.ok) return tao
  if (tao.value < MIN_STAKE) {
    const paid = payOut(ctx, from.netuid, { to: to.coldkey, amount: tao.value })
    return paid.ok ? tao : paid
  }
  const moved = transfer(
    ctx,
    { from: subnetAccount(from.netuid), to: subnetAccount(to.netuid), amount: tao.value },
    'keep-alive',
  )
  if (!moved.ok) return moved
  const fee = bookPurchase(ctx, to, { gross: tao.value, free: from.netuid !== ROOT })
  if (!fee.ok) return fee
  const burned = recycle(ctx, subnetAccount(to.netuid), fee.value)
  return burned.ok ? tao : burned
}

const shift = (ctx: Ctx, move: Move): Outcome<bigint> =>
  move.from.netuid === move.to.netuid ? moveWithin(ctx, move) : moveAcross(ctx, move)

/** (origin price ÷ destination price) × 1e9 after moving `amount`; `undefined` when it cannot be moved. */
function ratioAfter(ctx: Ctx, move: Move): bigint | undefined {
  return dryRun(ctx, (inner) => {
    if (!shift(inner, move).ok) return undefined
    const destination = priceOf(inner.store, move.to.netuid)
    return destination === 0n ? undefined : (priceOf(inner.store, move.from.netuid) * PAR) / destination
  })
}

/** The largest amount whose move leaves the ratio at or above the limit; the ratio only falls with the amount. */
function largestWithin(ctx: Ctx, move: Move, limit: RatioLimit): bigint {
  const fits = (amount: bigint): boolean => (ratioAfter(ctx, { ...move, amount }) ?? -1n) >= limit.ratio
  if (fits(move.amount)) return move.amount
  let low = 0n
  let high = move.amount
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

function withinLimit(ctx: Ctx, move: Move, limit: RatioLimit | undefined): Outcome<bigint> {
  if (limit === undefined) return ok(move.amount)
  const most = largestWithin(ctx, move, limit)
  if (most < move.amount && !limit.allowPartial) return fail('SlippageTooHigh')
  return most === 0n ? fail('AmountTooLow') : ok(most)
}

/**
 * Moves stake between hotkeys, subnets or coldkeys.
 *
 * @returns TAO value moved, as the calling event reports it (rao)
 * @errors SameNetuid, SubnetNotExists, SubtokenDisabled, HotKeyAccountNotExists, InsufficientLiquidity, AmountTooLow,
 *   SlippageTooHigh, TransferDisallowed, StakeUnavailable, RootStakeLocked, LockHotkeyMismatch, AccountRejectsLockedAlpha, Swap.*
 * @source subtensor `staking/move_stake.rs`, `staking/stake_utils.rs` validate_stake_transition
 */
function transition(ctx: Ctx, asked: Move, rules: MoveRules = {}): Outcome<bigint> {
  const { limit } = rules
  const { from, to } = asked
  const held = stakeOf(ctx.store, from)
  // More than there is means all of it: the fee may just have been taken out of the position.
  const move = { ...asked, amount: asked.amount < held ? asked.amount : held }
  const same = from.netuid === to.netuid && from.hotkey === to.hotkey && from.coldkey === to.coldkey
  const checked = firstFailure(
    () => (same ? fail('SameNetuid') : done),
    () => (subnetExists(ctx.store, from.netuid) && subnetExists(ctx.store, to.netuid) ? done : fail('SubnetNotExists')),
    () => tradable(ctx, from.netuid),
    () => tradable(ctx, to.netuid),
    () => knownHotkey(ctx, from.hotkey),
    () => knownHotkey(ctx, to.hotkey),
    () => (from.netuid === to.netuid ? done : enoughToSell(ctx, move)),
    () => (from.netuid === to.netuid ? coversBond(ctx.store, from, move.amount) : mayLeave(ctx, from, move.amount)),
    () => mayLeaveRoot(ctx, from),
  )
  if (!checked.ok) return checked
  const most = withinLimit(ctx, move, limit)
  if (!most.ok) return most
  if (rules.transfer && !transferable(ctx, move)) return fail('TransferDisallowed')
  const worth = (move.amount * priceOf(ctx.store, from.netuid)) / PAR
  if (from.netuid === to.netuid && worth < MIN_STAKE) return fail('AmountTooLow')
  const tao = atomically(ctx, (inner) => shift(inner, { ...move, amount: most.value }))
  if (!tao.ok) return tao
  const cleared = clearSmallNomination(ctx, from)
  return cleared.ok ? tao : cleared
}

const transferable = ({ store }: Ctx, { from, to }: Move): boolean =>
  store.get(s.TransferToggle, from.netuid) && store.get(s.TransferToggle, to.netuid)

/** A sale for another subnet must bring more than the minimum stake, also when it is of a whole position. */
function enoughToSell(ctx: Ctx, { from, amount }: Move): Outcome {
  const quote = orIlliquid(quoteSell(ctx.store, { netuid: from.netuid, amount }))
  if (!quote.ok) return quote
  return quote.value.received > MIN_STAKE ? done : fail('AmountTooLow')
}

/** Calls 85 and 149. @errors SameNetuid when neither hotkey nor subnet changes; see {@link transition} */
export function moveStake(ctx: Ctx, move: Move, limit?: RatioLimit): Outcome {
  // Within a subnet no price moves: the limit is not looked at.
  const tao = transition(ctx, move, move.from.netuid === move.to.netuid ? {} : { limit })
  if (!tao.ok) return tao
  const { from, to } = move
  const value = [from.coldkey, from.hotkey, from.netuid, to.hotkey, to.netuid, tao.value] as const
  ctx.emit({ type: 'SubtensorModule', value: { type: 'StakeMoved', value } })
  return done
}

/** Call 86: gives stake to another coldkey. */
export function transferStake(ctx: Ctx, move: Move): Outcome {
  const tao = transition(ctx, move, { transfer: true })
  if (!tao.ok) return tao
  const { from, to } = move
  const value = [from.coldkey, to.coldkey, from.hotkey, from.netuid, to.netuid, tao.value] as const
  ctx.emit({ type: 'SubtensorModule', value: { type: 'StakeTransferred', value } })
  return done
}

/** Calls 87 and 90: another subnet, same hotkey. */
export function swapStake(ctx: Ctx, move: Move, limit?: RatioLimit): Outcome {
  const tao = transition(ctx, move, { limit })
  if (!tao.ok) return tao
  const { from, to } = move
  const value = [from.coldkey, from.hotkey, from.netuid, to.netuid, tao.value] as const
  ctx.emit({ type: 'SubtensorModule', value: { type: 'StakeSwapped', value } })
  return done
}
