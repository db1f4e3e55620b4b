/** Most addresses remembered at once; beyond, the first is forgotten. */
const MOST_DOUBTED = 10_000
/** How long an address is doubted after a bad signature, ms. */
const DOUBT_MS = 60_000
/** Requests that may wait to be checked: some ten milliseconds' work. Refusing the rest costs less than checking it. */
const MOST_WAITING = 32

/**
 * Requests of addresses that sent a bad signature lately. Theirs are checked one in each turn of the event loop, after
 * everything that others sent: who floods us waits for his own requests, and nobody else does.
 */
export class SlowLine {
  readonly #doubtedUntil = new Map<string, number>()
  #waiting: (() => void)[] = []

  doubt(sender: string, nowMs: number): void {
    this.#doubtedUntil.delete(sender)
    this.#doubtedUntil.set(sender, nowMs + DOUBT_MS)
    if (this.#doubtedUntil.size <= MOST_DOUBTED) return
    const [first] = this.#doubtedUntil.keys()
    if (first !== undefined) this.#doubtedUntil.delete(first)
  }

  isDoubted(sender: string, nowMs: number): boolean {
    return nowMs < (this.#doubtedUntil.get(sender) ?? 0)
  }

  /** Waits for its turn. @returns false where too many wait: refuse. */
  join(): Promise<boolean> {
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve(false)
    return new Promise((resolve) => {
      if (this.#waiting.push(() => resolve(true)) === 1) setImmediate(() => this.#next())
    })
  }

  /** The next one is begun only when this one is done: a turn that has begun takes none that is added to it. */
  #next(): void {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }
}
