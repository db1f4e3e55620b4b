import type { Sample } from './exposition.ts'

/** Upper ends of the buckets of times, ms: from an echo to the longest deadline. */
export const TIME_BUCKETS_MS = [
  5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000,
] as const

/** Every value is counted, however many come: no sample, and no memory that grows. */
export interface Histogram {
  /** How many fell into each bucket alone; the last is of those above all ends. */
  readonly counts: readonly number[]
  readonly sumMs: number
}

export const NO_TIMES: Histogram = { counts: new Array<number>(TIME_BUCKETS_MS.length + 1).fill(0), sumMs: 0 }

/** @param ms 0 or more @returns place of the bucket; a value at an end belongs to it */
export function bucketOf(ms: number): number {
  const place = TIME_BUCKETS_MS.findIndex((end) => ms <= end)
  return place < 0 ? TIME_BUCKETS_MS.length : place
}

export const addTimes = (one: Histogram, other: Histogram): Histogram => ({
  counts: one.counts.map((count, place) => count + (other.counts[place] ?? 0)),
  sumMs: one.sumMs + other.sumMs,
})

export const countOf = ({ counts }: Histogram): number => counts.reduce((sum, count) => sum + count, 0)

/** Buckets add up and are in seconds, as Prometheus has them. @returns nothing while nothing was measured */
export function histogramSamples(times: Histogram): readonly Sample[] {
  const count = countOf(times)
  if (count === 0) return []
  let below = 0
  const buckets = TIME_BUCKETS_MS.map((end, place) => {
    below += times.counts[place] ?? 0
    return { suffix: '_bucket', labels: { le: String(end / 1_000) }, value: below }
  })
  return [
    ...buckets,
    { suffix: '_bucket', labels: { le: '+Inf' }, value: count },
    { suffix: '_sum', value: times.sumMs / 1_000 },
    { suffix: '_count', value: count },
  ]
}
