import { leastLoaded } from '../../shared/backends/balance.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ChatTask, CompletionTask, EmbedTask, RankTask, TaskKind } from '../llm/llm.port.ts'
import type { Embedded, Ranked, Written } from '../mining/work.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import {
  type BackendState,
  type BackendsPort,
  type BackendTarget,
  type EmbeddedMember,
  type ModelWork,
  SERVES_TASKS,
  type ServingFacts,
  type TrialDone,
} from './backends.port.ts'
import { EmbeddedSeat } from './embedded-seat.ts'
import { Lines } from './http-exchange.ts'
import type { Job } from './job.ts'
import { Member } from './member.ts'
import { embed, rank, write } from './openai-client.ts'

/** How often it is seen who is due; each is looked at far less often. */
const PULSE_MS = 500
/** Listeners are windows: four times a second is as fast as anybody reads. */
const TELL_MS = 250
const TRIAL_MS = 30_000
/** Enough to see that it writes. */
const TRIAL_TOKENS = 8

export interface PoolDeps {
  readonly clock: ClockPort
  readonly log: LogPort
  /** A server that says nothing for so long is given up, ms. */
  readonly silenceMs?: number
}

const taskOf = (kind: TaskKind): Job<unknown>['task'] => (kind === 'embed' || kind === 'rank' ? kind : 'write')

/** Looks after the servers of the user, and gives each piece of work to the one with the shortest queue. */
export class BackendsPool implements BackendsPort {
  readonly #deps: PoolDeps
  readonly #lines: Lines
  readonly #listeners = new Set<() => void>()
  readonly #ending = new AbortController()
  #members: readonly Member[] = []
  #watchers = 0
  #stopPulse: (() => void) | undefined
  #cancelTell: (() => void) | undefined

  constructor(deps: PoolDeps) {
    this.#deps = deps
    this.#lines = new Lines(deps.silenceMs)
  }

  use(targets: readonly BackendTarget[]): void {
    const before = this.#members
    this.#members = targets.map((target) => {
      const known = before.find((member) => isSame(member.target, target))
      return known ?? this.#newMember(target)
    })
    this.#pulse()
    this.#changed()
  }

  states(): readonly BackendState[] {
    return this.#members.map((member) => member.state())
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  watch(): () => void {
    this.#watchers += 1
    this.#stopPulse ??= this.#deps.clock.every(PULSE_MS, () => this.#pulse())
    this.#pulse()
    let ended = false
    return () => {
      if (ended) return
      ended = true
      this.#watchers -= 1
      if (this.#watchers > 0) return
      this.#stopPulse?.()
      this.#stopPulse = undefined
    }
  }

  async reach(tasks: readonly TaskKind[], signal: AbortSignal): Promise<Result<ServingFacts, AppError>> {
    const wanted = [...new Set(tasks.map(taskOf))]
    const asked = this.#members.filter((member) => member.isOn && wanted.some((task) => member.does(task)))
    const until = AbortSignal.any([signal, this.#ending.signal])
    await Promise.all(asked.map((member) => member.lookNow(until)))
    if (signal.aborted) return err({ code: 'contract/cancelled' })
    const missing = wanted.find((task) => !asked.some((member) => member.isReady && member.does(task)))
    if (missing !== undefined) return err({ code: 'backend/none-ready', task: missing })
    return ok({
      name: [...new Set(asked.map(({ target }) => target.model))].join(', '),
      backend: 'remote',
      // Those that are down count too: they come back, and until then the others have the longer queue.
      parallel: asked.reduce((sum, { places }) => sum + places, 0),
      does: [...new Set(asked.flatMap(({ target }) => SERVES_TASKS[target.serves]))],
    })
  }

  work(embedded?: EmbeddedMember): ModelWork {
    const seat = embedded && new EmbeddedSeat(embedded, () => this.#changed())
    return {
      chat: (task, on, signal) => this.#give(seat, writingJob('chat', task, on, signal)),
      complete: (task, on, signal) => this.#give(seat, writingJob('complete', task, on, signal)),
      embed: (task, signal) => this.#give(seat, embedJob(task, signal)),
      rank: (task, signal) => this.#give(seat, rankJob(task, signal)),
    }
  }

  async trial(id: string, signal: AbortSignal): Promise<Result<TrialDone, AppError>> {
    const member = this.#members.find(({ target }) => target.id === id)
    if (!member) return err({ code: 'backend/unknown', id })
    await member.lookNow(AbortSignal.any([signal, this.#ending.signal]))
    const deadlineMs = this.#deps.clock.nowMs() + TRIAL_MS
    const done = await member.take<Written | Embedded | Ranked>(trialJob(member, deadlineMs, signal))
    if (!done.ok) return err(done.error.error)
    const { models } = member.state()
    if (!('text' in done.value))
      return ok({ ...listed(models), firstTokenMs: done.value.totalMs, totalMs: done.value.totalMs })
    const { text, finish, firstTokenMs, totalMs, completionTokens } = done.value
    if (finish === 'aborted') return err({ code: 'contract/cancelled' })
    if (finish === 'deadline' && text === '')
      return err({ code: 'backend/unreachable', name: member.target.name, reason: 'no answer in time' })
    const speed = completionTokens && totalMs > 0 ? { tokensPerSecond: (completionTokens * 1_000) / totalMs } : {}
    return ok({ ...listed(models), firstTokenMs, totalMs, ...speed })
  }

  close(): void {
    this.#ending.abort()
    this.#stopPulse?.()
    this.#cancelTell?.()
    this.#lines.close()
  }

  #newMember(target: BackendTarget): Member {
    const { clock, log } = this.#deps
    return new Member(target, { clock, log, lines: this.#lines, changed: () => this.#changed() })
  }

  /** Nobody is asked while nobody wants to know. */
  #pulse(): void {
    if (this.#watchers === 0 || this.#ending.signal.aborted) return
    for (const member of this.#members) member.lookIfDue(this.#ending.signal)
  }

  #changed(): void {
    if (this.#cancelTell || this.#ending.signal.aborted) return
    this.#cancelTell = this.#deps.clock.after(TELL_MS, () => {
      this.#cancelTell = undefined
      for (const listener of this.#listeners) listener()
    })
  }

  /** From one to the next, until it is done, has begun, or nobody is left. */
  async #give<T>(embedded: EmbeddedSeat | undefined, job: Job<T>): Promise<Result<T, AppError>> {
    let begun = false
    const token = (text: string) => {
      begun = true
      job.token(text)
    }
    const tried = new Set<object>()
    for (;;) {
      const members = this.#members.filter((member) => member.isReady)
      const able = [...(embedded ? [embedded] : []), ...members].filter((one) => one.does(job.task) && !tried.has(one))
      const seat = leastLoaded(able)
      if (!seat) return err({ code: 'backend/none-ready', task: job.task })
      tried.add(seat)
      const done = await seat.take({ ...job, token })
      if (done.ok) return done
      const { error, elsewhere } = done.error
      if (job.signal.aborted || begun || !elsewhere) return err(error)
      this.#deps.log.log('info', 'backend.passed-on', { code: error.code })
    }
  }
}

const listed = (models: readonly string[] | undefined) => (models ? { models } : {})

const isSame = (one: BackendTarget, other: BackendTarget): boolean =>
  (['id', 'name', 'url', 'model', 'serves', 'places', 'enabled', 'plainAccepted', 'key'] as const).every(
    (field) => one[field] === other[field],
  )

function writingJob(
  how: 'chat' | 'complete',
  task: ChatTask | CompletionTask,
  on: { readonly token?: (text: string) => void },
  signal: AbortSignal,
): Job<Written> {
  return {
    task: 'write',
    signal,
    startedMs: performance.now(),
    token: (text) => on.token?.(text),
    remote: (call, token) => write(call, task, token),
    local: (model, token) =>
      how === 'chat' && 'messages' in task
        ? model.chat(task, { token }, signal)
        : model.complete(task as CompletionTask, { token }, signal),
  }
}

const embedJob = (task: EmbedTask, signal: AbortSignal): Job<Embedded> => ({
  task: 'embed',
  signal,
  startedMs: performance.now(),
  token: () => undefined,
  remote: (call) => embed(call, task),
  local: (model) => model.embed(task, signal),
})

const rankJob = (task: RankTask, signal: AbortSignal): Job<Ranked> => ({
  task: 'rank',
  signal,
  startedMs: performance.now(),
  token: () => undefined,
  remote: (call) => rank(call, task),
  local: (model) => model.rank(task, signal),
})

function trialJob({ target }: Member, deadlineMs: number, signal: AbortSignal): Job<Written | Embedded | Ranked> {
  if (target.serves === 'embeddings') return embedJob({ texts: ['Hello'], deadlineMs }, signal)
  if (target.serves === 'reranking') return rankJob({ query: 'Hello', documents: ['Hello'], deadlineMs }, signal)
  const task: ChatTask = {
    messages: [{ role: 'user', content: 'Say hello.' }],
    maxTokens: TRIAL_TOKENS,
    temperature: 0,
    deadlineMs,
  }
  return writingJob('chat', task, {}, signal)
}
