import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { WorkerHandle } from '../system/spawn.port.ts'
import { answerFrame, answers, type KeysAnswers, type KeysRequest, type KeysRequestKind } from './wire.ts'

type Pending = { readonly kind: KeysRequestKind; readonly settle: (reply: Result<unknown, AppError>) => void }

/** One run of the worker: questions out, checked answers in, and one end. */
export class KeysProcess {
  readonly #worker: WorkerHandle
  readonly #pending = new Map<number, Pending>()
  readonly #exits: Promise<void>
  #nextId = 1
  #ending: AppError | undefined

  /** @param onEnd called once when the process is gone, whoever ended it. */
  constructor(worker: WorkerHandle, onEnd: () => void) {
    this.#worker = worker
    worker.onMessage((message) => this.#receive(message))
    this.#exits = new Promise((resolve) => {
      worker.onExit(() => {
        this.#ending ??= { code: 'keys/worker-died' }
        for (const { settle } of this.#pending.values()) settle(err(this.#ending))
        this.#pending.clear()
        resolve()
        onEnd()
      })
    })
  }

  ask<R extends KeysRequest>(request: R): Promise<Result<KeysAnswers[R['kind']], AppError>> {
    if (this.#ending) return Promise.resolve(err(this.#ending))
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve) => {
      // The cast: `#receive` parsed the answer with the schema of this very kind.
      const settle = resolve as (reply: Result<unknown, AppError>) => void
      this.#pending.set(id, { kind: request.kind, settle })
      this.#worker.send({ id, request })
    })
  }

  /** Ends the process; what is still asked is answered with `reason`. Resolves when the process is gone. */
  end(reason: AppError): Promise<void> {
    this.#ending ??= reason
    this.#worker.kill()
    return this.#exits
  }

  #receive(message: unknown): void {
    const frame = answerFrame.safeParse(message)
    const pending = frame.success ? this.#pending.get(frame.data.id) : undefined
    if (!frame.success || !pending) {
      // It no longer speaks our language: trust nothing more from it.
      void this.end({ code: 'keys/worker-died' })
      return
    }
    this.#pending.delete(frame.data.id)
    if (!frame.data.ok) {
      pending.settle(err(frame.data.error))
      return
    }
    const value = answers[pending.kind].safeParse(frame.data.value)
    pending.settle(value.success ? ok(value.data) : err({ code: 'keys/worker-died' }))
  }
}
