/** Bytes of the last seconds say more of the next ones than those of the whole download. */
const WINDOW_MS = 5_000
/** With less than this there is no speed to speak of. */
const SHORTEST_MS = 500

/** How fast bytes come, over the last seconds. */
export class Speed {
  readonly #seen: { readonly atMs: number; readonly bytes: number }[] = []

  /** @param bytes since the beginning of this try */
  saw(bytes: number, nowMs: number): void {
    this.#seen.push({ atMs: nowMs, bytes })
    while ((this.#seen[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#seen.shift()
  }

  /** Unit: bytes a second; `undefined` = not known yet. */
  at(nowMs: number): number | undefined {
    const [first] = this.#seen
    const last = this.#seen.at(-1)
    if (!first || !last || nowMs - first.atMs < SHORTEST_MS) return undefined
    return Math.round(((last.bytes - first.bytes) * 1000) / (nowMs - first.atMs))
  }
}

/** Lets so many bytes a second pass, all connections together. */
export class Pace {
  readonly #bytesPerSecond: number | undefined
  /** When the bytes that were let through so far are paid for. */
  #freeAtMs = 0

  /** @param bytesPerSecond `undefined` or 0 = no limit */
  constructor(bytesPerSecond: number | undefined) {
    this.#bytesPerSecond = bytesPerSecond === 0 ? undefined : bytesPerSecond
  }

  /** @returns how long whoever took these bytes has to wait before the next. Unit: ms. */
  take(bytes: number, nowMs: number): number {
    if (this.#bytesPerSecond === undefined) return 0
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (bytes * 1000) / this.#bytesPerSecond
    return this.#freeAtMs - nowMs
  }
}

/** @returns after so many ms, or at once when it is aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    // An abort from before the listener was there is not told again.
    if (signal.aborted) done()
  })
