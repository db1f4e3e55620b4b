import { type BackendAddress, readBackendAddress } from '../../shared/backends/backend-address.ts'
import { type Circuit, type CircuitEvent, mayTake, reduceCircuit, UNASKED } from '../../shared/backends/circuit.ts'
import type { AppError } from '../../shared/errors.ts'
import { percentile } from '../../shared/mining/percentile.ts'
import { type Produced, recentProduced, tokensPerSecond } from '../../shared/mining/token-rate.ts'
import { err, type Result } from '../../shared/result.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { type BackendState, type BackendTarget, SERVES_TASKS } from './backends.port.ts'
import type { Failure } from './failure.ts'
import type { Lines, Server } from './http-exchange.ts'
import { type Job, Load, type Seat } from './job.ts'
import { type Looked, look } from './openai-client.ts'

/** A server that answered so lately is well, and need not be looked at, ms. */
const FRESH_MS = 10_000
/** Answers of which the middle is shown. */
const MOST_SAMPLES = 100

export interface MemberDeps {
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly log: LogPort
  readonly lines: Lines
  readonly changed: () => void
}

/** One server: whether it is well, what it has to do, how it did. */
export class Member implements Seat {
  readonly target: BackendTarget
  readonly #deps: MemberDeps
  readonly #load: Load
  readonly #address: Result<BackendAddress, AppError>
  #circuit: Circuit = UNASKED
  #error: AppError | undefined
  #models: readonly string[] | undefined
  #seenAtMs: number | undefined
  #looking: Promise<void> | undefined
  #answered = 0
  #failed = 0
  #produced: readonly Produced[] = []
  #firstTokens: readonly number[] = []
  #latencies: readonly number[] = []

  constructor(target: BackendTarget, deps: MemberDeps) {
    this.target = target
    this.#deps = deps
    this.#load = new Load(deps.changed)
    const read = readBackendAddress(target.url, target.plainAccepted)
    this.#address = read.ok ? read : err({ code: 'backend/bad-address', problem: read.error })
  }

  get places(): number {
    return this.target.places
  }
  get running(): number {
    return this.#load.running
  }
  get waiting(): number {
    return this.#load.waiting
  }
  /** The user wants it to be asked, and it can be. */
  get isOn(): boolean {
    return this.target.enabled && this.#address.ok
  }
  /** Asked now, it would be given work. */
  get isReady(): boolean {
    return this.isOn && mayTake(this.#circuit, this.#deps.clock.nowMs())
  }

  does(task: Job<unknown>['task']): boolean {
    const done = SERVES_TASKS[this.target.serves]
    return task === 'write' ? done.includes('chat') : done.includes(task)
  }

  state(): BackendState {
    const { clock } = this.#deps
    const speed = tokensPerSecond(this.#produced, clock.nowMs())
    const firstTokenP50Ms = percentile(this.#firstTokens, 0.5)
    const latencyP50Ms = percentile(this.#latencies, 0.5)
    const error = this.#address.ok ? this.#error : this.#address.error
    const { state, untilMs } = this.#circuit
    return {
      id: this.target.id,
      state: this.isOn ? state : 'off',
      ...(untilMs > clock.nowMs() ? { untilMs } : {}),
      ...(error ? { error } : {}),
      running: this.running,
      waiting: this.waiting,
      answered: this.#answered,
      failed: this.#failed,
      ...(speed === undefined ? {} : { tokensPerSecond: speed }),
      ...(firstTokenP50Ms === undefined ? {} : { firstTokenP50Ms }),
      ...(latencyP50Ms === undefined ? {} : { latencyP50Ms }),
      ...(this.#seenAtMs === undefined ? {} : { seenAtMs: this.#seenAtMs }),
      ...(this.#models ? { models: this.#models } : {}),
    }
  }

  /** Looks at it where it is time: never asked, not heard of lately, or its wait is over. */
  lookIfDue(signal: AbortSignal): void {
    const nowMs = this.#deps.clock.nowMs()
    const { state, untilMs } = this.#circuit
    if (!this.isOn || this.#looking || nowMs < untilMs) return
    const isFresh = this.#seenAtMs !== undefined && nowMs - this.#seenAtMs < FRESH_MS
    if (state === 'open' || state === 'unasked' || !isFresh) void this.lookNow(signal)
  }

  /** Whoever asks while it is looked at waits for that look. */
  lookNow(signal: AbortSignal): Promise<void> {
    this.#looking ??= this.#look(signal).finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #look(signal: AbortSignal): Promise<void> {
    const server = this.#server()
    if (!server.ok) return
    const startedMs = performance.now()
    const looked: Result<Looked, Failure> = await look({
      lines: this.#deps.lines,
      server: server.value,
      startedMs,
      signal,
    })
    if (!looked.ok) {
      // A look asks for nothing but a list: whatever keeps it from that is of the server.
      const { means } = looked.error
      return this.#heard({ ...looked.error, means: means === 'failed' ? 'surely-failed' : means })
    }
    this.#models = looked.value.models
    this.#seen({ kind: 'looked-well' })
  }

  async take<T>(job: Job<T>): Promise<Result<T, Failure>> {
    const server = this.#server()
    if (!server.ok) return err({ error: server.error, means: 'nothing', elsewhere: true })
    const place = this.#load.enter()
    this.#dispatch({ kind: 'took' })
    try {
      const call = { lines: this.#deps.lines, server: server.value, startedMs: job.startedMs, signal: job.signal }
      const done = await job.remote(call, (text) => {
        // It answers: the next one may try it, too. Whether it ends well is seen at the end.
        if (place.begun()) this.#dispatch({ kind: 'told-nothing' })
        job.token(text)
      })
      if (done.ok) this.#done(done.value)
      else this.#heard(done.error)
      return done
    } finally {
      place.ended()
    }
  }

  #server(): Result<Server, AppError> {
    const { name, model, key } = this.target
    if (!this.#address.ok) return this.#address
    return { ok: true, value: { name, base: this.#address.value.base, model, key } }
  }

  #done(done: unknown): void {
    const { finish, text, completionTokens, firstTokenMs, totalMs } = done as DoneFacts
    if (finish === 'aborted') return this.#dispatch({ kind: 'told-nothing' })
    if (finish === 'deadline' && text === '') {
      const { name } = this.target
      return this.#heard({
        error: { code: 'backend/unreachable', name, reason: 'nothing came before the deadline' },
        means: 'failed',
        elsewhere: false,
      })
    }
    this.#answered += 1
    this.#latencies = [...this.#latencies.slice(1 - MOST_SAMPLES), totalMs]
    if (firstTokenMs !== undefined) this.#firstTokens = [...this.#firstTokens.slice(1 - MOST_SAMPLES), firstTokenMs]
    const endedMs = this.#deps.clock.nowMs()
    if (completionTokens !== undefined && completionTokens > 0)
      this.#produced = recentProduced(
        [...this.#produced, { endedMs, tokens: completionTokens, tookMs: totalMs }],
        endedMs,
      )
    this.#seen({ kind: 'answered' })
  }

  #seen(event: CircuitEvent): void {
    this.#seenAtMs = this.#deps.clock.nowMs()
    this.#dispatch(event)
    if (this.#circuit.state === 'closed') this.#error = undefined
    this.#deps.changed()
  }

  #heard({ error, means, untilMs }: Failure): void {
    const nowMs = this.#deps.clock.nowMs()
    if (means === 'nothing') {
      if (error.code !== 'contract/cancelled') this.#failed += 1
      return this.#dispatch({ kind: 'told-nothing' })
    }
    this.#error = error
    if (means === 'waits') return this.#dispatch({ kind: 'asked-to-wait', untilMs: untilMs ?? nowMs })
    this.#failed += 1
    this.#dispatch({ kind: 'failed', sure: means === 'surely-failed', nowMs })
  }

  #dispatch(event: CircuitEvent): void {
    const before = this.#circuit.state
    this.#circuit = reduceCircuit(this.#circuit, event)
    const { state } = this.#circuit
    if (state === before) return
    this.#deps.log.log(state === 'open' ? 'warn' : 'info', 'backend.state', {
      id: this.target.id,
      state,
      code: state === 'open' ? this.#error?.code : undefined,
    })
    this.#deps.changed()
  }
}

/** What every end of a job has, and what a written text has beside. */
interface DoneFacts {
  readonly totalMs: number
  readonly text?: string
  readonly finish?: string
  readonly completionTokens?: number
  readonly firstTokenMs?: number
}
