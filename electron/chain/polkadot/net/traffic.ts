import type { ClockPort } from '../../../system/system.port.ts'

const MINUTE_MS = 60_000

/** Counts what a connection costs the node. */
export class Traffic {
  readonly #clock: ClockPort
  #sentAtMs: number[] = []
  #answerMs: number | undefined

  constructor(clock: ClockPort) {
    this.#clock = clock
  }

  /** So many requests left just now. */
  sent(requests: number): void {
    const now = this.#clock.nowMs()
    for (let i = 0; i < requests; i++) this.#sentAtMs.push(now)
  }
  /** @returns how long the answer took, ms */
  answered(sentAtMs: number): number {
    this.#answerMs = this.#clock.nowMs() - sentAtMs
    return this.#answerMs
  }

  perMinute(): number {
    const since = this.#clock.nowMs() - MINUTE_MS
    this.#sentAtMs = this.#sentAtMs.filter((at) => at > since)
    return this.#sentAtMs.length
  }
  /** Latency of the last answer, ms. */
  answerMs(): number | undefined {
    return this.#answerMs
  }
}
