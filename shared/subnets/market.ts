import { type Alpha, isRao, type Netuid, type Rao, type RaoPerAlpha, rao, UNITS_PER_WHOLE } from '../units/amounts.ts'
import type { StatedIdentity } from './validator-table.ts'

/** The market of one subnet token at one block, as the chain stated it. */
export interface MarketPoint {
  readonly netuid: Netuid
  /** Spot price. `undefined` where the chain gave none. */
  readonly price?: RaoPerAlpha | undefined
  readonly taoReserve: Rao
  readonly alphaReserve: Alpha
  readonly alphaOutside: Alpha
  /** rao that were paid for alpha or received for it since the token began, as the chain counts them. */
  readonly volume?: bigint | undefined
}

/** When it was so. */
export interface MarketMoment {
  readonly block: number
  /** Clock of this computer, or of the block where it was read from the past. */
  readonly atMs: number
}

/** One recorded look at one subnet. */
export type MarketSample = Omit<MarketPoint, 'netuid'> & MarketMoment

/**
 * All alpha that exists, in the pool and outside of it, at the spot price: a mark for comparing tokens. Nobody could sell
 * all of it at that price.
 * @returns rao, rounded down; `undefined` without a price, and where the product is more than the chain can count
 */
export function marketValue(point: Pick<MarketPoint, 'price' | 'alphaReserve' | 'alphaOutside'>): Rao | undefined {
  if (point.price === undefined) return undefined
  const value = ((point.alphaReserve + point.alphaOutside) * point.price) / UNITS_PER_WHOLE
  return isRao(value) ? value : undefined
}

/** Worth at the spot price of what one would sell, rao: 1, 10, 100 and 1000 TAO. */
export const EXIT_SIZES: readonly Rao[] = [1n, 10n, 100n, 1000n].map((tao) => rao(tao * UNITS_PER_WHOLE))

/** What one sale of alpha would bring now, by the chain's own simulation. */
export interface Exit {
  /** Worth of the alpha at the spot price, rao. */
  readonly size: Rao
  /** Alpha that is worth `size` at the spot price, rounded down. */
  readonly alpha: Alpha
  /** What the pool would pay, rao. `undefined`: the pool cannot take so much. */
  readonly taoOut?: Rao | undefined
}

/** Cost of leaving a subnet with different amounts, all at one block. */
export interface MarketDepth {
  readonly netuid: Netuid
  readonly block: number
  readonly price: RaoPerAlpha
  readonly exits: readonly Exit[]
}

/** What an exit would cost against the spot price: price impact and swap fee together, in rao. Never negative. */
export function exitCost({ size, taoOut }: Exit): Rao | undefined {
  if (taoOut === undefined) return undefined
  return rao(taoOut >= size ? 0n : size - taoOut)
}

/** What the owner of a subnet says of it. */
export interface SubnetStatement {
  readonly netuid: Netuid
  readonly block: number
  /** `undefined`: nothing was said. */
  readonly identity?: (StatedIdentity & { readonly contact: string }) | undefined
}

/** One look in so many blocks is recorded: 5 minutes on a chain of 12-second blocks. */
export const RECORD_EVERY_BLOCKS = 25
/** Every look for two days, one an hour for thirty days, then one a day; in blocks of 12 seconds. */
export const RECORD_THINNING: readonly { readonly olderBy: number; readonly every: number }[] = [
  { olderBy: 14_400, every: 300 },
  { olderBy: 216_000, every: 7_200 },
]

/** Blocks between two looks that are still without a gap, when the first is so many blocks old. */
export function recordedStep(ageBlocks: number): number {
  const thinned = RECORD_THINNING.filter(({ olderBy }) => ageBlocks > olderBy).at(-1)
  return thinned?.every ?? RECORD_EVERY_BLOCKS
}
