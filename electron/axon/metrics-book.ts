import { percentile } from '../../shared/mining/percentile.ts'
import type { RequestReason } from '../../shared/mining/request-reason.ts'
import type { AxonMetrics, AxonReport, RequestRecord } from './axon.port.ts'

/** Requests shown one by one. */
const RECENT = 200
/** Answers that the latency is taken over: apart from `recent`, so that a flood of refused requests cannot push them out. */
const LATENCIES = 500

/** Adds up the reports of one run, over all restarts of its worker. */
export class MetricsBook {
  #counts: Partial<Record<RequestReason, number>> = {}
  #recent: readonly RequestRecord[] = []
  #latencies: readonly number[] = []
  #queue: AxonMetrics['queue']

  constructor(room: number) {
    this.#queue = { running: 0, waiting: 0, room }
  }

  add({ counts, records, queue }: AxonReport): void {
    for (const [reason, count] of Object.entries(counts) as [RequestReason, number][])
      this.#counts[reason] = (this.#counts[reason] ?? 0) + count
    this.#recent = [...records.toReversed(), ...this.#recent].slice(0, RECENT)
    const answered = records.filter((record) => record.reason === 'answered').map((record) => record.totalMs)
    if (answered.length > 0) this.#latencies = [...this.#latencies, ...answered].slice(-LATENCIES)
    this.#queue = queue
  }

  /** The worker is gone, and everything it was doing. */
  workerGone(): void {
    this.#queue = { running: 0, waiting: 0, room: this.#queue.room }
  }

  snapshot(): AxonMetrics {
    const { answered = 0, late = 0, ...refused } = this.#counts
    const latencyP50Ms = percentile(this.#latencies, 0.5)
    const latencyP95Ms = percentile(this.#latencies, 0.95)
    return {
      answered,
      late,
      refused,
      ...(latencyP50Ms === undefined ? {} : { latencyP50Ms }),
      ...(latencyP95Ms === undefined ? {} : { latencyP95Ms }),
      queue: this.#queue,
      recent: this.#recent,
    }
  }
}
