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

/**
 * Tokens a second that the miner makes while it works, over the last ten seconds with answers; idle time does not count.
 * @returns `undefined` before the first answer with a token
 */
export function tokensPerSecond(all: readonly Produced[], nowMs: number): number | undefined {
  const recent = recentProduced(all, nowMs)
  const tokens = recent.reduce((sum, one) => sum + one.tokens, 0)
  const tookMs = recent.reduce((sum, one) => sum + one.tookMs, 0)
  return tokens === 0 || tookMs <= 0 ? undefined : (tokens * 1_000) / tookMs
}
