import { err, ok } from '../../../../shared/result.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { subtensorModule, swap } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { buyAlpha, type Pool, type Swap, type SwapOrder, sellAlpha, spotPrice } from '../pool/pool.ts'
import { ROOT } from './ledger.ts'

const s = subtensorModule.storage

/** rao per alpha where one alpha is one TAO (root and stable subnets). */
export const PAR = 1_000_000_000n

/** Root, and subnets of mechanism 0, change TAO one to one, without fee or slippage; a passed limit lets nothing through. */
export const isStable = (store: Store, netuid: number): boolean =>
  netuid === ROOT || store.get(s.SubnetMechanism, netuid) === 0

export const poolOf = (store: Store, netuid: number): Pool => ({
  tao: store.get(s.SubnetTAO, netuid),
  alpha: store.get(s.SubnetAlphaIn, netuid),
  taoWeight: store.get(swap.storage.SwapBalancer, netuid).quote,
})

export function savePool(store: Store, netuid: number, pool: Pool): void {
  store.set(s.SubnetTAO, [netuid], pool.tao)
  store.set(s.SubnetAlphaIn, [netuid], pool.alpha)
  store.set(swap.storage.SwapBalancer, [netuid], { quote: pool.taoWeight })
}

/** Spot price. @returns rao per whole alpha */
export const priceOf = (store: Store, netuid: number): bigint =>
  isStable(store, netuid) ? PAR : spotPrice(poolOf(store, netuid))

export const feeRateOf = (store: Store, netuid: number): number => store.get(swap.storage.FeeRate, netuid)

/** A swap on a subnet, and where its price may go. */
export interface SwapRequest {
  readonly netuid: number
  /** Gross; rao when buying, alpha when selling. */
  readonly amount: bigint
  /** rao per alpha: ceiling when buying, floor when selling. */
  readonly limitPrice?: bigint | undefined
  /** The second leg of a move pays no second fee. */
  readonly free?: boolean
}

const oneToOne = (pool: Pool, amount: bigint): Swap => ({ swapped: amount, fee: 0n, received: amount, pool })

const orderOf = (store: Store, request: SwapRequest): SwapOrder => ({
  amount: request.amount,
  feeRate: request.free ? 0 : feeRateOf(store, request.netuid),
  limitPrice: request.limitPrice,
})

/**
 * What buying would do; nothing is written. Execution, checks and `sim_swap_*` all come through here.
 * @errors the Swap pallet's
 */
export function quoteBuy(store: Store, request: SwapRequest): Outcome<Swap> {
  const pool = poolOf(store, request.netuid)
  if (isStable(store, request.netuid)) {
    const amount = request.limitPrice !== undefined && request.limitPrice < PAR ? 0n : request.amount
    return ok(oneToOne({ ...pool, tao: pool.tao + amount }, amount))
  }
  const quote = buyAlpha(pool, orderOf(store, request))
  return quote.ok ? quote : err({ pallet: 'Swap', error: quote.error })
}

/** As {@link quoteBuy}, for selling. */
export function quoteSell(store: Store, request: SwapRequest): Outcome<Swap> {
  const pool = poolOf(store, request.netuid)
  if (isStable(store, request.netuid)) {
    const amount = request.limitPrice !== undefined && request.limitPrice > PAR ? 0n : request.amount
    if (amount > pool.tao) return err({ pallet: 'Swap', error: 'ReservesTooLow' })
    return ok(oneToOne({ ...pool, tao: pool.tao - amount }, amount))
  }
  const quote = sellAlpha(pool, orderOf(store, request))
  return quote.ok ? quote : err({ pallet: 'Swap', error: quote.error })
}

/** Writes a bought swap: reserves, alpha outside the pool, volume, total stake. The TAO itself is moved elsewhere. */
export function applyBuy({ store }: Ctx, netuid: number, bought: Swap): void {
  savePool(store, netuid, bought.pool)
  store.update(s.SubnetAlphaOut, [netuid], (out) => out + bought.received)
  store.update(s.SubnetVolume, [netuid], (volume) => volume + bought.swapped)
  store.update(s.TotalStake, [], (total) => total + bought.swapped)
}

/** Writes a sold swap. The alpha fee is gone: there is no block author in practice who could have it. */
export function applySell({ store }: Ctx, netuid: number, sold: Swap): void {
  savePool(store, netuid, sold.pool)
  store.update(s.SubnetAlphaOut, [netuid], (out) => out - sold.swapped - sold.fee)
  store.update(s.SubnetVolume, [netuid], (volume) => volume + sold.received)
  store.update(s.TotalStake, [], (total) => total - sold.received)
}
