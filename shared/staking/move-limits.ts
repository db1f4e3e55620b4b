import type { AppError } from '../errors.ts'
import { loweredByPpm, type Netuid, type RaoPerAlpha, raisedByPpm, UNITS_PER_WHOLE } from '../units/amounts.ts'
import type { MoveLimits } from './move-intent.ts'
import type { MoveQuote, StakeMove } from './stake-move.ts'

export const ROOT = 0

export interface TradePrices {
  readonly from: RaoPerAlpha | undefined
  readonly to: RaoPerAlpha | undefined
}

/**
 * Least accepted price of the origin per price of the destination, times 1e9, rounded down.
 * @source protocol 3.3: floor(1e9 × p_o ÷ p_d × (1 − tolerance))
 */
export const ratioLimit = (from: RaoPerAlpha, to: RaoPerAlpha, tolerancePpm: number): bigint | undefined =>
  to === 0n ? undefined : (UNITS_PER_WHOLE * from * BigInt(1_000_000 - tolerancePpm)) / (to * 1_000_000n)

/** Price of the origin in that of the destination, times 1e9, rounded down; `undefined`: one of them is not known. */
export const ratioOf = ({ from, to }: TradePrices): bigint | undefined =>
  from !== undefined && to ? (from * UNITS_PER_WHOLE) / to : undefined

/**
 * What the first leg of a swap still brings, rao, when its price falls as far as the tolerance or, where that is further, as a
 * limit of one's own lets it.
 */
export function leastBetween(
  brings: bigint,
  ratio: bigint | undefined,
  { limitRatio, tolerancePpm }: { readonly limitRatio: bigint; readonly tolerancePpm: number },
): bigint {
  const within = (brings * BigInt(1_000_000 - tolerancePpm)) / 1_000_000n
  const atLimit = ratio ? (brings * limitRatio) / ratio : within
  return atLimit < within ? atLimit : within
}

/** The limits of a trade: those asked for, else from price and tolerance. `undefined`: neither is known. On root the price is fixed. */
export function limitsOf(move: StakeMove, prices: TradePrices, tolerancePpm: number): MoveLimits | undefined {
  switch (move.kind) {
    case 'add':
      if (move.limitPrice !== undefined) return { limitPrice: move.limitPrice }
      return prices.to && { limitPrice: raisedByPpm(prices.to, move.netuid === ROOT ? 0 : tolerancePpm) }
    case 'remove':
    case 'remove-all':
      if (move.limitPrice !== undefined) return { limitPrice: move.limitPrice }
      return prices.from && { limitPrice: loweredByPpm(prices.from, move.netuid === ROOT ? 0 : tolerancePpm) }
    case 'swap':
      if (move.limitRatio !== undefined) return { limitRatio: move.limitRatio }
      return prices.from && prices.to && { limitRatio: ratioLimit(prices.from, prices.to, tolerancePpm) }
    default:
      return {}
  }
}

type Leg = { readonly totalIn: bigint; readonly totalOut: bigint }
type Trade =
  | ({
      readonly kind: 'sale' | 'purchase'
      readonly netuid: Netuid
      readonly price: bigint
      readonly limit: bigint
    } & Leg)
  | ({
      readonly kind: 'swap'
      readonly netuid: Netuid
      readonly prices: TradePrices
      readonly limit: bigint
    } & Required<MoveQuote>)
type TooFar = Omit<Extract<AppError, { code: 'stake/impact-too-large' }>, 'tolerancePpm'>

/** Rounding of two divisions on the chain, in the smallest unit. */
const SLACK = 2n

/**
 * Price after a trade, times `totalIn` or `totalOut`: spot moved twice as far as the average price did, which is what any
 * smooth curve does to first order. Nothing about the shape of the pool is known here.
 */
const saleAfter = (price: bigint, { totalIn, totalOut }: Leg): bigint =>
  totalIn === 0n ? price : (2n * (totalOut + SLACK) * UNITS_PER_WHOLE) / totalIn - price
const purchaseAfter = (price: bigint, { totalIn, totalOut }: Leg): bigint =>
  (2n * totalIn * UNITS_PER_WHOLE) / (totalOut + SLACK) - price

/** The amount alone takes the price beyond the limit, so the chain would refuse it and keep the fee. */
export function tooFar(trade: Trade): TooFar | undefined {
  const [now, after] = beforeAndAfter(trade)
  const beyond = trade.kind === 'purchase' ? after > trade.limit : after < trade.limit
  if (!beyond || now <= 0n) return undefined
  const distance = after > now ? after - now : now - after
  const movesPpm = Number((distance * 1_000_000n) / now)
  return { code: 'stake/impact-too-large', netuid: trade.netuid, movesPpm }
}

function beforeAndAfter(trade: Trade): readonly [bigint, bigint] {
  if (trade.kind !== 'swap') {
    const after = trade.kind === 'sale' ? saleAfter : purchaseAfter
    return [trade.price, after(trade.price, trade)]
  }
  const { prices, sale, purchase } = trade
  const [from, to] = [prices.from ?? 0n, prices.to ?? 0n]
  if (to === 0n || !sale || !purchase) return [0n, 0n]
  // Root has no pool, so its side of the ratio stands still.
  const [fromAfter, toAfter] = [saleAfter(from, sale), purchaseAfter(to, purchase)]
  if (fromAfter <= 0n || toAfter <= 0n) return [(from * UNITS_PER_WHOLE) / to, 0n]
  // One unit of rounding in the quotient is not a move.
  return [(from * UNITS_PER_WHOLE) / to, (fromAfter * UNITS_PER_WHOLE) / toAfter + SLACK]
}
