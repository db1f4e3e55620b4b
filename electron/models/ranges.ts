/** Bytes from `from` (included) to `to` (excluded) of a file. */
export type Range = readonly [from: number, to: number]

export const bytesIn = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0)

/** @returns ordered, disjoint ranges that do not touch: `ranges` (which are so) with one more. */
export function withRange(ranges: readonly Range[], [from, to]: Range): readonly Range[] {
  if (to <= from) return ranges
  const apart = ranges.filter(([start, end]) => end < from || start > to)
  const touching = ranges.filter(([start, end]) => end >= from && start <= to)
  const one: Range = [
    Math.min(from, ...touching.map(([start]) => start)),
    Math.max(to, ...touching.map(([, end]) => end)),
  ]
  return [...apart, one].sort(([a], [b]) => a - b)
}

/** What remains of ordered, disjoint ranges without the bytes of another one. */
export const withoutRange = (ranges: readonly Range[], [from, to]: Range): readonly Range[] =>
  ranges.flatMap(([start, end]): readonly Range[] => {
    const left: Range = [start, Math.min(end, from)]
    const right: Range = [Math.max(start, to), end]
    return end <= from || start >= to ? [[start, end]] : [left, right].filter(([a, b]) => b > a)
  })

/** What ordered, disjoint ranges leave out of a file of so many bytes. */
export const gapsIn = (ranges: readonly Range[], sizeBytes: number): readonly Range[] =>
  ranges.reduce<readonly Range[]>(withoutRange, sizeBytes > 0 ? [[0, sizeBytes]] : [])

/** Ranges of a journal are believed only if this app could have written them. */
export const areSound = (ranges: readonly Range[], sizeBytes: number): boolean =>
  ranges.every(([from, to], at) => {
    const before = ranges[at - 1]
    return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && from < to && to <= sizeBytes
      ? before === undefined || before[1] < from
      : false
  })
