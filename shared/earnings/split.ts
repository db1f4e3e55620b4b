import { UNITS_PER_WHOLE } from '../units/amounts.ts'

/** How positions on one subnet began and ended a span. Amounts in signed 1e-9 alpha. */
export interface SpanOfSubnet {
  /** Stake before the first epochs of the span, and after the last ones. */
  readonly start: bigint
  readonly end: bigint
  readonly flows: bigint
  readonly earned: bigint
  readonly unexplained: bigint
  /** rao per alpha after the first epoch. */
  readonly priceThen?: bigint | undefined
}

/** What changed the value of the positions, in rao: the sum of all parts is `change`, to the rao. */
export interface Split {
  readonly earned: bigint
  readonly flows: bigint
  readonly unexplained: bigint
  /** Alpha that came or went while nobody looked. */
  readonly inGaps: bigint
  /** What the alpha that was there at the start gained or lost by its price. */
  readonly price: bigint
  readonly change: bigint
}

const worth = (alpha: bigint, price: bigint): bigint => (alpha * price) / UNITS_PER_WHOLE

/**
 * Did I earn more, or did the token rise? Quantities are valued at the price of now, so that what is left is the price alone.
 * @param priceNow rao per alpha. @returns `undefined` where a price is not known
 */
export function splitOf(span: SpanOfSubnet, priceNow: bigint | undefined): Split | undefined {
  const { start, end, flows, earned, unexplained, priceThen } = span
  if (priceThen === undefined || priceNow === undefined) return undefined
  const change = worth(end, priceNow) - worth(start, priceThen)
  const parts = {
    earned: worth(earned, priceNow),
    flows: worth(flows, priceNow),
    unexplained: worth(unexplained, priceNow),
    inGaps: worth(end - start - flows - earned - unexplained, priceNow),
  }
  // The rest, so that roundings are in no other part and nothing is lost.
  const price = change - parts.earned - parts.flows - parts.unexplained - parts.inGaps
  return { ...parts, price, change }
}
