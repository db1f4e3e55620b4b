import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { EpochScore, MetricsDoorView, MonitorLive, MonitorView } from '../../shared/contract/monitor.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { writeExposition } from '../../shared/metrics/exposition.ts'
import { RequestBook } from '../../shared/metrics/request-book.ts'
import type { Slot } from '../../shared/metrics/ring.ts'
import { uptimeOf } from '../../shared/metrics/uptime.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { AxonPort, AxonReport } from '../axon/axon.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { MetricsDoorPort } from '../monitor/metrics-door.port.ts'
import type { MonitorRecordsPort } from '../monitor/monitor-records.port.ts'
import type { LogBookPort } from '../system/log-book.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { CareService } from './care.service.ts'
import { Listeners } from './live-read.ts'
import { metricFamilies } from './metric-families.ts'
import type { MiningService } from './mining.service.ts'
import { MonitorHistory } from './monitor-history.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface MonitorDeps {
  readonly axon: AxonPort
  readonly chain: ChainPort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly logs: LogBookPort
  readonly door: MetricsDoorPort
  readonly records: MonitorRecordsPort
  readonly settings: SettingsService
  readonly network: NetworkService
  readonly mining: MiningService
  readonly care: Pick<CareService, 'state'>
  readonly facts: { readonly version: string; readonly kind: string }
}

/** The clock of the series, ms. */
const TICK_MS = 1_000
const SHOWN_CALLERS = 64
const SHOWN_EPOCHS = 72

/** Whether requests are answered: a miner that is held lets them wait. */
const answers = (status: MiningStatus): boolean => status.state === 'mining' && status.held === undefined

/** Counts and remembers what the miner did, for the window, the terminal and Prometheus. Changes nothing that the miner does. */
export class MonitorService {
  readonly #deps: MonitorDeps
  readonly #book = new RequestBook()
  readonly #history: MonitorHistory
  readonly #sinceMs: number
  readonly #moved = new Listeners<void>()
  readonly #changed = new Listeners<void>()
  readonly #offs: (() => void)[] = []
  #queue: AxonReport['queue'] = { running: 0, waiting: 0, room: 0 }
  #speed: number | undefined
  #answering = false
  #looking = false
  /** The place that was looked at last, and the block in which its next epoch runs: until then nobody is asked. */
  #waits: { readonly at: string; readonly block: number } | undefined
  #door: MetricsDoorView = { state: 'off' }

  constructor(deps: MonitorDeps) {
    this.#deps = deps
    this.#sinceMs = deps.clock.nowMs()
    this.#history = new MonitorHistory(deps.records)
    this.#offs.push(
      deps.axon.onReport((report) => this.#take(report)),
      deps.mining.onStatus(() => this.#follow()),
      deps.chain.onHead((head) => void this.#score(head.number)),
      deps.clock.every(TICK_MS, () => this.#tick()),
    )
  }

  /** Opens the door of last time. A question asked at a terminal opens none: it would be gone in a moment. */
  async start(): Promise<void> {
    const { metricsPort } = this.#deps.settings.get()
    if (metricsPort !== undefined && this.#deps.facts.kind !== 'cli') await this.#open(metricsPort)
  }

  async close(): Promise<void> {
    for (const off of this.#offs.splice(0)) off()
    this.#history.time(this.#answering, this.#deps.clock.nowMs())
    this.#history.keep(this.#deps.clock.nowMs(), true)
    await this.#deps.door.close()
  }

  /** A few small numbers, as often as reports come. */
  onLive(listener: () => void): () => void {
    return this.#moved.add(listener)
  }

  /** At most once a second. */
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  live(): MonitorLive {
    const atMs = this.#deps.clock.nowMs()
    const { answered = 0, late = 0, ...refused } = this.#book.counts()
    const requestsPerSecond = this.#book.requestsPerSecond(atMs)
    return {
      atMs,
      answered,
      late,
      refused: Object.values(refused).reduce((sum, count) => sum + count, 0),
      running: this.#queue.running,
      waiting: this.#queue.waiting,
      ...(this.#speed === undefined ? {} : { speed: this.#speed }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    }
  }

  view(): MonitorView {
    const book = this.#book
    const atMs = this.#deps.clock.nowMs()
    const { promptTokens, completionTokens } = book.totals()
    const requestsPerSecond = book.requestsPerSecond(atMs)
    const uptime = uptimeOf(this.#history.spans(), this.#history.firstMs(), atMs)
    return {
      atMs,
      sinceMs: this.#sinceMs,
      counts: book.counts(),
      promptTokens,
      completionTokens,
      latency: book.latency(),
      firstToken: book.firstToken(),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
      callers: book.callers(SHOWN_CALLERS),
      callersSeen: book.callersSeen(),
      epochs: this.#epochs(),
      ...(uptime ? { uptime } : {}),
      door: this.#door,
    }
  }

  series(span: 'minutes' | 'day'): { stepMs: number; atMs: number; slots: readonly Slot[] } {
    const atMs = this.#deps.clock.nowMs()
    return { atMs, ...this.#book.series(span, atMs) }
  }

  /** @errors mining/port-taken */
  async openMetrics(port: number): Promise<Result<MetricsDoorView, AppError>> {
    this.#deps.settings.remember({ metricsPort: port })
    await this.#open(port)
    return this.#door.error ? err(this.#door.error) : ok(this.#door)
  }

  async closeMetrics(): Promise<Result<MetricsDoorView, AppError>> {
    this.#deps.settings.remember({ metricsPort: undefined })
    await this.#deps.door.close()
    this.#door = { state: 'off' }
    this.#changed.tell()
    return ok(this.#door)
  }

  /** What Prometheus reads: facts of this moment, without those that are unknown. */
  metrics(): string {
    const { clock, network, mining, logs, facts, care } = this.#deps
    return writeExposition(
      metricFamilies({
        nowMs: clock.nowMs(),
        sinceMs: this.#sinceMs,
        facts,
        status: mining.status(),
        network: network.status(),
        queue: this.#queue,
        book: this.#book,
        uptime: uptimeOf(this.#history.spans(), this.#history.firstMs(), clock.nowMs()),
        lastScore: this.#epochs().at(-1),
        logLines: logs.counts(),
        logLost: logs.lost(),
        care: care.state(),
      }),
    )
  }

  async #open(port: number): Promise<void> {
    const opened = await this.#deps.door.open(port, () => this.metrics())
    this.#door = opened.ok ? { state: 'open', port: opened.value.port } : { state: 'failed', port, error: opened.error }
    if (!opened.ok) this.#deps.log.log('warn', 'metrics.door', { code: opened.error.code, port })
    this.#changed.tell()
  }

  #take(report: AxonReport): void {
    this.#queue = report.queue
    this.#book.add(report, this.#deps.clock.nowMs())
    this.#moved.tell()
  }

  /** Starts and ends of answering are noted when they happen, and not with the next tick. */
  #follow(): void {
    const now = answers(this.#deps.mining.status())
    if (now === this.#answering) return
    this.#history.time(this.#answering, this.#deps.clock.nowMs())
    this.#answering = now
    if (now) this.#history.begin(this.#deps.clock.nowMs())
    else this.#queue = { running: 0, waiting: 0, room: this.#queue.room }
    this.#changed.tell()
  }

  #tick(): void {
    const nowMs = this.#deps.clock.nowMs()
    if (this.#answering) {
      this.#speed = this.#deps.mining.status().tokensPerSecond
      this.#book.tick(nowMs, this.#speed)
      this.#moved.tell()
    }
    this.#history.time(this.#answering, nowMs)
    this.#history.keep(nowMs, false)
    this.#changed.tell()
  }

  /** Of the place that is mined now, or was mined last. */
  #epochs(): readonly EpochScore[] {
    const genesis = this.#deps.network.genesis()
    const { netuid, hotkey } = this.#deps.mining.status()
    return this.#history.epochs({ genesis, netuid, hotkey }).slice(-SHOWN_EPOCHS)
  }

  /** Notes what an epoch brought, once for each: while mining, at each new block. */
  async #score(block: number): Promise<void> {
    const { chain, mining, network, clock, log } = this.#deps
    const { netuid, hotkey, state } = mining.status()
    const genesis = network.genesis()
    if (this.#looking || state !== 'mining' || netuid === undefined || hotkey === undefined || genesis === undefined)
      return
    const at = `${genesis}/${netuid}/${hotkey}`
    if (this.#waits?.at === at && block < this.#waits.block) return
    this.#looking = true
    try {
      const facts = await chain.epochFacts()
      const known = facts.ok ? facts.value.find((one) => one.netuid === netuid) : undefined
      if (!known) return
      const { lastEpochBlock: ended, nextEpochBlock: next } = known
      if (this.#history.has({ genesis, netuid, hotkey }, ended)) {
        if (next !== undefined) this.#waits = { at, block: next }
        return
      }
      const found = await chain.minerSnapshot(netuid, hotkey)
      if (!found.ok || found.value.uid === undefined || found.value.block < ended) return
      const { uid, incentive, emission, standing } = found.value
      this.#history.score({
        genesis,
        netuid,
        hotkey,
        uid,
        epochBlock: ended,
        atMs: clock.nowMs(),
        incentive,
        bestIncentive: standing?.best,
        rank: standing?.rank,
        miners: standing?.miners,
        emission,
      })
      this.#changed.tell()
    } catch (cause) {
      log.log('warn', 'monitor.score', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#looking = false
    }
  }
}
