import { KNOCKS_MS, MOST_KNOCKS } from './limits.ts'

/** Who connects again and again without a key is not even spoken with. Counts begin anew each minute, so the book stays small. */
export class Knocks {
  readonly #nowMs: () => number
  #sinceMs = 0
  readonly #counts = new Map<string, number>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** @returns whether this one may try */
  knock(address: string): boolean {
    const now = this.#nowMs()
    if (now - this.#sinceMs > KNOCKS_MS) {
      this.#sinceMs = now
      this.#counts.clear()
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    return count <= MOST_KNOCKS
  }

  /** It had a key: it does not count. */
  cameIn(address: string): void {
    const count = this.#counts.get(address)
    if (count !== undefined) this.#counts.set(address, count - 1)
  }
}
