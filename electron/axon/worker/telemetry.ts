import { TotalsCounter } from '../../../shared/metrics/request-totals.ts'
import type { RequestReason } from '../../../shared/mining/request-reason.ts'
import type { AxonReport, RequestRecord } from '../axon.port.ts'
import type { FromWorker } from '../messages.ts'

/** Records sent with one report; the rest of a flood is only counted. */
const MOST_RECORDS = 100

/** Gathers what finished and reports it a few times a second, however many requests come. */
export class Telemetry {
  readonly #send: (message: FromWorker) => void
  readonly #queue: () => AxonReport['queue']
  #counts: Partial<Record<RequestReason, number>> = {}
  #records: RequestRecord[] = []
  readonly #totals = new TotalsCounter()
  #lastQueue = ''

  constructor(send: (message: FromWorker) => void, queue: () => AxonReport['queue']) {
    this.#send = send
    this.#queue = queue
  }

  record(record: RequestRecord): void {
    this.#counts[record.reason] = (this.#counts[record.reason] ?? 0) + 1
    this.#totals.count(record)
    this.#records.push(record)
    if (this.#records.length > 2 * MOST_RECORDS) this.#records = this.#records.slice(-MOST_RECORDS)
  }

  /** Sends what is new; silent when nothing is. */
  flush(): void {
    const queue = this.#queue()
    const queueText = JSON.stringify(queue)
    if (this.#records.length === 0 && queueText === this.#lastQueue) return
    const report = {
      counts: this.#counts,
      records: this.#records.slice(-MOST_RECORDS),
      totals: this.#totals.take(),
      queue,
    }
    this.#send({ kind: 'report', report })
    this.#counts = {}
    this.#records = []
    this.#lastQueue = queueText
  }
}
