import type { MarketSample } from '../subnets/market.ts'
import {
  type Alpha,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  raoPerAlpha,
  U64_MAX,
  UNITS_PER_WHOLE,
} from '../units/amounts.ts'

/** Another word on a price than that of `current_alpha_price`. */
export type PriceSource =
  /** Follows from the pool's reserves and weights of the same block. */
  | 'reserves'
  /** What the chain's own simulation of this very trade pays or takes for one alpha. */
  | 'simulation'
  /** The chain's slow average. */
  | 'average'
  /** What this computer recorded of earlier blocks. */
  | 'recorded'
  /** What another endpoint of the same chain says. */
  | 'elsewhere'

/** Two sources that cannot both be right. Shown beside each other, never averaged; which one lies is not known here. */
export interface PriceDoubt {
  readonly kind: 'price'
  readonly netuid: Netuid
  readonly source: PriceSource
  /** The price by which the trade is planned, rao for one alpha. */
  readonly stated: RaoPerAlpha
  readonly compared: RaoPerAlpha
}

/** What is kept of one pool besides its price, all of the plan's block. A field that the runtime lacks is absent. */
export interface PoolFacts {
  readonly taoReserve: Rao
  readonly alphaReserve: Alpha
  /** Of the TAO side, parts of 1e18; absent where the pool is not known to be a weighted one. */
  readonly taoWeight?: bigint | undefined
  /** Changes one to one. */
  readonly stable: boolean
  readonly average?: RaoPerAlpha | undefined
  readonly ageBlocks?: number | undefined
}

/** One leg of a trade: what goes into the pool after its fee, and what comes out, over all legs up to here. */
export interface Leg {
  readonly side: 'sale' | 'purchase'
  readonly totalIn: bigint
  readonly totalOut: bigint
}

const WEIGHT_ONE = 1_000_000_000_000_000_000n
const PPM = 1_000_000n
/** Same pool, same block: only rounding may lie between. 1 %. */
const SAME_BLOCK_PPM = 10_000n
/** Two endpoints may be some blocks apart, and somebody may trade in between. 10 %. */
const ELSEWHERE_PPM = 100_000n
/** Blocks in an hour and in a day at 12 s. */
const HOUR = 300
const DAY = 7_200
/** Within an hour a price may double or halve, within a day it may change four times as much: beyond it two sources disagree. */
const HOUR_PPM = 1_000_000n
const DAY_PPM = 3_000_000n
/** The average follows so slowly that it says nothing of a subnet younger than this: 30 days. */
const AVERAGE_AFTER = 30 * DAY

/** How far the larger lies above the smaller, parts per million. */
const apart = (a: bigint, b: bigint): bigint => {
  const [low, high] = a < b ? [a, b] : [b, a]
  return low === 0n ? (high === 0n ? 0n : U64_MAX) : ((high - low) * PPM) / low
}
const price = (n: bigint): RaoPerAlpha => raoPerAlpha(n > U64_MAX ? U64_MAX : n)

/**
 * Spot price by the reserves. Good for comparing only: what a trade brings is asked of the chain.
 * @returns rao per alpha, rounded down; `undefined` where the kind of pool is not known
 * @source subtensor `pallets/swap/src/pallet/balancer.rs`: (alpha weight ÷ TAO weight) × TAO ÷ alpha
 */
export function priceOfReserves({ taoReserve, alphaReserve, taoWeight, stable }: PoolFacts): RaoPerAlpha | undefined {
  if (stable) return price(UNITS_PER_WHOLE)
  if (taoWeight === undefined || taoWeight <= 0n || taoWeight >= WEIGHT_ONE || alphaReserve === 0n) return undefined
  return price(((WEIGHT_ONE - taoWeight) * taoReserve * UNITS_PER_WHOLE) / (taoWeight * alphaReserve))
}

/** The newest look of the last hour, and the middle one of the last day: a lie of a few minutes does not move that one. */
export function recordedPrices(
  samples: readonly Pick<MarketSample, 'block' | 'price'>[],
  block: number,
): readonly { readonly price: RaoPerAlpha; readonly mostPpm: bigint }[] {
  const known = samples.flatMap((sample) =>
    sample.price !== undefined && sample.block < block && sample.block >= block - DAY
      ? [{ block: sample.block, price: sample.price }]
      : [],
  )
  const newest = known.reduce<(typeof known)[number] | undefined>(
    (last, sample) => (last === undefined || sample.block > last.block ? sample : last),
    undefined,
  )
  const ordered = [...known].sort((a, b) => (a.price < b.price ? -1 : 1))
  const middle = ordered[Math.floor(ordered.length / 2)]
  return [
    ...(newest && newest.block >= block - HOUR ? [{ price: newest.price, mostPpm: HOUR_PPM }] : []),
    ...(middle ? [{ price: middle.price, mostPpm: DAY_PPM }] : []),
  ]
}

export interface JudgedPrice {
  readonly netuid: Netuid
  readonly block: number
  readonly stated: RaoPerAlpha
  readonly pool?: PoolFacts | undefined
  readonly legs: readonly Leg[]
  readonly recorded: readonly Pick<MarketSample, 'block' | 'price'>[]
  /** By another endpoint, at most a minute ago. */
  readonly elsewhere?: RaoPerAlpha | undefined
}

/** Everything that contradicts a stated price, each source at most once. Pure; empty: nothing does. */
export function priceDoubts({
  netuid,
  block,
  stated,
  pool,
  legs,
  recorded,
  elsewhere,
}: JudgedPrice): readonly PriceDoubt[] {
  const doubt = (source: PriceSource, compared: RaoPerAlpha): PriceDoubt => ({
    kind: 'price',
    netuid,
    source,
    stated,
    compared,
  })
  const reserves = pool && priceOfReserves(pool)
  const { average, ageBlocks = 0 } = pool ?? {}
  const past = recordedPrices(recorded, block).find((look) => apart(stated, look.price) > look.mostPpm)
  const odd = legs.map((leg) => oddLeg(leg, stated, pool)).find((found) => found !== undefined)
  return [
    ...(reserves !== undefined && apart(stated, reserves) > SAME_BLOCK_PPM ? [doubt('reserves', reserves)] : []),
    ...(odd === undefined ? [] : [doubt('simulation', odd)]),
    ...(average && ageBlocks >= AVERAGE_AFTER && apart(stated, average) > DAY_PPM ? [doubt('average', average)] : []),
    ...(past ? [doubt('recorded', past.price)] : []),
    ...(elsewhere !== undefined && apart(stated, elsewhere) > ELSEWHERE_PPM ? [doubt('elsewhere', elsewhere)] : []),
  ]
}

/**
 * A trade never gets a better price than spot, and no smooth pool lets the average pass the price that is left behind it.
 * @returns the simulated average price where it lies outside both
 */
function oddLeg(
  { side, totalIn, totalOut }: Leg,
  stated: bigint,
  pool: PoolFacts | undefined,
): RaoPerAlpha | undefined {
  const [tao, alpha] = side === 'sale' ? [totalOut, totalIn] : [totalIn, totalOut]
  // Amounts so small that one unit of rounding is more than the bound say nothing.
  if (tao < 1_000n || alpha < 1_000n) return undefined
  const average = (tao * UNITS_PER_WHOLE) / alpha
  const [low, high] = side === 'sale' ? [average, stated] : [stated, average]
  if (apart(low, high) <= SAME_BLOCK_PPM) return undefined
  const better = low > high
  return better || beyondPool({ side, totalIn, totalOut }, apart(low, high), pool) ? price(average) : undefined
}

/** Whether the price moves further than the weighted pool of these reserves can let it; `false` where that is not known. */
function beyondPool({ side, totalIn }: Leg, movedPpm: bigint, pool: PoolFacts | undefined): boolean {
  if (!pool || priceOfReserves(pool) === undefined || pool.stable) return false
  const weight = pool.taoWeight ?? 0n
  const [reserve, own, other] =
    side === 'sale' ? [pool.alphaReserve, WEIGHT_ONE - weight, weight] : [pool.taoReserve, weight, WEIGHT_ONE - weight]
  // Behind trades that are large against the pool a bound would be no bound.
  if (reserve === 0n || totalIn >= reserve) return false
  // Price left behind it: (1 + in ÷ reserve) ^ (1 + own weight ÷ other weight); the power is rounded up to a whole one.
  const power = 1n + (own + other - 1n) / other
  let most = PPM
  const once = PPM + (totalIn * PPM) / reserve + 1n
  for (let times = 0n; times < power; times += 1n) most = (most * once) / PPM + 1n
  return movedPpm > most - PPM + SAME_BLOCK_PPM
}
