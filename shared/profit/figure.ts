/** An amount with how far it may be off, to either side. Whole smallest units, signed. */
export interface Figure {
  readonly amount: bigint
  readonly error: bigint
}

export const DAY_MS = 86_400_000
/** Fewer say nothing about how much they differ. */
const FEWEST = 3

export const sizeOf = (n: bigint): bigint => (n < 0n ? -n : n)

/** @returns the part of a whole that falls on a day; cut towards 0. @param ms whole, above 0 */
export const perDay = (amount: bigint, ms: number): bigint => (amount * BigInt(DAY_MS)) / BigInt(Math.max(1, ms))

/** @param ppm parts per million, 0 or more. @returns their size, rounded up */
export const partOf = (amount: bigint, ppm: number): bigint =>
  (sizeOf(amount) * BigInt(Math.ceil(ppm)) + 999_999n) / 1_000_000n

/** Whole square root, rounded up. */
export function rootUp(n: bigint): bigint {
  if (n < 2n) return n
  let low = n
  for (let next = (low + 1n) / 2n; next < low; next = (low + n / low) / 2n) low = next
  return low * low === n ? low : low + 1n
}

/** Errors that know nothing of each other add by their squares. */
export const together = (...errors: readonly bigint[]): bigint =>
  rootUp(errors.reduce((sum, one) => sum + one * one, 0n))

/** Sum of squared distances from the mean, times the count: whole numbers, so that nothing is rounded. */
const scatter = (values: readonly bigint[], sum: bigint): bigint =>
  values.reduce((all, one) => all + (one * BigInt(values.length) - sum) ** 2n, 0n) / BigInt(values.length)

/**
 * How far the sum of so many values like these may be off: two standard errors, `2·s·√n`, where s is the standard deviation of one.
 * @returns in their unit, rounded up; `undefined` with fewer than {@link FEWEST}
 */
export function spreadOfSum(values: readonly bigint[]): bigint | undefined {
  const n = BigInt(values.length)
  if (values.length < FEWEST) return undefined
  const sum = values.reduce((all, one) => all + one, 0n)
  // s² = scatter ÷ (n·(n−1)), so (2·s·√n)² = 4·scatter ÷ (n−1).
  return rootUp((4n * scatter(values, sum) + n - 2n) / (n - 1n))
}

/**
 * How far one value like these stands from their mean: two standard deviations.
 * @returns parts per million of the mean; `undefined` with fewer than {@link FEWEST}, or a mean of 0 or less
 */
export function spreadPpm(values: readonly bigint[]): number | undefined {
  const n = BigInt(values.length)
  const sum = values.reduce((all, one) => all + one, 0n)
  if (values.length < FEWEST || sum <= 0n) return undefined
  // (2·s·n)² = 4·scatter·n ÷ (n−1), and the mean times n is the sum. Millionths within the root, so that small values lose none.
  const twice = rootUp((4n * scatter(values, sum) * n * 1_000_000_000_000n) / (n - 1n))
  return Number(twice / sum)
}
