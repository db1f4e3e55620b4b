export const RANGES = ['today', '7d', '30d', '365d', 'all'] as const
export type Range = (typeof RANGES)[number]

export const DAY_MS = 86_400_000
const DAYS: Readonly<Record<Range, number | undefined>> = { today: 1, '7d': 7, '30d': 30, '365d': 365, all: undefined }

/** Whole days since 1970, UTC. */
export const dayOf = (atMs: number): number => Math.floor(atMs / DAY_MS)

/** A range of days, both included. Days are those of UTC, so that a range is the same wherever it is asked for. */
export interface DaySpan {
  /** Absent: from the beginning. */
  readonly from?: number | undefined
  readonly to: number
}

/** `7d`: today and the six days before it. */
export function spanOf(range: Range, nowMs: number): DaySpan {
  const to = dayOf(nowMs)
  const days = DAYS[range]
  return days === undefined ? { to } : { from: to - days + 1, to }
}

/** As many days right before it; of all there is nothing before. */
export const spanBefore = ({ from, to }: DaySpan): DaySpan | undefined =>
  from === undefined ? undefined : { from: from - (to - from + 1), to: from - 1 }

/** From inclusive, to exclusive. */
export const boundsOf = ({ from, to }: DaySpan): { readonly fromMs?: number | undefined; readonly toMs: number } => ({
  ...(from === undefined ? {} : { fromMs: from * DAY_MS }),
  toMs: (to + 1) * DAY_MS,
})
