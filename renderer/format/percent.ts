/**
 * Shares of a whole in tenths of a percent that add up to exactly 1000 (largest remainder), so a column of them ends in
 * 100.0 %. All zeros when there is no whole.
 */
export function sharesOf(amounts: readonly bigint[]): readonly number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n)
  if (total <= 0n) return amounts.map(() => 0)
  const floors = amounts.map((amount) => Number((amount * 1000n) / total))
  const remainders = amounts.map((amount, index) => ({ index, left: (amount * 1000n) % total }))
  const missing = 1000 - floors.reduce((sum, floor) => sum + floor, 0)
  remainders.sort((a, b) => (a.left === b.left ? a.index - b.index : a.left < b.left ? 1 : -1))
  const raised = new Set(remainders.slice(0, missing).map((entry) => entry.index))
  return floors.map((floor, index) => floor + (raised.has(index) ? 1 : 0))
}

/** `155` → `15.5 %` */
export const writeTenths = (tenths: number): string => `${Math.trunc(tenths / 10)}.${tenths % 10} %`

/** Parts per million as percent, without zeros at the end: 5_000 → `0.5 %`. */
export const writePpm = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`

/** As {@link writePpm}, cut to two decimals: for a take, which nobody compares further. */
export const writePpmShort = (ppm: number): string => `${Math.trunc(ppm / 100) / 100} %`

/** Difference of two amounts relative to `base` in percent with three decimals; `undefined` without a base. */
export function writeDifference(value: bigint, base: bigint): string | undefined {
  if (base === 0n) return undefined
  const thousandths = Number(((value - base) * 100_000n) / base)
  const size = Math.abs(thousandths) / 1000
  return `${thousandths < 0 ? '−' : thousandths > 0 ? '+' : ''}${size.toFixed(3)} %`
}

/** A part of a whole in percent with two decimals, cut: a limit is never shown as reached before it is. */
export const writePart = (part: bigint, whole: bigint): string =>
  whole === 0n ? 'unknown' : `${(Number((part * 10_000n) / whole) / 100).toFixed(2)} %`

/** A part of all alpha of a subnet: what is less than the last decimal is said to be less, not 0. Parts per million. */
export const writePoolShare = (ppm: number): string =>
  ppm < 100 ? '< 0.01 %' : `${(Math.trunc(ppm / 100) / 100).toFixed(2)} %`
