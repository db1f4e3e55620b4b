/** A time in which requests were answered, ms since 1970. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export const DAY_MS = 86_400_000
/** Over so long uptime is told. */
export const UPTIME_WINDOW_MS = 30 * DAY_MS
/** A gap up to it is one of the book, whose last entry is so old at most, and none of the miner. */
export const JOIN_MS = 5_000
/** Spans that are kept: a miner that restarts every 15 minutes for 30 days. */
const MOST_SPANS = 3_000

export interface Uptime {
  /** Time in which it answered. */
  readonly upMs: number
  /** Time that counts: the window, or less where the first record is younger. */
  readonly ofMs: number
}

/** Lengthens the last span to `nowMs`, or begins one. Drops what no window reaches any more. */
export function withTime(spans: readonly Span[], fromMs: number, nowMs: number): readonly Span[] {
  const last = spans.at(-1)
  const joins = last !== undefined && fromMs - last.toMs <= JOIN_MS && fromMs >= last.fromMs
  const next = joins
    ? [...spans.slice(0, -1), { fromMs: last.fromMs, toMs: Math.max(last.toMs, nowMs) }]
    : [...spans, { fromMs, toMs: Math.max(fromMs, nowMs) }]
  return next.filter((span) => span.toMs > nowMs - UPTIME_WINDOW_MS).slice(-MOST_SPANS)
}

/**
 * Uptime over the last 30 days, or since the first start within them.
 * @param firstMs when mining was begun for the first time
 * @returns `undefined` before that: a share of nothing is unknown
 */
export function uptimeOf(spans: readonly Span[], firstMs: number | undefined, nowMs: number): Uptime | undefined {
  if (firstMs === undefined || nowMs <= firstMs) return undefined
  const fromMs = Math.max(firstMs, nowMs - UPTIME_WINDOW_MS)
  const upMs = spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.toMs, nowMs) - Math.max(span.fromMs, fromMs)),
    0,
  )
  return { upMs, ofMs: nowMs - fromMs }
}
