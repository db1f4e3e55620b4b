import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { recycle, spendableOf, transfer } from '../money/balances.ts'
import { addAlpha, type Position, stakeOf } from '../stake/ledger.ts'
import { applyBuy, isStable, priceOf, quoteBuy } from '../stake/pools.ts'
import { subnetAccount } from '../stake/subnet-account.ts'

// Collateral of registrations: the part of the price that a subnet binds instead of burning it. It is stake of the coldkey behind the
// hotkey, freed by what the hotkey earns, and outlives the place. @source subtensor `subnets/collateral.rs`, from spec 435 on

const s = subtensorModule.storage
/** All of the price. */
const WHOLE = 65_535n

/** What is taken for a place, rao. `topUp` buys alpha that is bound, `burned` buys alpha that is destroyed. */
export interface Charge {
  readonly burned: bigint
  readonly topUp: bigint
}

/** Alpha of one position that is bound. */
export const boundIn = (store: Store, { netuid, hotkey, coldkey }: Position): bigint =>
  store.get(s.MinerCollateral, netuid, hotkey, coldkey)?.locked ?? 0n

/** Alpha of a coldkey that is bound on a subnet, behind all its hotkeys. */
export const boundOn = (store: Store, coldkey: string, netuid: number): bigint =>
  store.get(s.ColdkeyMinerCollateral, netuid, coldkey)

/** rao that the bound alpha counts for: at the slow price, which nobody can move within a block. */
function worthOf(store: Store, position: Position): bigint {
  const alpha = boundIn(store, position)
  const { netuid } = position
  return isStable(store, netuid) ? alpha : (alpha * store.get(s.SubnetMovingPrice, netuid).bits) >> 32n
}

/** The price in its two parts; what is bound from an earlier place is taken off the one that is bound. */
export function chargeOf(store: Store, position: Position, price: bigint): Charge {
  const share = (BigInt(store.get(s.CollateralLockShare, position.netuid)) << 64n) / WHOLE
  const required = (price * share) >> 64n
  const worth = required === 0n ? 0n : worthOf(store, position)
  return { burned: price - required, topUp: required > worth ? required - worth : 0n }
}

export const binds = (store: Store, netuid: number): boolean => store.get(s.CollateralLockShare, netuid) > 0

function setBound(store: Store, { netuid, hotkey, coldkey }: Position, locked: bigint, drain?: { bits: bigint }): void {
  const before = store.get(s.MinerCollateral, netuid, hotkey, coldkey)
  const fresh = { drain_ratio: store.get(s.CollateralDrainRatio, netuid), min_locked: 0n, earned: 0n }
  const state = { ...fresh, ...before, locked, ...(drain ? { drain_ratio: drain } : {}) }
  if (locked === 0n && state.min_locked === 0n) store.delete(s.MinerCollateral, netuid, hotkey, coldkey)
  else store.set(s.MinerCollateral, [netuid, hotkey, coldkey], state)
  const total = boundOn(store, coldkey, netuid) - (before?.locked ?? 0n) + locked
  if (total === 0n) store.delete(s.ColdkeyMinerCollateral, netuid, coldkey)
  else store.set(s.ColdkeyMinerCollateral, [netuid, coldkey], total)
}

/** Who registers anew is freed at the rate of now. */
function renewRate(store: Store, position: Position): void {
  const { netuid, hotkey, coldkey } = position
  if (store.has(s.MinerCollateral, netuid, hotkey, coldkey))
    setBound(store, position, boundIn(store, position), store.get(s.CollateralDrainRatio, netuid))
}

/** The alpha is bought at 5 % above the price of now at the most; what the pool does not take comes back. */
const worstPrice = (store: Store, netuid: number): bigint => (priceOf(store, netuid) * 105n) / 100n

/**
 * Pays for a place where a part is bound: one transfer, one swap, and the alpha is parted as the rao were.
 * @errors NotEnoughBalanceToStake, InsufficientLiquidity, those of a purchase
 * @source subtensor `subnets/collateral.rs` pay_registration
 */
export function payWithBond(ctx: Ctx, position: Position, { burned, topUp }: Charge): Outcome {
  const { store } = ctx
  const { netuid, hotkey, coldkey } = position
  const charge = burned + topUp
  if (charge > spendableOf(store, coldkey)) return fail('NotEnoughBalanceToStake')
  const limitPrice = topUp === 0n ? undefined : worstPrice(store, netuid)
  if (limitPrice === 0n) return fail('InsufficientLiquidity')
  const bought = quoteBuy(store, { netuid, amount: charge, limitPrice })
  if (!bought.ok) return bought
  const { swapped, fee, received } = bought.value
  const paid = transfer(ctx, { from: coldkey, to: subnetAccount(netuid), amount: swapped }, 'keep-alive')
  if (!paid.ok) return paid
  // Mainnet gives the fee to the block's author; practice has none, so it leaves existence.
  const gone = recycle(ctx, coldkey, fee)
  if (!gone.ok) return gone
  applyBuy(ctx, netuid, bought.value)
  const bound = charge === 0n ? 0n : (received * topUp) / charge
  store.update(s.SubnetAlphaOut, [netuid], (out) => out - (received - bound))
  renewRate(store, position)
  if (bound === 0n) return done
  const before = stakeOf(store, position)
  addAlpha(store, position, bound)
  if (stakeOf(store, position) === before) return fail('InsufficientLiquidity')
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'StakeAdded', value: [coldkey, hotkey, topUp, bound, netuid, fee] },
  })
  const total = boundIn(store, position) + bound
  setBound(store, position, total, store.get(s.CollateralDrainRatio, netuid))
  ctx.emit({
    type: 'SubtensorModule',
    value: { type: 'CollateralLocked', value: { netuid, hotkey, locked: bound, total_locked: total } },
  })
  return done
}

/** An epoch paid the hotkey: so much of what is bound is free again. @param emission alpha, of incentive or of dividends */
export function freeByEarning(store: Store, position: Position, emission: bigint): void {
  const { netuid, hotkey, coldkey } = position
  const state = store.get(s.MinerCollateral, netuid, hotkey, coldkey)
  if (!state || emission === 0n) return
  const freed = (emission * state.drain_ratio.bits) >> 64n
  store.set(s.MinerCollateral, [netuid, hotkey, coldkey], { ...state, earned: state.earned + emission })
  setBound(store, position, freed < state.locked ? state.locked - freed : 0n)
}

/** @errors StakeUnavailable when the rest of the position would not cover what is bound in it */
export const coversBond = (store: Store, position: Position, amount: bigint): Outcome =>
  stakeOf(store, position) - boundIn(store, position) >= amount ? done : fail('StakeUnavailable')

/** A position becomes another's: what is bound in it goes along, and adds to what was bound there. */
export function moveBond(store: Store, from: Position, to: Position): void {
  const moved = store.get(s.MinerCollateral, from.netuid, from.hotkey, from.coldkey)
  if (!moved) return
  const there = store.get(s.MinerCollateral, to.netuid, to.hotkey, to.coldkey)
  setBound(store, from, 0n)
  const slower = there && there.drain_ratio.bits < moved.drain_ratio.bits ? there.drain_ratio : moved.drain_ratio
  setBound(store, to, (there?.locked ?? 0n) + moved.locked, slower)
  store.update(s.MinerCollateral, [to.netuid, to.hotkey, to.coldkey], (state) => ({
    ...(state ?? moved),
    earned: (there?.earned ?? 0n) + moved.earned,
  }))
}
