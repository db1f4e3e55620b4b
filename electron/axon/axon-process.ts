import type { AppError } from '../../shared/errors.ts'
import { type CallerLists, NO_CALLER_LISTS } from '../../shared/mining/caller-lists.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SpawnPort, WorkerHandle } from '../system/spawn.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { signAnswer } from './answer-signing.ts'
import type { AnswerSigner, AxonConfig, AxonMetrics, AxonPort, AxonReport, Caller, TaskHandler } from './axon.port.ts'
import { type FromWorker, PATIENCE, type Patience, type ToWorker } from './messages.ts'
import { MetricsBook } from './metrics-book.ts'
import { Outbox } from './outbox.ts'
import { ReplayStore } from './replay-store.ts'
import { TaskRunner } from './task-runner.ts'

/** A worker that is not listening by then is taken for dead, ms. */
const START_MS = 15_000
/** Wait before the first restart, doubled each time, ms. */
const BACK_OFF_MS = 500
/** Restarts in a row before giving up: some 15 s in all. */
const MOST_RESTARTS = 5
/** A worker that lived this long was healthy; the next death counts from one again, ms. */
const HEALTHY_MS = 60_000
/** Between two times that whole metrics are told, with their 200 requests, ms. What moves faster comes with the reports. */
const METRICS_MS = 1_000
/** How long a worker may take to end beyond what running answers get, ms. */
const STOP_MS = 3_000

export interface AxonDeps {
  readonly spawn: SpawnPort
  readonly clock: Pick<ClockPort, 'nowMs' | 'after'>
  readonly log: LogPort
  /**
   * When this program started, ms since 1970: no earlier server of this hotkey was answering after that. Requests signed before
   * it are refused, because an earlier process may have answered them already and its memory of nonces is gone.
   */
  readonly startedAtMs: number
  readonly patience?: Patience
}

type Opened = Result<{ readonly port: number }, AppError>

/** A worker and what goes to it. */
interface Worker {
  readonly handle: WorkerHandle
  readonly outbox: Outbox<ToWorker>
}

/** One run from `start` to `stop`, over any number of workers. */
interface Run {
  readonly config: AxonConfig
  readonly book: MetricsBook
  readonly aliveBeforeMs: number
  /** What its workers have used up; from the first that listened. */
  replay: ReplayStore | undefined
  worker: Worker | undefined
  restarts: number
  cancelRestart: () => void
}

const urlOf = (host: string, port: number): string => {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

/** The request server as its own process, brought back on the same port when it dies. */
export class AxonProcess implements AxonPort {
  readonly #deps: AxonDeps
  readonly #metricsListeners = new Set<(metrics: AxonMetrics) => void>()
  readonly #reportListeners = new Set<(report: AxonReport) => void>()
  readonly #exitListeners = new Set<(error: AppError) => void>()
  readonly #deathListeners = new Set<(reason: string) => void>()
  /** They were told a moment ago. */
  #metricsTold = false
  #metricsChanged = false
  #handler: TaskHandler | undefined
  #signer: AnswerSigner | undefined
  #callers: readonly Caller[] = []
  #lists: CallerLists = NO_CALLER_LISTS
  #run: Run | undefined
  #lastBook = new MetricsBook(0)
  /** Last moment at which a server of ours may have taken a request. */
  #aliveUntilMs: number

  constructor(deps: AxonDeps) {
    this.#deps = deps
    this.#aliveUntilMs = deps.startedAtMs
  }

  async start(config: AxonConfig): Promise<Result<{ readonly port: number; readonly url: string }, AppError>> {
    if (this.#run) return err({ code: 'mining/already-running' })
    const book = new MetricsBook(config.limits.queue)
    const run: Run = {
      config,
      book,
      aliveBeforeMs: this.#aliveUntilMs,
      replay: undefined,
      worker: undefined,
      restarts: 0,
      cancelRestart: () => undefined,
    }
    this.#run = run
    this.#lastBook = book
    const opened = await this.#open(run, config)
    if (!opened.ok) {
      if (this.#run === run) this.#run = undefined
      if (opened.error.code === 'mining/worker-died') this.#tellDeath(opened.error.reason)
      return opened
    }
    return ok({ port: opened.value.port, url: urlOf(config.host, opened.value.port) })
  }

  setCallers(callers: readonly Caller[]): void {
    this.#callers = callers
    this.#run?.worker?.outbox.put({ kind: 'callers', callers })
  }

  setCallerLists(lists: CallerLists): void {
    this.#lists = lists
    this.#run?.worker?.outbox.put({ kind: 'lists', lists })
  }

  onTask(handler: TaskHandler): void {
    this.#handler = handler
  }

  onSign(signer: AnswerSigner): void {
    this.#signer = signer
  }

  metrics(): AxonMetrics {
    return this.#lastBook.snapshot()
  }

  onMetrics(listener: (metrics: AxonMetrics) => void): () => void {
    this.#metricsListeners.add(listener)
    return () => void this.#metricsListeners.delete(listener)
  }

  onReport(listener: (report: AxonReport) => void): () => void {
    this.#reportListeners.add(listener)
    return () => void this.#reportListeners.delete(listener)
  }

  onExit(listener: (error: AppError) => void): () => void {
    this.#exitListeners.add(listener)
    return () => void this.#exitListeners.delete(listener)
  }

  onDeath(listener: (reason: string) => void): () => void {
    this.#deathListeners.add(listener)
    return () => void this.#deathListeners.delete(listener)
  }

  async stop(): Promise<void> {
    const run = this.#run
    this.#run = undefined
    run?.cancelRestart()
    const worker = run?.worker
    if (!worker) return
    const { clock, patience = PATIENCE } = this.#deps
    await new Promise<void>((resolve) => {
      const cancel = clock.after(patience.drainMs + STOP_MS, () => worker.handle.kill())
      worker.handle.onExit(() => {
        cancel()
        resolve()
      })
      worker.outbox.put({ kind: 'stop' })
    })
  }

  /** Starts a worker and waits until it listens, refuses, or dies. */
  #open(run: Run, config: AxonConfig): Promise<Opened> {
    const { spawn, clock, log, patience = PATIENCE } = this.#deps
    // No folder beyond the code: what the network talks to can read no wallet, and write nothing.
    const worker = spawn.start('axon', { mayRead: [], onLine: (line) => log.log('warn', 'axon.line', { line }) })
    const outbox = new Outbox<ToWorker>((messages) => worker.send(messages), process.nextTick)
    run.worker = { handle: worker, outbox }
    const bornMs = clock.nowMs()
    const tasks = new TaskRunner(
      (message) => outbox.put(message),
      () => this.#handler,
    )
    return new Promise((resolve) => {
      const cancel = clock.after(START_MS, () => worker.kill())
      const settle = (opened: Opened) => {
        cancel()
        resolve(opened)
      }
      let listening = false
      const take = (message: FromWorker) => {
        if (message.kind === 'listening') {
          listening = true
          run.replay ??= new ReplayStore(message.replayKeepMs, clock.nowMs())
          settle(ok({ port: message.port }))
          run.cancelRestart = this.#keepAlive(run, worker, { ...config, port: message.port }, bornMs)
        } else if (message.kind === 'refused') {
          settle(err(message.error))
          worker.kill()
        } else this.#receive(run, { tasks, outbox }, message)
      }
      worker.onMessage((messages) => {
        // Both ends of the pipe ship together.
        for (const message of messages as readonly FromWorker[]) take(message)
      })
      worker.onExit((exitCode) => {
        tasks.abortAll()
        if (listening) this.#aliveUntilMs = clock.nowMs()
        settle(err({ code: 'mining/worker-died', worker: 'axon', reason: `exit ${exitCode ?? 'by signal'}` }))
      })
      const { aliveBeforeMs, replay } = run
      const marks = replay?.marks(bornMs) ?? []
      const signs = this.#signer !== undefined
      outbox.put({ kind: 'start', config, patience, aliveBeforeMs, marks, signs })
      outbox.put({ kind: 'lists', lists: this.#lists })
      outbox.put({ kind: 'callers', callers: this.#callers })
    })
  }

  #receive(run: Run, { tasks, outbox }: { tasks: TaskRunner; outbox: Outbox<ToWorker> }, message: FromWorker): void {
    if (message.kind === 'task') {
      // Before the task: what was begun must never be begun again, whatever happens to the worker.
      run.replay?.use(message.mark, this.#deps.clock.nowMs())
      void tasks.run(message)
    } else if (message.kind === 'sign')
      void signAnswer(this.#signer, run.config.hotkey, message.text).then((signature) =>
        outbox.put({ kind: 'signed', id: message.id, signature }),
      )
    else if (message.kind === 'abort') tasks.abort(message.id)
    else if (message.kind === 'report') {
      run.book.add(message.report)
      for (const listener of this.#reportListeners) listener(message.report)
      this.#tellMetricsSoon()
    }
  }

  /** Reports come more often than whole metrics are told. */
  #tellMetricsSoon(): void {
    if (this.#metricsTold) {
      this.#metricsChanged = true
      return
    }
    this.#tellMetrics()
    this.#metricsTold = true
    this.#deps.clock.after(METRICS_MS, () => {
      this.#metricsTold = false
      if (!this.#metricsChanged) return
      this.#metricsChanged = false
      this.#tellMetricsSoon()
    })
  }

  #tellMetrics(): void {
    const metrics = this.metrics()
    for (const listener of this.#metricsListeners) listener(metrics)
  }

  /** Restarts on the same port after a death that nobody asked for. @returns a function that calls it off. */
  #keepAlive(run: Run, worker: WorkerHandle, config: AxonConfig, bornMs: number): () => void {
    const { clock } = this.#deps
    let cancel: () => void = () => undefined
    worker.onExit((exitCode) => {
      run.worker = undefined
      run.book.workerGone()
      if (this.#run !== run) return
      this.#tellMetrics()
      if (clock.nowMs() - bornMs >= HEALTHY_MS) run.restarts = 0
      const reason = `exit ${exitCode ?? 'by signal'}`
      this.#tellDeath(reason)
      // Whoever was told may have ended it.
      if (this.#run === run) cancel = this.#restartLater(run, config, reason)
    })
    return () => cancel()
  }

  #restartLater(run: Run, config: AxonConfig, reason: string): () => void {
    const { clock, log } = this.#deps
    if (run.restarts >= MOST_RESTARTS) {
      this.#run = undefined
      for (const listener of this.#exitListeners) listener({ code: 'mining/worker-died', worker: 'axon', reason })
      return () => undefined
    }
    const waitMs = BACK_OFF_MS * 2 ** run.restarts
    run.restarts += 1
    log.log('warn', 'axon.restart', { reason, waitMs })
    return clock.after(waitMs, () => void this.#restart(run, config))
  }

  async #restart(run: Run, config: AxonConfig): Promise<void> {
    const opened = await this.#open(run, config)
    if (opened.ok) return
    run.worker = undefined
    if (this.#run !== run) return
    if (opened.error.code === 'mining/worker-died') this.#tellDeath(opened.error.reason)
    if (this.#run === run) run.cancelRestart = this.#restartLater(run, config, opened.error.code)
  }

  #tellDeath(reason: string): void {
    for (const listener of this.#deathListeners) listener(reason)
  }
}
