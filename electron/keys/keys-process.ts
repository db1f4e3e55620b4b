import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { WorkerHandle } from '../system/spawn.port.ts'
import {
  answerFrame,
  answers,
  type KeysAnswers,
  type KeysRequest,
  type KeysRequestKind,
  type KeysRole,
  PROTOCOL,
  workerHello,
} from './wire.ts'

interface Pending {
  readonly kind: KeysRequestKind
  readonly settle: (reply: Result<unknown, AppError>) => void
  readonly onProgress: (share: number) => void
}

export interface ProcessEvents {
  /** Called once when the process is gone, whoever ended it. */
  readonly onEnd: () => void
}

/**
 * One run of the worker: greetings, questions out, checked answers in, and one end.
 *
 * Nothing is asked before the worker has said the same protocol and the role that it was started for, so no secret
 * reaches a worker of another build.
 */
export class KeysProcess {
  readonly #worker: WorkerHandle
  readonly #role: KeysRole
  readonly #pending = new Map<number, Pending>()
  readonly #exits: Promise<void>
  #unsent: unknown[] | undefined = []
  #nextId = 1
  #ending: AppError | undefined

  constructor(worker: WorkerHandle, role: KeysRole, { onEnd }: ProcessEvents) {
    this.#worker = worker
    this.#role = role
    worker.onMessage((message) => this.#receive(message))
    this.#exits = new Promise((resolve) => {
      worker.onExit(() => {
        this.#ending ??= { code: 'keys/worker-died' }
        this.#unsent = undefined
        for (const { settle } of this.#pending.values()) settle(err(this.#ending))
        this.#pending.clear()
        resolve()
        onEnd()
      })
    })
    worker.send({ hello: PROTOCOL })
  }

  /** Resolves when the process is gone; absent while it was not told to go. */
  get going(): Promise<void> | undefined {
    return this.#ending ? this.#exits : undefined
  }

  ask<R extends KeysRequest>(
    request: R,
    onProgress: (share: number) => void = () => undefined,
  ): Promise<Result<KeysAnswers[R['kind']], AppError>> {
    if (this.#ending) return Promise.resolve(err(this.#ending))
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve) => {
      // The cast: `#receive` parsed the answer with the schema of this very kind.
      const settle = resolve as (reply: Result<unknown, AppError>) => void
      this.#pending.set(id, { kind: request.kind, settle, onProgress })
      const frame = { id, request }
      if (this.#unsent) this.#unsent.push(frame)
      else this.#worker.send(frame)
    })
  }

  /** Ends the process; what is still asked is answered with `reason`. Resolves when the process is gone. */
  end(reason: AppError): Promise<void> {
    this.#ending ??= reason
    this.#worker.kill()
    return this.#exits
  }

  #receive(message: unknown): void {
    if (this.#ending) return
    if (this.#unsent) return this.#greeted(message)
    const frame = answerFrame.safeParse(message)
    const pending = frame.success ? this.#pending.get(frame.data.id) : undefined
    if (!frame.success || !pending) {
      // It no longer speaks our language: trust nothing more from it.
      void this.end({ code: 'keys/worker-died' })
      return
    }
    if ('progress' in frame.data) return pending.onProgress(frame.data.progress)
    this.#pending.delete(frame.data.id)
    if (!frame.data.ok) {
      pending.settle(err(frame.data.error))
      return
    }
    const value = answers[pending.kind].safeParse(frame.data.value)
    pending.settle(value.success ? ok(value.data) : err({ code: 'keys/worker-died' }))
  }

  #greeted(message: unknown): void {
    const hello = workerHello.safeParse(message)
    if (!hello.success || hello.data.hello !== PROTOCOL || hello.data.role !== this.#role) {
      void this.end({ code: 'keys/worker-mismatch' })
      return
    }
    const waiting = this.#unsent ?? []
    this.#unsent = undefined
    for (const frame of waiting) this.#worker.send(frame)
  }
}
