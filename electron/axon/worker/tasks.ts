import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { Work, WorkDone } from '../../mining/work.port.ts'
import type { FromWorker, ToWorker } from '../messages.ts'
import type { ReplayMark } from '../replay-store.ts'
import type { Ending } from './ending.ts'

interface Pending {
  readonly token: (text: string) => void
  readonly done: (result: Result<WorkDone, AppError>) => void
}

/** Hands tasks to the host process and brings back their tokens and ends. */
export class RemoteTasks {
  readonly #send: (message: FromWorker) => void
  readonly #pending = new Map<number, Pending>()
  #nextId = 1

  constructor(send: (message: FromWorker) => void) {
    this.#send = send
  }

  /** Settles when the host answers; where `ending` comes first, the host is asked to end soon with what it has. */
  run(
    { work, mark }: { readonly work: Work; readonly mark: ReplayMark },
    token: ((text: string) => void) | undefined,
    ending: Ending,
  ): Promise<Result<WorkDone, AppError>> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      const abort = () => this.#send({ kind: 'abort', id })
      const done = (result: Result<WorkDone, AppError>) => {
        ending.forget(abort)
        this.#pending.delete(id)
        resolve(result)
      }
      this.#pending.set(id, { token: token ?? (() => undefined), done })
      this.#send({ kind: 'task', id, work, mark, wantsTokens: token !== undefined })
      ending.whenOver(abort)
    })
  }

  receive(message: Extract<ToWorker, { kind: 'token' | 'done' }>): void {
    const pending = this.#pending.get(message.id)
    if (message.kind === 'token') pending?.token(message.text)
    else pending?.done(message.result)
  }
}
