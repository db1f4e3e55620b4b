import type { AppError } from '../../shared/errors.ts'
import type { ModelReserve } from '../../shared/inference/model-memory.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type {
  ChatDone,
  ChatTask,
  CompletionTask,
  EmbedDone,
  EmbedTask,
  LlmHardware,
  LlmPort,
  LlmSpeed,
  LlmStatus,
  LoadedModel,
  RankDone,
  RankTask,
  WritingOptions,
} from './llm.port.ts'
import { type Outcome, type Question, startWorker, type WorkerLink } from './worker-link.ts'

export interface LlmDependencies {
  readonly spawn: SpawnPort
  readonly clock: ClockPort
  readonly log?: LogPort
}

/** First wait after a crash; doubles with each crash in a row. Short: requests are refused meanwhile. */
const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 60_000
/** After so many crashes in a row the model is at fault: nothing more is tried until the user loads again. */
const MOST_CRASHES = 8
/** A worker that ran so long was healthy: the next crash counts as the first. */
const HEALTHY_AFTER_MS = 60_000
/** Freeing the memory of a large model takes about a second; then the process is ended. */
const QUIT_LIMIT_MS = 5_000
/** A chat that is still not back so long after its deadline or its abort means that the worker hangs. */
const HANG_LIMIT_MS = 15_000

const died = (reason: string): AppError => ({ code: 'mining/worker-died', worker: 'llm', reason })
type PlainReserve = NonNullable<Extract<Question, { kind: 'load' }>['reserve']>
type LoadRequest = Parameters<LlmPort['load']>[0]

/** Reads an answer of the kind that was asked for; anything else is an error. */
function answered<T>(outcome: Outcome, value: (answer: NonNullable<Outcome>) => T | undefined): Result<T, AppError> {
  if (!outcome) return err(died('the process ended'))
  if (outcome.kind === 'failed') return err(outcome.error)
  const found = value(outcome)
  return found === undefined ? err(died('an answer of the wrong kind')) : ok(found)
}

class Supervisor implements LlmPort {
  readonly #deps: LlmDependencies
  readonly #listeners = new Set<(status: LlmStatus) => void>()
  #worker: WorkerLink | undefined
  #state: LlmStatus['state'] = 'off'
  #model: LoadedModel | undefined
  #error: AppError | undefined
  #hardware: LlmHardware | undefined
  #busy = 0
  /** Loads and unloads number themselves; one that is no longer the latest gives up its claim. */
  #turn = 0
  #crashes = 0
  #cancelRetry: (() => void) | undefined

  constructor(deps: LlmDependencies) {
    this.#deps = deps
  }

  status(): LlmStatus {
    const pid = this.#worker?.pid
    return {
      state: this.#state,
      busy: this.#busy,
      ...(this.#model ? { model: this.#model } : {}),
      ...(this.#error ? { error: this.#error } : {}),
      ...(pid === undefined ? {} : { pid }),
    }
  }

  onStatus(listener: (status: LlmStatus) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #become(state: LlmStatus['state'], error?: AppError): void {
    this.#state = state
    this.#error = error
    if (state !== 'ready') this.#model = undefined
    this.#tell()
  }

  #tell(): void {
    const status = this.status()
    for (const listener of this.#listeners) listener(status)
  }

  async load(request: LoadRequest): Promise<Result<LoadedModel, AppError>> {
    this.#crashes = 0
    return this.#load(request)
  }

  /** Every load has a process of its own: the old model's memory is certainly free before the new one is planned. */
  async #load({ file, reserve, onProgress, signal }: LoadRequest): Promise<Result<LoadedModel, AppError>> {
    const turn = this.#newTurn()
    this.#become('loading', this.#error)
    await this.#end()
    if (signal?.aborted || turn !== this.#turn) return this.#cancelledLoad(turn)
    const worker = startWorker(this.#deps)
    this.#worker = worker
    this.#tell()
    const cancel = (): void => worker.kill()
    signal?.addEventListener('abort', cancel, { once: true })
    const { outcome } = worker.ask({ kind: 'load', file, ...plainReserve(reserve) }, (news) => {
      if (news.kind === 'progress') onProgress?.(news.fraction)
    })
    const result = answered(await outcome, (answer) => (answer.kind === 'loaded' ? answer.model : undefined))
    signal?.removeEventListener('abort', cancel)
    if (signal?.aborted || turn !== this.#turn) {
      worker.kill()
      return this.#cancelledLoad(turn)
    }
    if (!result.ok) {
      worker.quit()
      this.#worker = undefined
      this.#become('failed', result.error)
      return result
    }
    this.#model = result.value
    this.#become('ready')
    this.#watch(worker, { file, reserve })
    return result
  }

  #newTurn(): number {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    this.#turn += 1
    return this.#turn
  }

  #cancelledLoad(turn: number): Result<never, AppError> {
    if (turn === this.#turn) {
      this.#worker = undefined
      this.#become('off')
    }
    return err({ code: 'contract/cancelled' })
  }

  #watch(worker: WorkerLink, again: LoadRequest): void {
    const since = this.#deps.clock.nowMs()
    const turn = this.#turn
    void worker.gone.then(() => {
      if (turn !== this.#turn || this.#worker !== worker) return
      this.#worker = undefined
      if (this.#deps.clock.nowMs() - since >= HEALTHY_AFTER_MS) this.#crashes = 0
      this.#restartLater(again)
    })
  }

  #restartLater(again: LoadRequest): void {
    this.#crashes += 1
    if (this.#crashes > MOST_CRASHES) {
      this.#become('failed', died(`it ended ${this.#crashes} times in a row`))
      return
    }
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#crashes - 1))
    this.#deps.log?.log('warn', 'llm.worker-died', { crashes: this.#crashes, retryInMs: delayMs })
    this.#become('loading', died('the process ended; it is being restarted'))
    this.#cancelRetry = this.#deps.clock.after(delayMs, () => void this.#reload(again))
  }

  async #reload(again: LoadRequest): Promise<void> {
    const result = await this.#load(again)
    // A crash while loading counts as one more; a refusal of the file is final.
    if (!result.ok && result.error.code === 'mining/worker-died') this.#restartLater(again)
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    if (!worker) return
    worker.quit()
    const cancel = this.#deps.clock.after(QUIT_LIMIT_MS, worker.kill)
    await worker.gone
    cancel()
  }

  async unload(): Promise<void> {
    this.#newTurn()
    this.#become('off')
    await this.#end()
  }

  async chat(
    task: ChatTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<ChatDone, AppError>> {
    const messages = task.messages.map(({ role, content }) => ({ role, content }))
    return this.#write({ kind: 'chat', task: { messages, ...plainOptions(task) } }, { on, signal })
  }

  async complete(
    task: CompletionTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<ChatDone, AppError>> {
    return this.#write({ kind: 'complete', task: { prompt: task.prompt, ...plainOptions(task) } }, { on, signal })
  }

  async #write(
    question: Extract<Question, { kind: 'chat' | 'complete' }>,
    { on, signal }: { readonly on: { readonly token?: (text: string) => void }; readonly signal: AbortSignal },
  ): Promise<Result<ChatDone, AppError>> {
    let passed = 0
    const onText = (text: string): void => {
      passed += text.length
      on.token?.(text)
    }
    const options = { signal, deadlineMs: question.task.deadlineMs, onText }
    const result = await this.#request(question, options)
    const done = answeredIf(result, (answer) => (answer.kind === 'done' ? answer.done : undefined))
    // The worker sends the last piece with the end.
    const last = done.ok ? done.value.text.slice(passed) : ''
    if (last !== '') on.token?.(last)
    return done
  }

  async embed({ texts, deadlineMs }: EmbedTask, signal: AbortSignal): Promise<Result<EmbedDone, AppError>> {
    if (signal.aborted) return err({ code: 'contract/cancelled' })
    const question = { kind: 'embed', task: { texts: [...texts], deadlineMs } } as const
    const result = await this.#request(question, { signal, deadlineMs, onText: undefined })
    return answeredIf(result, (answer) => (answer.kind === 'embedded' ? answer.embedded : undefined))
  }

  async rank({ query, documents, deadlineMs }: RankTask, signal: AbortSignal): Promise<Result<RankDone, AppError>> {
    if (signal.aborted) return err({ code: 'contract/cancelled' })
    const question = { kind: 'rank', task: { query, documents: [...documents], deadlineMs } } as const
    const result = await this.#request(question, { signal, deadlineMs, onText: undefined })
    return answeredIf(result, (answer) => (answer.kind === 'ranked' ? answer.ranked : undefined))
  }

  async benchmark(signal: AbortSignal): Promise<Result<LlmSpeed, AppError>> {
    const result = await this.#request({ kind: 'benchmark' }, { signal, deadlineMs: undefined, onText: undefined })
    return answeredIf(result, (answer) => (answer.kind === 'speed' ? answer.speed : undefined))
  }

  async #request(question: Question, on: RequestOptions): Promise<Result<Outcome, AppError>> {
    const worker = this.#worker
    if (!worker || this.#state !== 'ready') return err(this.#error ?? { code: 'mining/not-running' })
    this.#busy += 1
    this.#tell()
    const { id, outcome } = worker.ask(question, (news) => {
      if (news.kind === 'token') on.onText?.(news.text)
    })
    const stopWatching = this.#watchRequest(worker, id, on)
    try {
      return ok(await outcome)
    } finally {
      stopWatching()
      this.#busy -= 1
      this.#tell()
    }
  }

  /** Passes an abort on, and ends a worker that answers neither the abort nor the deadline. */
  #watchRequest(worker: WorkerLink, id: number, { signal, deadlineMs }: RequestOptions): () => void {
    const { clock } = this.#deps
    const cancels: (() => void)[] = []
    const killAfter = (delayMs: number): void => void cancels.push(clock.after(delayMs, worker.kill))
    const onAbort = (): void => {
      worker.abort(id)
      killAfter(HANG_LIMIT_MS)
    }
    if (deadlineMs !== undefined) killAfter(Math.max(0, deadlineMs - clock.nowMs()) + HANG_LIMIT_MS)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    return () => {
      signal.removeEventListener('abort', onAbort)
      for (const cancel of cancels) cancel()
    }
  }

  async hardware(): Promise<Result<LlmHardware, AppError>> {
    const own = this.#worker ? undefined : startWorker(this.#deps)
    const worker = this.#worker ?? own
    if (!worker) return err(died('it did not start'))
    const { outcome } = worker.ask({ kind: 'hardware' })
    const result = answered(await outcome, (answer) => (answer.kind === 'hardware' ? answer.hardware : undefined))
    own?.quit()
    if (result.ok) this.#hardware = result.value
    return result
  }

  lastHardware(): LlmHardware | undefined {
    return this.#hardware
  }

  async close(): Promise<void> {
    await this.unload()
    this.#listeners.clear()
  }
}

interface RequestOptions {
  readonly signal: AbortSignal
  readonly deadlineMs: number | undefined
  readonly onText: ((text: string) => void) | undefined
}

function plainReserve(reserve: ModelReserve | undefined): { readonly reserve?: PlainReserve } {
  if (!reserve) return {}
  const { memoryBytes, vramBytes } = reserve
  return {
    reserve: {
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(vramBytes === undefined ? {} : { vramBytes }),
    },
  }
}

/** Only what the worker knows: a caller's object may carry more, and what cannot be cloned would throw. */
const plainOptions = (task: WritingOptions): WritingOptions => {
  const { maxTokens, temperature, topP, seed, stop, jsonSchema, deadlineMs } = task
  return {
    maxTokens,
    temperature,
    deadlineMs,
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop }),
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
  }
}

const answeredIf = <T>(
  result: Result<Outcome, AppError>,
  value: (answer: NonNullable<Outcome>) => T | undefined,
): Result<T, AppError> => (result.ok ? answered(result.value, value) : result)

/** A language model in a worker process of its own, restarted with back-off when it crashes. */
export const launchLlm = (deps: LlmDependencies): LlmPort => new Supervisor(deps)
