import type { AppError } from '../../../../shared/errors.ts'
import type { ClockPort } from '../../../system/system.port.ts'

const EVERY_MS = 5 * 60_000
/** A computer's clock may be wrong by a minute or two; a block that is older than this is no newest block. */
const BEHIND_MS = 3 * 60_000
const AHEAD_MS = 2 * 60_000

/** Compares the time that the chain wrote into its newest block with the clock of this computer. */
export class ClockCheck {
  readonly #clock: ClockPort
  readonly #onChange: () => void
  #checkedAtMs = Number.NEGATIVE_INFINITY
  /** Chain minus computer, ms, when that is out of bounds. */
  #differenceMs: number | undefined
  #asking = false

  constructor(clock: ClockPort, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** Every few minutes; with every block while something is wrong. */
  isDue(now: boolean): boolean {
    if (this.#asking) return false
    return now || this.#differenceMs !== undefined || this.#clock.nowMs() - this.#checkedAtMs > EVERY_MS
  }

  /** @param answer `Timestamp.Now`, ms since 1970 */
  take(answer: Promise<unknown>): void {
    this.#asking = true
    answer.then(
      (value) => {
        this.#asking = false
        if (typeof value !== 'bigint') return
        this.#checkedAtMs = this.#clock.nowMs()
        const differenceMs = Number(value) - this.#checkedAtMs
        const wrong = differenceMs < -BEHIND_MS || differenceMs > AHEAD_MS
        const changed = wrong !== (this.#differenceMs !== undefined)
        this.#differenceMs = wrong ? differenceMs : undefined
        if (changed) this.#onChange()
      },
      () => {
        // Not known: the next block is asked again.
        this.#asking = false
      },
    )
  }

  /** How far the chain's time is behind, ms; 0 while it is within bounds. */
  get behindMs(): number {
    return Math.max(0, -(this.#differenceMs ?? 0))
  }

  trouble(endpoint: string): AppError | undefined {
    const differenceMs = this.#differenceMs
    if (differenceMs === undefined) return undefined
    return differenceMs < 0
      ? { code: 'chain/head-too-old', endpoint, ageMs: -differenceMs }
      : { code: 'chain/head-from-future', endpoint, aheadMs: differenceMs }
  }
}
