import type { RequestReason } from '../mining/request-reason.ts'
import { addTimes, bucketOf, type Histogram, NO_TIMES } from './histogram.ts'
import type { CallerCount } from './seen-callers.ts'

/** Sums over all requests since the last report, however many there were; of the records only the newest are told one by one. */
export interface RequestTotals {
  /** From arrival to the end of the answer, of those that were answered. */
  readonly latency: Histogram
  /** From arrival to the first token, where there were tokens. */
  readonly firstToken: Histogram
  readonly promptTokens: number
  readonly completionTokens: number
  readonly callers: readonly CallerCount[]
}

export interface CountedRequest {
  readonly atMs: number
  readonly caller?: string
  readonly reason: RequestReason
  readonly promptTokens?: number
  readonly completionTokens?: number
  readonly firstTokenMs?: number
  readonly totalMs: number
}

export const NO_TOTALS: RequestTotals = {
  latency: NO_TIMES,
  firstToken: NO_TIMES,
  promptTokens: 0,
  completionTokens: 0,
  callers: [],
}

class Times {
  #counts = [...NO_TIMES.counts]
  #sumMs = 0

  add(ms: number): void {
    const place = bucketOf(ms)
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    this.#sumMs += ms
  }

  take(): Histogram {
    const taken = { counts: this.#counts, sumMs: this.#sumMs }
    this.#counts = [...NO_TIMES.counts]
    this.#sumMs = 0
    return taken
  }
}

/** Counts one request at a time, in the request server itself; costs no more in a flood. */
export class TotalsCounter {
  readonly #latency = new Times()
  readonly #firstToken = new Times()
  readonly #callers = new Map<string, { requests: number; answered: number; lastSeenMs: number }>()
  #promptTokens = 0
  #completionTokens = 0

  count({ atMs, caller, reason, promptTokens, completionTokens, firstTokenMs, totalMs }: CountedRequest): void {
    const answered = reason === 'answered'
    if (answered) this.#latency.add(totalMs)
    if (answered && firstTokenMs !== undefined) this.#firstToken.add(firstTokenMs)
    this.#promptTokens += promptTokens ?? 0
    this.#completionTokens += completionTokens ?? 0
    if (caller === undefined) return
    const known = this.#callers.get(caller)
    if (!known) this.#callers.set(caller, { requests: 1, answered: answered ? 1 : 0, lastSeenMs: atMs })
    else {
      known.requests += 1
      known.answered += answered ? 1 : 0
      known.lastSeenMs = Math.max(known.lastSeenMs, atMs)
    }
  }

  /** What came since the last call. */
  take(): RequestTotals {
    const callers = [...this.#callers].map(([hotkey, counts]) => ({ hotkey, ...counts }))
    this.#callers.clear()
    const tokens = { promptTokens: this.#promptTokens, completionTokens: this.#completionTokens }
    this.#promptTokens = 0
    this.#completionTokens = 0
    return { latency: this.#latency.take(), firstToken: this.#firstToken.take(), ...tokens, callers }
  }
}

export const addTotals = (one: RequestTotals, other: RequestTotals): RequestTotals => ({
  latency: addTimes(one.latency, other.latency),
  firstToken: addTimes(one.firstToken, other.firstToken),
  promptTokens: one.promptTokens + other.promptTokens,
  completionTokens: one.completionTokens + other.completionTokens,
  callers: [],
})
