/** One look at one miner. */
export type Sample = { readonly valid: true; readonly latencyMs: number } | { readonly valid: false }

/** Weight of the newest sample: five seconds of silence are seen, one slow answer is not a disaster. */
const NEWEST = 0.4
/** After so many misses in a row a miner is gone, whatever its average was. */
const MISSES_TO_ZERO = 3

interface Score {
  average: number
  misses: number
}

/** Moving averages of how well miners answer, from 0 to 1. What was never answered is never scored. */
export class ScoreBook {
  readonly #slowestMs: number
  readonly #scores = new Map<string, Score>()

  /** @param slowestMs  an answer as slow as this earns half of what an instant one does. */
  constructor(slowestMs: number) {
    this.#slowestMs = slowestMs
  }

  add(hotkey: string, sample: Sample): void {
    const known = this.#scores.get(hotkey)
    if (!sample.valid) {
      if (!known) return
      known.misses += 1
      known.average *= 1 - NEWEST
      if (known.misses >= MISSES_TO_ZERO) this.#scores.delete(hotkey)
      return
    }
    const quality = 1 - 0.5 * Math.min(1, sample.latencyMs / this.#slowestMs)
    const average = known ? known.average * (1 - NEWEST) + quality * NEWEST : quality
    this.#scores.set(hotkey, { average, misses: 0 })
  }

  /** Keeps only miners that still announce an endpoint. */
  keepOnly(hotkeys: ReadonlySet<string>): void {
    for (const hotkey of this.#scores.keys()) if (!hotkeys.has(hotkey)) this.#scores.delete(hotkey)
  }

  of(hotkey: string): number {
    return this.#scores.get(hotkey)?.average ?? 0
  }
}
