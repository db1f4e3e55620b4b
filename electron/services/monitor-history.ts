import { type Span, withTime } from '../../shared/metrics/uptime.ts'
import type { MonitorRecordsPort, RecordedEpoch } from '../monitor/monitor-records.port.ts'

/** How often times are written down while they grow, ms: so much uptime is lost by a kill at most. */
const KEEP_MS = 60_000
/** Of all places together: a month of epochs of 72 minutes, twice. */
const MOST_EPOCHS = 1_200

/** A hotkey on a subnet of a chain. Without one of them there is no place. */
export interface Place {
  readonly genesis: string | undefined
  readonly netuid: number | undefined
  readonly hotkey: string | undefined
}

const isAt = (epoch: RecordedEpoch, place: Place): boolean =>
  epoch.genesis === place.genesis && epoch.netuid === place.netuid && epoch.hotkey === place.hotkey

/** Uptime and scores, over starts of the app. */
export class MonitorHistory {
  readonly #records: MonitorRecordsPort
  #firstMs: number | undefined
  #spans: readonly Span[]
  #epochs: readonly RecordedEpoch[]
  /** Until then the time is noted. */
  #notedMs = 0
  #keptMs = 0
  #unkept = false

  constructor(records: MonitorRecordsPort) {
    this.#records = records
    const { firstMs, spans, epochs } = records.load()
    this.#firstMs = firstMs
    this.#spans = spans
    this.#epochs = epochs
  }

  /** Requests are answered from now on. */
  begin(nowMs: number): void {
    this.#firstMs ??= nowMs
    this.#notedMs = nowMs
    this.#unkept = true
  }

  /** @param answering in the time since the last call */
  time(answering: boolean, nowMs: number): void {
    if (answering && nowMs > this.#notedMs) {
      this.#spans = withTime(this.#spans, this.#notedMs, nowMs)
      this.#unkept = true
    }
    this.#notedMs = nowMs
  }

  score(epoch: RecordedEpoch): void {
    this.#epochs = [...this.#epochs, epoch].slice(-MOST_EPOCHS)
    this.#unkept = true
    this.#keptMs = 0
  }

  has(place: Place, epochBlock: number): boolean {
    return this.#epochs.some((epoch) => isAt(epoch, place) && epoch.epochBlock === epochBlock)
  }

  epochs(place: Place): readonly RecordedEpoch[] {
    return this.#epochs.filter((epoch) => isAt(epoch, place))
  }

  spans(): readonly Span[] {
    return this.#spans
  }

  firstMs(): number | undefined {
    return this.#firstMs
  }

  /** @param atOnce the app ends */
  keep(nowMs: number, atOnce: boolean): void {
    if (!this.#unkept || (!atOnce && nowMs - this.#keptMs < KEEP_MS)) return
    this.#keptMs = nowMs
    this.#unkept = !this.#records.save({ firstMs: this.#firstMs, spans: this.#spans, epochs: this.#epochs })
  }
}
