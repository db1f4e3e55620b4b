import type { ClockPort } from '../../../system/system.port.ts'

const MINUTE_MS = 60_000

/** Counts what a connection costs the node: public endpoints allow about one request a second. */
export class Traffic {
  readonly #clock: ClockPort
  #sentAtMs: number[] = []
  #requests = 0
  #bytes = 0
  #answerMs: number | undefined

  constructor(clock: ClockPort) {
    this.#clock = clock
  }

  sent(bytes: number): number {
    const now = this.#clock.nowMs()
    this.#sentAtMs.push(now)
    this.#requests += 1
    this.#bytes += bytes
    return now
  }
  received(bytes: number): void {
    this.#bytes += bytes
  }
  answered(sentAtMs: number): void {
    this.#answerMs = this.#clock.nowMs() - sentAtMs
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
  /** Since the beginning: requests sent; bytes of JSON text both ways, before any compression by the socket. */
  totals(): { readonly requests: number; readonly bytes: number } {
    return { requests: this.#requests, bytes: this.#bytes }
  }
}
