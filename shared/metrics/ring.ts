/** What happened in one span of time. */
export interface Slot {
  /** Begin of the span, ms since 1970: a multiple of the step. */
  readonly atMs: number
  readonly answered: number
  readonly late: number
  readonly refused: number
  /** Tokens of answers that ended in it. */
  readonly tokens: number
  /** Tokens a second, as it was told last in it. Absent: unknown. */
  readonly speed?: number | undefined
}
export type SlotChange = Partial<Omit<Slot, 'atMs'>>

/** A fixed number of spans of equal length, the oldest of which make room. Spans in which nothing was noted are gaps, not zeros. */
export class Ring {
  readonly stepMs: number
  readonly #slots: (Slot | undefined)[]

  constructor(stepMs: number, count: number) {
    this.stepMs = stepMs
    this.#slots = new Array<Slot | undefined>(count).fill(undefined)
  }

  /** Adds to the span that holds `nowMs`; called with an empty change, it says that time passed and nothing came. */
  note(nowMs: number, change: SlotChange): void {
    const atMs = Math.floor(nowMs / this.stepMs) * this.stepMs
    const place = this.#placeOf(atMs)
    const old = this.#slots[place]
    // A clock that was set back does not write into the past.
    if (old && old.atMs > atMs) return
    const now = old?.atMs === atMs ? old : { atMs, answered: 0, late: 0, refused: 0, tokens: 0 }
    const speed = change.speed ?? now.speed
    this.#slots[place] = {
      atMs,
      answered: now.answered + (change.answered ?? 0),
      late: now.late + (change.late ?? 0),
      refused: now.refused + (change.refused ?? 0),
      tokens: now.tokens + (change.tokens ?? 0),
      ...(speed === undefined ? {} : { speed }),
    }
  }

  /** Oldest first, none older than the ring is long. */
  slots(nowMs: number): readonly Slot[] {
    const first = nowMs - this.stepMs * this.#slots.length
    return this.#slots
      .filter((slot): slot is Slot => slot !== undefined && slot.atMs > first && slot.atMs <= nowMs)
      .sort((a, b) => a.atMs - b.atMs)
  }

  #placeOf(atMs: number): number {
    return (atMs / this.stepMs) % this.#slots.length
  }
}
