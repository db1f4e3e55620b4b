import type { SpawnPort } from '../system/spawn.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { type Answer, type FromWorker, fromWorker, type ToWorker } from './messages.ts'
import { watchdog } from './pulse.ts'

/** `undefined` = the worker went away before it answered. */
export type Outcome = Answer | undefined
export type News = Extract<FromWorker, { kind: 'progress' | 'token' }>

type Ask = Extract<ToWorker, { id: number }>
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
export type Question = WithoutId<Exclude<Ask, { kind: 'abort' }>>

/** One life of the llm worker's process. */
export interface WorkerLink {
  readonly pid: number | undefined
  readonly alive: boolean
  /** @returns the request's id at once, and its answer. */
  ask(question: Question, onNews?: (news: News) => void): { readonly id: number; readonly outcome: Promise<Outcome> }
  abort(id: number): void
  /** Lets the worker free its memory and end by itself. */
  quit(): void
  kill(): void
  /** Called once, also for an end that was asked for. */
  readonly gone: Promise<void>
}

export interface WorkerDependencies {
  readonly spawn: SpawnPort
  readonly clock: ClockPort
  readonly log?: LogPort
}

interface Pending {
  readonly settle: (outcome: Outcome) => void
  readonly onNews: ((news: News) => void) | undefined
}

export function startWorker({ spawn, clock, log }: WorkerDependencies): WorkerLink {
  const pending = new Map<number, Pending>()
  /** Messages from before the worker listens. */
  const early: ToWorker[] = []
  let ready = false
  let alive = true
  let lastId = 0
  const handle = spawn.start('llm')
  const send = (message: ToWorker): void => {
    if (ready) handle.send(message)
    else early.push(message)
  }
  const guard = watchdog(clock, (reason) => {
    log?.log('warn', 'llm.hangs', { reason })
    handle.kill()
  })
  handle.onMessage((raw) => {
    const parsed = fromWorker.safeParse(raw)
    // A worker that says what it cannot mean has lost its mind: its end is handled like a crash.
    if (!parsed.success) return handle.kill()
    const message = parsed.data
    guard.heard(message.kind === 'alive' ? message.steps : undefined)
    if (message.kind === 'alive') return
    if (message.kind === 'ready') {
      ready = true
      for (const waiting of early.splice(0)) handle.send(waiting)
      return
    }
    const request = pending.get(message.id)
    if (message.kind === 'progress' || message.kind === 'token') return request?.onNews?.(message)
    pending.delete(message.id)
    guard.works(pending.size)
    request?.settle(message)
  })
  const gone = new Promise<void>((resolve) => {
    handle.onExit(() => {
      alive = false
      guard.stop()
      for (const request of pending.values()) request.settle(undefined)
      pending.clear()
      resolve()
    })
  })
  return {
    pid: handle.pid,
    get alive() {
      return alive
    },
    ask(question, onNews) {
      lastId += 1
      const id = lastId
      if (!alive) return { id, outcome: Promise.resolve(undefined) }
      const outcome = new Promise<Outcome>((settle) => pending.set(id, { settle, onNews }))
      guard.works(pending.size)
      send({ ...question, id })
      return { id, outcome }
    },
    abort: (id) => send({ kind: 'abort', id }),
    quit: () => send({ kind: 'quit' }),
    kill: () => handle.kill(),
    gone,
  }
}
