/** Deaths older than this are forgotten, ms. */
export const DEATHS_COUNT_MS = 3_600_000
/** So many within {@link DEATHS_COUNT_MS} are a storm: whatever kills it will do so again, so a person has to look. */
export const STORM_DEATHS = 5
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000

/** One end of a worker that nobody asked for. */
export interface Death {
  readonly atMs: number
  readonly worker: string
  readonly reason: string
}

export interface Restarts {
  readonly deaths: readonly Death[]
  /** Since when it stays stopped; a person has to start it again. */
  readonly gaveUpAtMs?: number | undefined
}
export const NO_DEATHS: Restarts = { deaths: [] }

const recent = (deaths: readonly Death[], nowMs: number): readonly Death[] =>
  deaths.filter(({ atMs }) => nowMs - atMs < DEATHS_COUNT_MS)

/** One more. It gives up with the fifth within an hour, and then stays so whatever follows. */
export function oneMoreDeath(before: Restarts, death: Death): Restarts {
  const deaths = [...recent(before.deaths, death.atMs), death]
  if (before.gaveUpAtMs !== undefined) return { ...before, deaths: deaths.slice(-STORM_DEATHS) }
  return deaths.length >= STORM_DEATHS ? { deaths, gaveUpAtMs: death.atMs } : { deaths }
}

/** Without those that are forgotten by now. */
export const restartsAt = (restarts: Restarts, nowMs: number): Restarts =>
  restarts.gaveUpAtMs === undefined ? { deaths: recent(restarts.deaths, nowMs) } : restarts

/** Until the next try: the first comes at once, so that requests are answered again within seconds; then it doubles. */
export const waitBeforeRestart = ({ deaths }: Restarts): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, deaths.length - 1))

/** Until a rule tries again what could not begin, ms: a chain that does not answer, a port that is taken. */
export const waitAfterRefusal = (refusals: number): number =>
  Math.min(3_600_000, 60_000 * 2 ** Math.max(0, refusals - 1))
