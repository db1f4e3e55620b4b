import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { SpawnPort, WorkerHandle } from '../../system/spawn.port.ts'
import type { AnswerFacts } from '../subnet-adapter.port.ts'
import { fromAdapter, type ToAdapter } from './messages.ts'
import type { MappedRequest } from './sandbox.ts'

/** A process that has not answered by then is ended: its own watch over each call did not help, ms. */
const ANSWER_MS = 3_000
/** The first answer also waits for the process to start, ms. */
const START_MS = 10_000

type Unnumbered<M> = M extends unknown ? Omit<M, 'id'> : never
type Question = Unnumbered<ToAdapter>
type Waiting = (said: Result<unknown, string>) => void

/** The process of one adapter: started when first asked, ended when it hangs, started anew after that. */
export class AdapterProcess {
  readonly #spawn: SpawnPort
  readonly #folder: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: WorkerHandle | undefined
  #answered = false
  #nextId = 1
  #closed = false

  constructor(spawn: SpawnPort, folder: string) {
    this.#spawn = spawn
    this.#folder = folder
  }

  toTask(request: MappedRequest): Promise<Result<unknown, AppError>> {
    return this.#ask({ kind: 'to-task', request })
  }

  token(path: string, piece: string, asked: unknown): Promise<Result<unknown, AppError>> {
    return this.#ask({ kind: 'token', path, piece, asked })
  }

  end(path: string, given: { readonly done: unknown; readonly asked: unknown; readonly facts: AnswerFacts }) {
    return this.#ask({ kind: 'end', path, ...given })
  }

  /** Paths that the program has something for. */
  routes(): Promise<Result<unknown, AppError>> {
    return this.#ask({ kind: 'routes' })
  }

  close(): void {
    this.#closed = true
    this.#worker?.kill()
  }

  /** @errors mining/adapter-failed */
  async #ask(question: Question): Promise<Result<unknown, AppError>> {
    const said = await this.#answerTo(question)
    return said.ok ? said : err({ code: 'mining/adapter-failed', reason: said.error })
  }

  #answerTo(question: Question): Promise<Result<unknown, string>> {
    if (this.#closed) return Promise.resolve(err('it was ended'))
    const worker = this.#worker ?? this.#start()
    const id = this.#nextId++
    return new Promise((resolve) => {
      const patience = this.#answered ? ANSWER_MS : START_MS
      const timer = setTimeout(() => worker.kill(), patience)
      this.#waiting.set(id, (said) => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(said)
      })
      worker.send({ ...question, id } satisfies ToAdapter)
    })
  }

  #start(): WorkerHandle {
    const worker = this.#spawn.start('adapter', { args: [this.#folder], mayRead: [this.#folder] })
    this.#worker = worker
    this.#answered = false
    worker.onMessage((message) => {
      const read = fromAdapter.safeParse(message)
      // Our own program sends nothing else: somebody has taken it over.
      if (!read.success) return worker.kill()
      const said = read.data
      this.#answered = true
      this.#waiting.get(said.id)?.(said.ok ? ok(said.value) : err(said.reason))
    })
    worker.onExit(() => {
      if (this.#worker === worker) this.#worker = undefined
      for (const waiting of this.#waiting.values()) waiting(err('its process ended, or was ended because it hung'))
    })
    return worker
  }
}
