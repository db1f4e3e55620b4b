import { percentile } from '../mining/percentile.ts'

/** What one key asked and got. Only keys whose signature was good are told apart. */
export interface SeenCaller {
  readonly hotkey: string
  readonly requests: number
  readonly answered: number
  readonly lastSeenMs: number
  /** Half of its last answers took up to so long; absent before the first. */
  readonly medianMs?: number | undefined
}

/** What a report says of one key. */
export interface CallerCount {
  readonly hotkey: string
  readonly requests: number
  readonly answered: number
  readonly lastSeenMs: number
}

interface Known {
  requests: number
  answered: number
  lastSeenMs: number
  times: readonly number[]
}

/** Keys that are kept apart; a subnet has 256 places as a rule. */
const MOST_CALLERS = 512
/** Times of each that the median is taken over. */
const TIMES = 64

/** Who asked. A new key takes the place of the one that was silent for longest. */
export class SeenCallers {
  readonly #all = new Map<string, Known>()

  count({ hotkey, requests, answered, lastSeenMs }: CallerCount): void {
    const known = this.#of(hotkey)
    known.requests += requests
    known.answered += answered
    known.lastSeenMs = Math.max(known.lastSeenMs, lastSeenMs)
  }

  took(hotkey: string, totalMs: number): void {
    const known = this.#all.get(hotkey)
    if (known) known.times = [...known.times, totalMs].slice(-TIMES)
  }

  get size(): number {
    return this.#all.size
  }

  /** Who asked most comes first. */
  list(most: number): readonly SeenCaller[] {
    return [...this.#all]
      .sort(([, a], [, b]) => b.requests - a.requests || b.lastSeenMs - a.lastSeenMs)
      .slice(0, most)
      .map(([hotkey, { requests, answered, lastSeenMs, times }]) => {
        const medianMs = percentile(times, 0.5)
        return { hotkey, requests, answered, lastSeenMs, ...(medianMs === undefined ? {} : { medianMs }) }
      })
  }

  #of(hotkey: string): Known {
    const known = this.#all.get(hotkey)
    if (known) return known
    if (this.#all.size >= MOST_CALLERS) {
      const [silent] = [...this.#all].sort(([, a], [, b]) => a.lastSeenMs - b.lastSeenMs)
      if (silent) this.#all.delete(silent[0])
    }
    const fresh: Known = { requests: 0, answered: 0, lastSeenMs: 0, times: [] }
    this.#all.set(hotkey, fresh)
    return fresh
  }
}
