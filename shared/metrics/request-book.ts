import { percentile } from '../mining/percentile.ts'
import type { RequestReason } from '../mining/request-reason.ts'
import { addTotals, type CountedRequest, NO_TOTALS, type RequestTotals } from './request-totals.ts'
import { Ring, type Slot } from './ring.ts'
import { type SeenCaller, SeenCallers } from './seen-callers.ts'

/** Answers that percentiles are taken over. */
const TIMES = 500
/** Requests a second are told over so long, ms. */
const RATE_MS = 10_000
const MINUTE_MS = 60_000

export interface BookedReport {
  readonly counts: Readonly<Partial<Record<RequestReason, number>>>
  readonly records: readonly CountedRequest[]
  readonly totals: RequestTotals
}

/** Nearest rank over the last answers; all absent before the first. */
export interface Percentiles {
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly p99Ms?: number
}

function percentilesOf(times: readonly number[]): Percentiles {
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentile(times, share))
  return p50Ms === undefined || p95Ms === undefined || p99Ms === undefined ? {} : { p50Ms, p95Ms, p99Ms }
}

/** Everything that was asked of this miner since the app started, over any number of runs. */
export class RequestBook {
  readonly #counts = new Map<RequestReason, number>()
  readonly #callers = new SeenCallers()
  readonly #seconds = new Ring(1_000, 600)
  readonly #minutes = new Ring(MINUTE_MS, 1_440)
  #totals: RequestTotals = NO_TOTALS
  #latencies: readonly number[] = []
  #firstTokens: readonly number[] = []

  add({ counts, records, totals }: BookedReport, nowMs: number): void {
    let all = 0
    for (const [reason, count] of Object.entries(counts) as [RequestReason, number][]) {
      this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count)
      all += count
    }
    this.#totals = addTotals(this.#totals, totals)
    for (const caller of totals.callers) this.#callers.count(caller)
    const done = records.filter(({ reason }) => reason === 'answered')
    for (const { caller, totalMs } of done) if (caller !== undefined) this.#callers.took(caller, totalMs)
    const first = done.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])
    if (done.length > 0) this.#latencies = [...this.#latencies, ...done.map((one) => one.totalMs)].slice(-TIMES)
    if (first.length > 0) this.#firstTokens = [...this.#firstTokens, ...first].slice(-TIMES)
    const { answered = 0, late = 0 } = counts
    const change = { answered, late, refused: all - answered - late, tokens: totals.completionTokens }
    this.#seconds.note(nowMs, change)
    this.#minutes.note(nowMs, change)
  }

  /** Time passes while requests are taken, also where none comes: a second without a request is none, and not unknown. */
  tick(nowMs: number, speed: number | undefined): void {
    const change = speed === undefined ? {} : { speed }
    this.#seconds.note(nowMs, change)
    this.#minutes.note(nowMs, change)
  }

  counts(): Partial<Record<RequestReason, number>> {
    return Object.fromEntries(this.#counts)
  }

  totals(): RequestTotals {
    return this.#totals
  }

  latency(): Percentiles {
    return percentilesOf(this.#latencies)
  }

  firstToken(): Percentiles {
    return percentilesOf(this.#firstTokens)
  }

  callers(most: number): readonly SeenCaller[] {
    return this.#callers.list(most)
  }

  callersSeen(): number {
    return this.#callers.size
  }

  /** @returns requests a second over the last ten; absent where the miner took none in that time */
  requestsPerSecond(nowMs: number): number | undefined {
    const recent = this.#seconds.slots(nowMs).filter((slot) => slot.atMs > nowMs - RATE_MS)
    const all = recent.reduce((sum, { answered, late, refused }) => sum + answered + late + refused, 0)
    return recent.length === 0 ? undefined : all / recent.length
  }

  series(span: 'minutes' | 'day', nowMs: number): { readonly stepMs: number; readonly slots: readonly Slot[] } {
    const ring = span === 'minutes' ? this.#seconds : this.#minutes
    return { stepMs: ring.stepMs, slots: ring.slots(nowMs) }
  }
}
