import type { ClockPort } from '../../../system/system.port.ts'

/** Who may go first: what a person signs, then what a person looks at, then what nobody waits for. */
export type Priority = 'signing' | 'view' | 'background'
export const PRIORITIES: readonly Priority[] = ['signing', 'view', 'background']

export interface Allowance {
  /** Requests per second in the long run. */
  readonly perSecond: number
  /** Requests that may leave at once after a quiet time. */
  readonly burst: number
}

/**
 * What public endpoints take from one address. The burst lets a first connection through in one go.
 * @source protocol notes of the chain's SDK v11: "about 1 request/s per IP"
 */
export const PUBLIC: Allowance = { perSecond: 1, burst: 14 }

/** Tokens that others must leave: whoever signs never waits behind a table that is being filled. */
const RESERVED: Readonly<Record<Priority, number>> = { signing: 0, view: 2, background: 4 }

/** A token bucket. One per endpoint, for as long as the program runs: a new socket does not bring new tokens. */
export class Budget {
  readonly #clock: ClockPort
  readonly #waiting = new Set<() => void>()
  #allowance: Allowance | undefined
  #tokens: number
  #countedAtMs: number
  #stopTimer: (() => void) | undefined

  /** @param allowance absent: no limit, as for a node of one's own */
  constructor(clock: ClockPort, allowance: Allowance | undefined) {
    this.#clock = clock
    this.#allowance = allowance
    this.#tokens = allowance?.burst ?? 0
    this.#countedAtMs = clock.nowMs()
  }

  get allowance(): Allowance | undefined {
    return this.#allowance
  }

  /** Another allowance from now on; what was used stays used. */
  allow(allowance: Allowance | undefined): void {
    this.#refill()
    const used = (this.#allowance?.burst ?? 0) - this.#tokens
    this.#allowance = allowance
    this.#tokens = (allowance?.burst ?? 0) - used
    if (!allowance) this.#wake()
  }

  /** Takes up to `wanted` tokens. @returns how many requests may leave now */
  take(priority: Priority, wanted: number): number {
    if (!this.#allowance) return wanted
    this.#refill()
    const reserved = Math.min(RESERVED[priority], this.#allowance.burst - 1)
    const granted = Math.max(0, Math.min(wanted, Math.floor(this.#tokens - reserved)))
    this.#tokens -= granted
    return granted
  }

  /** Calls back once when there may be more. @returns a function that stops waiting */
  whenMore(run: () => void): () => void {
    this.#waiting.add(run)
    this.#wakeLater()
    return () => void this.#waiting.delete(run)
  }

  /** The endpoint said that it was too much: whatever we counted, nothing is left. @param pauseMs without any request */
  drain(pauseMs: number): void {
    if (!this.#allowance) return
    this.#refill()
    this.#tokens = Math.min(this.#tokens, 0) - (pauseMs / 1000) * this.#allowance.perSecond
  }

  /** Whole requests that may leave now; absent: no limit. */
  left(): number | undefined {
    if (!this.#allowance) return undefined
    this.#refill()
    return Math.max(0, Math.floor(this.#tokens))
  }

  #refill(): void {
    if (!this.#allowance) return
    const now = this.#clock.nowMs()
    // A clock that was set back must not take tokens away.
    const passed = Math.max(0, now - this.#countedAtMs)
    this.#countedAtMs = now
    this.#tokens = Math.min(this.#allowance.burst, this.#tokens + (passed / 1000) * this.#allowance.perSecond)
  }

  #wakeLater(): void {
    if (!this.#allowance || this.#stopTimer || this.#waiting.size === 0) return
    const missing = Math.max(1 - (this.#tokens % 1), 1 - this.#tokens)
    const waitMs = Math.max(10, Math.ceil((missing / this.#allowance.perSecond) * 1000))
    this.#stopTimer = this.#clock.after(waitMs, () => {
      this.#stopTimer = undefined
      this.#wake()
    })
  }

  #wake(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const run of waiting) run()
  }
}
