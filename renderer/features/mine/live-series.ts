import type { MonitorLive } from '../../../shared/contract/monitor.contract.ts'

export interface SeriesSlot {
  readonly atMs: number
  readonly answered: number
  readonly late: number
  readonly refused: number
  readonly speed?: number | undefined
}

const STEP_MS = 1_000
/** Ten minutes. */
const MOST = 600

const asked = ({ answered, late, refused }: Pick<MonitorLive, 'answered' | 'late' | 'refused'>) => ({
  answered,
  late,
  refused,
})

/**
 * Seconds of the last ten minutes: what the host kept, and what it tells since. Charts draw from it without the page being built anew
 * for each number.
 */
export class LiveSeries {
  #slots: SeriesSlot[] = []
  #last: MonitorLive | undefined
  readonly #listeners = new Set<() => void>()

  /** What the host kept replaces the seconds that this page does not know better. */
  load(slots: readonly SeriesSlot[]): void {
    const from = this.#slots[0]?.atMs ?? Number.POSITIVE_INFINITY
    this.#slots = [...slots.filter((slot) => slot.atMs < from), ...this.#slots].slice(-MOST)
    this.#tell()
  }

  /** Counters count up; how much of it belongs to this second is the difference to the last time. */
  add(live: MonitorLive): void {
    const before = this.#last
    this.#last = live
    const atMs = Math.floor(live.atMs / STEP_MS) * STEP_MS
    const now = asked(live)
    const old = before ? asked(before) : now
    // Fewer than before: the app was started anew, and counts from there.
    const more = (key: keyof typeof now) => (now[key] >= old[key] ? now[key] - old[key] : now[key])
    const end = this.#slots.at(-1)
    const slot = end?.atMs === atMs ? end : { atMs, answered: 0, late: 0, refused: 0 }
    const next: SeriesSlot = {
      atMs,
      answered: slot.answered + more('answered'),
      late: slot.late + more('late'),
      refused: slot.refused + more('refused'),
      ...(live.speed === undefined ? {} : { speed: live.speed }),
    }
    if (end?.atMs === atMs) this.#slots[this.#slots.length - 1] = next
    else this.#slots = [...this.#slots, next].slice(-MOST)
    this.#tell()
  }

  slots(): readonly SeriesSlot[] {
    return this.#slots
  }

  last(): MonitorLive | undefined {
    return this.#last
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
