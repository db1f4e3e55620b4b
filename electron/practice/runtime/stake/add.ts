import { ok } from '../../../../shared/result.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { freeOf, recycle, spendableOf, transfer } from '../money/balances.ts'
import { touchRoot } from '../root/root-hold.ts'
import { firstFailure, knownHotkey, leastPurchase, MIN_STAKE, orIlliquid, tradable } from './checks.ts'
import { becomeDelegate } from './delegates.ts'
import { addAlpha, type Position, stakeOf } from './ledger.ts'
import { applyBuy, quoteBuy } from './pools.ts'
import { subnetAccount } from './subnet-account.ts'

export interface AddStake extends Position {
  /** rao, gross */
  readonly amount: bigint
  readonly limitPrice?: bigint | undefined
  readonly allowPartial?: boolean
}

/** How much of the order the price limit lets through, fee included. @returns rao */
function mostWithinLimit(ctx: Ctx, request: AddStake): Outcome<bigint> {
  if (request.limitPrice === undefined) return ok(request.amount)
  const quote = quoteBuy(ctx.store, request)
  return quote.ok ? ok(quote.value.swapped + quote.value.fee) : quote
}

/** The chain's checks of a purchase. @param gross  what will be spent, rao */
function purchasable(ctx: Ctx, request: AddStake, gross: bigint): Outcome {
  const { coldkey, netuid } = request
  const checked = firstFailure(
    () => tradable(ctx, netuid),
    () => (request.amount < leastPurchase(ctx.store, netuid) ? fail('AmountTooLow') : done),
    () => (gross < request.amount && !request.allowPartial ? fail('SlippageTooHigh') : done),
    () => (gross > freeOf(ctx.store, coldkey) ? fail('NotEnoughBalanceToStake') : done),
    () => knownHotkey(ctx, request.hotkey),
  )
  if (!checked.ok) return checked
  if (gross === 0n) return fail('AmountTooLow')
  const quote = orIlliquid(quoteBuy(ctx.store, { netuid, amount: gross }))
  if (!quote.ok) return quote
  return quote.value.swapped < MIN_STAKE ? fail('AmountTooLow') : done
}

/** Books alpha that was bought: the swap, the position, the event. @param gross rao, as the event reports it */
export function bookPurchase(ctx: Ctx, position: Position, order: { gross: bigint; free?: boolean }): Outcome<bigint> {
  const { netuid } = position
  const bought = quoteBuy(ctx.store, { netuid, amount: order.gross, free: order.free ?? false })
  if (!bought.ok) return bought
  const { fee, received } = bought.value
  const before = stakeOf(ctx.store, position)
  applyBuy(ctx, netuid, bought.value)
  addAlpha(ctx.store, position, received)
  // A position so large that one more unit does not change its share would take the TAO for nothing.
  if (stakeOf(ctx.store, position) === before) return fail('InsufficientLiquidity')
  touchRoot(ctx, position)
  becomeDelegate(ctx.store, position)
  const { coldkey, hotkey } = position
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'StakeAdded', value: [coldkey, hotkey, order.gross, received, netuid, fee] },
  })
  return ok(fee)
}

/**
 * Stakes TAO: buys alpha of the subnet (one to one on root) behind a hotkey.
 *
 * @errors Swap.PriceLimitExceeded, SubnetNotExists, SubtokenDisabled, AmountTooLow, SlippageTooHigh,
 *   NotEnoughBalanceToStake, HotKeyAccountNotExists, InsufficientLiquidity
 * @source subtensor `staking/add_stake.rs`, `staking/stake_utils.rs` validate_add_stake
 */
export function addStake(ctx: Ctx, request: AddStake): Outcome {
  const { coldkey, netuid } = request
  const most = mostWithinLimit(ctx, request)
  if (!most.ok) return most
  const checked = purchasable(ctx, request, most.value)
  if (!checked.ok) return checked
  // Staking never ends an account: the existential deposit stays behind.
  const spendable = spendableOf(ctx.store, coldkey)
  const gross = most.value < spendable ? most.value : spendable
  if (gross === 0n) return fail('InsufficientBalance')
  const quote = quoteBuy(ctx.store, { netuid, amount: gross })
  if (!quote.ok) return quote
  const { swapped, fee } = quote.value
  const paid = transfer(ctx, { from: coldkey, to: subnetAccount(netuid), amount: swapped }, 'keep-alive')
  if (!paid.ok) return paid
  // Mainnet gives the fee to the block's author; practice has none, so it leaves existence.
  const burned = recycle(ctx, coldkey, fee)
  if (!burned.ok) return burned
  const booked = bookPurchase(ctx, request, { gross })
  return booked.ok ? done : booked
}
