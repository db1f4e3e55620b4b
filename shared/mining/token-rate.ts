/** How much was produced in one answer. */
export interface Produced {
  /** When it ended, ms since 1970. */
  readonly endedMs: number
  readonly tokens: number
  /** Time spent on producing, from the call to the end, ms. */
  readonly tookMs: number
}

/** What counts as now, ms. */
export const RATE_WINDOW_MS = 10_000

/** Drops what is too old, but keeps the last answer: its speed is what is known while nobody asks. */
export function recentProduced(all: readonly Produced[], nowMs: number): readonly Produced[] {
  const recent = all.filter((one) => one.endedMs > nowMs - RATE_WINDOW_MS)
  return recent.length > 0 ? recent : all.slice(-1)
}

/** Time in which at least one answer was being made: what was made at the same time is not counted twice. */
function workedMs(all: readonly Produced[]): number {
  const spans = all
    .map(({ endedMs, tookMs }) => ({ from: endedMs - tookMs, to: endedMs }))
    .sort((a, b) => a.from - b.from)
  let sum = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return sum
}

/**
 * Tokens a second that the miner makes in all while it works, over the last ten seconds with answers; idle time does not count.
 * @returns `undefined` before the first answer with a token
 */
export function tokensPerSecond(all: readonly Produced[], nowMs: number): number | undefined {
  const recent = recentProduced(all, nowMs)
  const tokens = recent.reduce((sum, one) => sum + one.tokens, 0)
  const tookMs = workedMs(recent)
  return tokens === 0 || tookMs <= 0 ? undefined : (tokens * 1_000) / tookMs
}
