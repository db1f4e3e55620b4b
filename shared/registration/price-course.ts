import { type Rao, rao } from '../units/amounts.ts'

/** By what the chain moves the price of a place. Amounts in rao. */
export interface PriceRules {
  readonly minPrice: Rao
  readonly maxPrice: Rao
  /** Blocks in which the price halves while nobody registers; 0: it never falls. */
  readonly halfLife: number
  /** Factor after each registration, parts per million: 1_260_000 = ×1.26. */
  readonly increasePpm: number
}

/** Bits after the point of the factors below: their error stays far below one rao. */
const BITS = 64n
const ONE = 1n << BITS

function wholeRoot(n: bigint): bigint {
  let low = n
  for (let next = (low + 1n) / 2n; next < low; next = (low + n / low) / 2n) low = next
  return low
}

const clamp = (price: bigint, { minPrice, maxPrice }: PriceRules): Rao =>
  price < minPrice ? minPrice : price > maxPrice ? maxPrice : rao(price)

/** 2^(−1/2), 2^(−1/4), 2^(−1/8)…, as {@link BITS} bits. */
const ROOTS: readonly bigint[] = (() => {
  const roots: bigint[] = []
  for (let root = ONE / 2n; roots.length < Number(BITS); ) {
    root = wholeRoot(root << BITS)
    roots.push(root)
  }
  return roots
})()

/** 2^(−part/whole) as {@link BITS} bits, for 0 ≤ part < whole: one root of a half for each binary digit of the fraction. */
function halvedBy(part: number, whole: number): bigint {
  let factor = ONE
  let rest = BigInt(part)
  const all = BigInt(whole)
  for (const root of ROOTS) {
    rest *= 2n
    if (rest < all) continue
    factor = (factor * root) >> BITS
    rest -= all
  }
  return factor
}

/**
 * The price after a number of blocks in which nobody registers. The chain rounds in each block; over a day the two differ by some
 * rao, which is why this is shown as a projection and never signed.
 *
 * @source subtensor `subnets/registration.rs`; protocol.md 4: `max(MinBurn, burn × 0.5^(blocks / BurnHalfLife))`
 */
export function priceAfter(price: Rao, blocks: number, rules: PriceRules): Rao {
  if (rules.halfLife <= 0 || blocks <= 0) return clamp(price, rules)
  const halvings = Math.floor(blocks / rules.halfLife)
  // A price is below 2^64: so many halvings leave nothing of it.
  if (halvings >= 64) return clamp(0n, rules)
  return clamp((price * halvedBy(blocks % rules.halfLife, rules.halfLife)) >> (BITS + BigInt(halvings)), rules)
}

/** The price right after somebody else registered. @returns rao, cut */
export const priceAfterRegistration = (price: Rao, rules: PriceRules): Rao =>
  clamp((price * BigInt(rules.increasePpm)) / 1_000_000n, rules)

/**
 * Blocks without any registration until the price is at or below `wanted`.
 * @returns `undefined`: it never gets there, as the lowest price is above it, or it does not fall
 */
export function blocksUntil(wanted: Rao, price: Rao, rules: PriceRules): number | undefined {
  if (price <= wanted) return 0
  if (wanted < rules.minPrice || rules.halfLife <= 0) return undefined
  let low = 0
  let high = rules.halfLife * 64
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2)
    if (priceAfter(price, middle, rules) <= wanted) high = middle
    else low = middle
  }
  return high
}

export interface PricePoint {
  readonly block: number
  readonly price: Rao
}

/** @param steps points after the first, evenly apart */
export function projectedPrices(
  now: PricePoint,
  rules: PriceRules,
  ahead: { readonly blocks: number; readonly steps: number },
): readonly PricePoint[] {
  return Array.from({ length: ahead.steps + 1 }, (_, step) => {
    const blocks = Math.round((ahead.blocks * step) / ahead.steps)
    return { block: now.block + blocks, price: priceAfter(now.price, blocks, rules) }
  })
}

/**
 * The price right after a registration, drawn back to where it stood just before: a recorded course has points far apart, and a
 * jump between two of them is a registration, not a rise.
 * @returns how many registrations lie between two recorded prices at the least; 0 where falling alone explains it
 */
export function jumpsBetween(from: PricePoint, to: PricePoint, rules: PriceRules): number {
  const increase = rules.increasePpm / 1_000_000
  const quiet = priceAfter(from.price, to.block - from.block, rules)
  if (increase <= 1 || quiet === 0n || to.price <= quiet) return 0
  const ratio = Number((to.price * 1_000_000n) / quiet) / 1_000_000
  return Math.max(0, Math.round(Math.log(ratio) / Math.log(increase)))
}
