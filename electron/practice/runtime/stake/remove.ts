import { ok } from '../../../../shared/result.ts'
import { atomically, type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { mayLeave } from '../locks/lock-calls.ts'
import { EXISTENTIAL_DEPOSIT, freeOf, recycle, transfer } from '../money/balances.ts'
import { mayLeaveRoot, touchRoot } from '../root/root-hold.ts'
import { bookPurchase } from './add.ts'
import { firstFailure, knownHotkey, MIN_STAKE, orIlliquid, sellable } from './checks.ts'
import { ownerOf, type Position, ROOT, removeAlpha, stakeOf } from './ledger.ts'
import { applySell, PAR, priceOf, quoteSell } from './pools.ts'
import { subnetAccount } from './subnet-account.ts'

const s = subtensorModule.storage

const U64_MAX = (1n << 64n) - 1n

export interface RemoveStake extends Position {
  /** Alpha, gross; more than the position holds means all of it. */
  readonly amount: bigint
  readonly limitPrice?: bigint | undefined
  readonly allowPartial?: boolean
}

/** Sells alpha of a position and books it; the TAO is still with the subnet. @returns rao */
export function bookSale(ctx: Ctx, position: Position, alpha: bigint): Outcome<bigint> {
  const { coldkey, hotkey, netuid } = position
  const sold = quoteSell(ctx.store, { netuid, amount: alpha })
  if (!sold.ok) return sold
  const { swapped, fee, received } = sold.value
  if (!removeAlpha(ctx.store, position, alpha)) return fail('NotEnoughStakeToWithdraw')
  touchRoot(ctx, position)
  applySell(ctx, netuid, sold.value)
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'StakeRemoved', value: [coldkey, hotkey, received, swapped, netuid, fee] },
  })
  return ok(received)
}

/** TAO from a subnet to somebody's free balance. Less than an account can hold is lost, as dust is on the chain. */
export function payOut(ctx: Ctx, netuid: number, payment: { to: string; amount: bigint }): Outcome {
  const { to, amount } = payment
  const from = subnetAccount(netuid)
  if (freeOf(ctx.store, to) + amount < EXISTENTIAL_DEPOSIT) return recycle(ctx, from, amount)
  return transfer(ctx, { from, to, amount }, 'keep-alive')
}

function sellAndPay(ctx: Ctx, position: Position, alpha: bigint): Outcome {
  const tao = bookSale(ctx, position, alpha)
  return tao.ok ? payOut(ctx, position.netuid, { to: position.coldkey, amount: tao.value }) : tao
}

/** How much of the sale the price limit lets through, fee included. @returns alpha */
function mostWithinLimit(ctx: Ctx, request: RemoveStake): Outcome<bigint> {
  if (request.limitPrice === undefined || request.amount === 0n) return ok(request.amount)
  const quote = quoteSell(ctx.store, request)
  return quote.ok ? ok(quote.value.swapped + quote.value.fee) : quote
}

/** The chain's checks of a sale. `request.amount` is at most what is held; the minimum is that of all of it. */
function removable(ctx: Ctx, request: RemoveStake, most: bigint): Outcome {
  const { netuid, amount } = request
  if (amount === 0n) return fail('AmountTooLow')
  const quote = orIlliquid(quoteSell(ctx.store, { netuid, amount }))
  if (!quote.ok) return quote
  return firstFailure(
    () => (quote.value.received < MIN_STAKE && amount < stakeOf(ctx.store, request) ? fail('AmountTooLow') : done),
    () => (most < amount && !request.allowPartial ? fail('SlippageTooHigh') : done),
    () => knownHotkey(ctx, request.hotkey),
    () => (most === 0n ? fail('AmountTooLow') : done),
    () => mayLeave(ctx, request, most),
    () => mayLeaveRoot(ctx, request),
  )
}

/**
 * What is left behind a foreign hotkey may be too little to keep: then it is sold as well, as any other sale.
 * @source subtensor `staking/helpers.rs` clear_small_nomination_if_required
 */
export function clearSmallNomination(ctx: Ctx, position: Position): Outcome {
  const { store } = ctx
  if (ownerOf(store, position.hotkey) === position.coldkey) return done
  const left = stakeOf(store, position)
  const least = (MIN_STAKE * store.get(s.NominatorMinRequiredStake)) / 1_000_000n
  if (left === 0n || (left * priceOf(store, position.netuid)) / PAR >= least) return done
  if (atomically(ctx, (inner) => sellAndPay(inner, position, left)).ok) return done
  // Dust that the pool does not take is deleted.
  if (removeAlpha(store, position, left)) store.update(s.SubnetAlphaOut, [position.netuid], (out) => out - left)
  return done
}

/**
 * Unstakes: sells alpha (one to one on root) for TAO. There is no waiting time.
 *
 * @errors SubtokenDisabled, Swap.PriceLimitExceeded, AmountTooLow, InsufficientLiquidity, SlippageTooHigh, HotKeyAccountNotExists,
 *   StakeUnavailable, RootStakeLocked
 * @source subtensor `staking/remove_stake.rs`, `staking/stake_utils.rs` validate_remove_stake
 */
export function removeStake(ctx: Ctx, request: RemoveStake): Outcome {
  const enabled = sellable(ctx, request.netuid)
  if (!enabled.ok) return enabled
  const held = stakeOf(ctx.store, request)
  const capped = { ...request, amount: request.amount < held ? request.amount : held }
  const most = mostWithinLimit(ctx, capped)
  if (!most.ok) return most
  const checked = removable(ctx, capped, most.value)
  if (!checked.ok) return checked
  const sold = sellAndPay(ctx, request, most.value)
  return sold.ok ? clearSmallNomination(ctx, request) : sold
}

/** The whole position, down to a floor price; partial sales are not allowed. */
export const removeStakeFull = (ctx: Ctx, position: Position, limitPrice: bigint | undefined): Outcome =>
  removeStake(ctx, { ...position, amount: stakeOf(ctx.store, position), limitPrice })

const subnetsOf = (ctx: Ctx): number[] =>
  ctx.store
    .entries(s.NetworksAdded)
    .filter(([, added]) => added)
    .map(([[netuid]]) => netuid)

/** Every subnet behind one hotkey; a subnet that refuses is passed over, without a word, as the chain does. */
export function unstakeAll(ctx: Ctx, coldkey: string, hotkey: string): Outcome {
  const known = knownHotkey(ctx, hotkey)
  if (!known.ok) return known
  for (const netuid of subnetsOf(ctx))
    atomically(ctx, (inner) => removeStake(inner, { coldkey, hotkey, netuid, amount: U64_MAX }))
  return done
}

/** All alpha of one hotkey becomes its stake on root; subnets that refuse are passed over. */
export function unstakeAllAlpha(ctx: Ctx, coldkey: string, hotkey: string): Outcome {
  const known = knownHotkey(ctx, hotkey)
  if (!known.ok) return known
  let proceeds = 0n
  for (const netuid of subnetsOf(ctx).filter((id) => id !== ROOT)) {
    const position = { coldkey, hotkey, netuid }
    const alpha = stakeOf(ctx.store, position)
    if (alpha === 0n) continue
    const sold = atomically(ctx, (inner) => {
      const free = mayLeave(inner, position, alpha)
      if (!free.ok) return free
      const tao = bookSale(inner, position, alpha)
      if (!tao.ok) return tao
      const moved = transfer(
        inner,
        { from: subnetAccount(netuid), to: subnetAccount(ROOT), amount: tao.value },
        'keep-alive',
      )
      return moved.ok ? tao : moved
    })
    if (sold.ok) proceeds += sold.value
  }
  if (proceeds < MIN_STAKE) return fail('AmountTooLow')
  const booked = bookPurchase(ctx, { coldkey, hotkey, netuid: ROOT }, { gross: proceeds })
  return booked.ok ? done : booked
}
