import { err, ok, type Result } from '../../../../shared/result.ts'
import { fractionPower, ONE } from './power.ts'

/** Weights are parts of 10^18 (the chain's Perquintill). */
export const WEIGHT_ONE = 1_000_000_000_000_000_000n
const MIN_WEIGHT = WEIGHT_ONE / 100n
/** Rate 65,535 would be 100 %. */
const FEE_DENOMINATOR = 65_535n
/** The output side of a pool must hold this many smallest units. @source finney metadata, Swap.MinimumReserve */
const MINIMUM_RESERVE = 1_000_000n
/** An input above this multiple of the reserve on its side is refused. */
const LARGEST_INPUT_FACTOR = 1_000n
const PRICE_UNIT = 1_000_000_000n
const U64_MAX = (1n << 64n) - 1n

/** One subnet's pool. */
export interface Pool {
  /** rao */
  readonly tao: bigint
  /** alpha in smallest units */
  readonly alpha: bigint
  /** Weight of the TAO side; the alpha side has the rest. Parts of 10^18, 0.01…0.99. */
  readonly taoWeight: bigint
}

/** Names of the `Swap` pallet's errors. */
export type SwapRefusal =
  | 'ReservesTooLow'
  | 'SwapInputTooLarge'
  | 'PriceLimitExceeded'
  | 'InsufficientInputAmount'
  | 'InsufficientLiquidity'

/** A swap as it would happen or did happen. Input and fee in the input's unit, `received` in the other. */
export interface Swap {
  /** What went into the pool, fee not included. */
  readonly swapped: bigint
  readonly fee: bigint
  readonly received: bigint
  /** The pool afterwards; the fee is not in it. */
  readonly pool: Pool
}

export interface SwapOrder {
  /** Gross input, fee included. */
  readonly amount: bigint
  /** Parts of 65,535. */
  readonly feeRate: number
  /** rao per whole alpha; the swap stops where the spot price would pass it. */
  readonly limitPrice?: bigint | undefined
}

const alphaWeightOf = (pool: Pool): bigint => WEIGHT_ONE - pool.taoWeight

/**
 * Spot price: (alpha weight / TAO weight) × TAO / alpha.
 * @returns rao per whole alpha, rounded down; 0 for a pool without alpha.
 * @source subtensor `pallets/swap/src/pallet/balancer.rs`
 */
export function spotPrice(pool: Pool): bigint {
  if (pool.alpha === 0n) return 0n
  return (alphaWeightOf(pool) * pool.tao * PRICE_UNIT) / (pool.taoWeight * pool.alpha)
}

/** Alpha that is worth so much at the spot price, slippage not counted, rounded down. @param tao rao */
export function alphaWorth(pool: Pool, tao: bigint): bigint {
  const price = alphaWeightOf(pool) * pool.tao
  return price === 0n ? 0n : (tao * pool.taoWeight * pool.alpha) / price
}

/** Fee of a gross input: input × rate / 65,535, rounded down. Same unit as the input. */
export const swapFee = (gross: bigint, feeRate: number): bigint => (gross * BigInt(feeRate)) / FEE_DENOMINATOR

/** Fee when the net input is known (a swap stopped by its limit). */
const feeOnNet = (net: bigint, feeRate: number): bigint => (net * BigInt(feeRate)) / (FEE_DENOMINATOR - BigInt(feeRate))

/**
 * out = reserveOut × (1 − (reserveIn / (reserveIn + input))^(weightIn / weightOut)), rounded down.
 * Equal weights give the constant product exactly, without a power.
 */
function outputOf(side: { in: bigint; out: bigint; weightIn: bigint; weightOut: bigint }, input: bigint): bigint {
  if (side.weightIn === side.weightOut) return (side.out * input) / (side.in + input)
  const kept = fractionPower([side.in, side.in + input], [side.weightIn, side.weightOut])
  return (side.out * (ONE - kept.up)) / ONE
}

/** Net TAO that moves the spot price up to `limit` (rao per alpha), rounded down. */
function taoUpTo(pool: Pool, limit: bigint): bigint {
  // price ∝ tao^(1/alphaWeight), so tao' = tao × (limit / price)^alphaWeight; both prices as exact fractions.
  const price: readonly [bigint, bigint] = [
    alphaWeightOf(pool) * pool.tao * PRICE_UNIT,
    pool.taoWeight * pool.alpha * limit,
  ]
  const ratio = fractionPower(price, [alphaWeightOf(pool), WEIGHT_ONE])
  if (ratio.up === 0n) return U64_MAX
  return (pool.tao * ONE) / ratio.up - pool.tao
}

/** Net alpha that moves the spot price down to `limit` (rao per alpha, above 0), rounded down. */
function alphaDownTo(pool: Pool, limit: bigint): bigint {
  const price: readonly [bigint, bigint] = [
    pool.taoWeight * pool.alpha * limit,
    alphaWeightOf(pool) * pool.tao * PRICE_UNIT,
  ]
  const ratio = fractionPower(price, [pool.taoWeight, WEIGHT_ONE])
  if (ratio.up === 0n) return U64_MAX
  return (pool.alpha * ONE) / ratio.up - pool.alpha
}

function fill(order: SwapOrder, mostNet: bigint): { net: bigint; fee: bigint } {
  const fee = swapFee(order.amount, order.feeRate)
  const net = order.amount - fee
  return net <= mostNet ? { net, fee } : { net: mostNet, fee: feeOnNet(mostNet, order.feeRate) }
}

/**
 * Buys alpha with TAO. A limit below the spot price after the whole trade makes it stop there (a partial fill);
 * whether partial fills are allowed is the caller's rule.
 *
 * @param order  `amount` in rao
 * @returns `swapped` and `fee` in rao, `received` in alpha
 * @errors ReservesTooLow, SwapInputTooLarge, PriceLimitExceeded (spot already at or above the limit), InsufficientInputAmount
 * @source subtensor `pallets/swap/src/pallet/{balancer,swap_step,impls}.rs`
 */
export function buyAlpha(pool: Pool, order: SwapOrder): Result<Swap, SwapRefusal> {
  if (pool.alpha < MINIMUM_RESERVE || pool.tao === 0n) return err('ReservesTooLow')
  const { limitPrice } = order
  if (limitPrice !== undefined && limitPrice <= spotPrice(pool)) return err('PriceLimitExceeded')
  const { net, fee } = fill(order, limitPrice === undefined ? U64_MAX : taoUpTo(pool, limitPrice))
  if (net <= 0n) return err('InsufficientInputAmount')
  if (net > pool.tao * LARGEST_INPUT_FACTOR) return err('SwapInputTooLarge')
  const sides = { in: pool.tao, out: pool.alpha, weightIn: pool.taoWeight, weightOut: alphaWeightOf(pool) }
  const received = outputOf(sides, net)
  if (received === 0n) return err('ReservesTooLow')
  return ok({
    swapped: net,
    fee,
    received,
    pool: { ...pool, tao: pool.tao + net, alpha: pool.alpha - received },
  })
}

/** Sells alpha for TAO; see {@link buyAlpha}. `amount`, `swapped`, `fee` in alpha, `received` in rao; the limit is a floor. */
export function sellAlpha(pool: Pool, order: SwapOrder): Result<Swap, SwapRefusal> {
  if (pool.tao < MINIMUM_RESERVE || pool.alpha === 0n) return err('ReservesTooLow')
  const { limitPrice } = order
  if (limitPrice !== undefined && limitPrice >= spotPrice(pool)) return err('PriceLimitExceeded')
  const { net, fee } = fill(order, limitPrice ? alphaDownTo(pool, limitPrice) : U64_MAX)
  if (net <= 0n) return err('InsufficientInputAmount')
  if (net > pool.alpha * LARGEST_INPUT_FACTOR) return err('SwapInputTooLarge')
  const sides = { in: pool.alpha, out: pool.tao, weightIn: alphaWeightOf(pool), weightOut: pool.taoWeight }
  const received = outputOf(sides, net)
  if (received === 0n) return err('ReservesTooLow')
  return ok({
    swapped: net,
    fee,
    received,
    pool: { ...pool, tao: pool.tao - received, alpha: pool.alpha + net },
  })
}

/**
 * Adds emission to both sides. The weights shift so that the spot price stays; `undefined` when that would push a
 * weight out of 0.01…0.99, and then nothing may be added.
 */
export function injectLiquidity(pool: Pool, tao: bigint, alpha: bigint): Pool | undefined {
  const alphaPart = alphaWeightOf(pool) * pool.tao * (pool.alpha + alpha)
  const taoPart = pool.taoWeight * pool.alpha * (pool.tao + tao)
  const whole = alphaPart + taoPart
  if (whole === 0n) return undefined
  const taoWeight = (taoPart * WEIGHT_ONE + whole / 2n) / whole
  if (taoWeight < MIN_WEIGHT || taoWeight > WEIGHT_ONE - MIN_WEIGHT) return undefined
  return { tao: pool.tao + tao, alpha: pool.alpha + alpha, taoWeight }
}
