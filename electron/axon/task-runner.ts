import { err } from '../../shared/result.ts'
import type { TaskHandler } from './axon.port.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** Runs the tasks of one worker with the current handler, and sends back tokens and ends. */
export class TaskRunner {
  readonly #send: (message: ToWorker) => void
  readonly #handler: () => TaskHandler | undefined
  readonly #running = new Map<number, AbortController>()

  constructor(send: (message: ToWorker) => void, handler: () => TaskHandler | undefined) {
    this.#send = send
    this.#handler = handler
  }

  async run({ id, work, wantsTokens }: Extract<FromWorker, { kind: 'task' }>): Promise<void> {
    const handler = this.#handler()
    if (!handler) return this.#send({ kind: 'done', id, result: err({ code: 'mining/not-running' }) })
    const ending = new AbortController()
    this.#running.set(id, ending)
    const token = wantsTokens ? (text: string) => this.#send({ kind: 'token', id, text }) : () => undefined
    try {
      this.#send({ kind: 'done', id, result: await handler(work, { token }, ending.signal) })
    } catch {
      // A handler that throws is our bug; its caller waits for an end all the same.
      this.#send({ kind: 'done', id, result: err({ code: 'internal', incident: `task-${id}` }) })
    } finally {
      this.#running.delete(id)
    }
  }

  abort(id: number): void {
    this.#running.get(id)?.abort()
  }

  /** The worker is gone: nobody waits for the answers. */
  abortAll(): void {
    for (const ending of this.#running.values()) ending.abort()
  }
}
