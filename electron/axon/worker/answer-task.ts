import { randomUUID } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { AdapterRoute, AdapterTask, AnswerWriter } from '../../mining/subnet-adapter.port.ts'
import type { Work, WorkDone } from '../../mining/work.port.ts'
import type { AxonLimits } from '../axon.port.ts'
import type { ReplayMark } from '../replay-store.ts'
import type { Exchange } from './exchange.ts'
import type { AnswerShape } from './protocols/protocol.ts'
import type { BoundedQueue } from './queue.ts'
import { badRequest, failed, REFUSALS, type Refusal } from './refusal.ts'
import type { RemoteTasks } from './tasks.ts'

/** A request that was understood, and the route it came by. */
export interface Asked {
  readonly route: AdapterRoute
  readonly request: AdapterTask
  readonly shape: AnswerShape
  /** Goes to the host with the task, which remembers it should this process die. */
  readonly mark: ReplayMark
  /** Stake of the caller. */
  readonly priority: bigint
  /** How long the caller waits by its own word, ms. */
  readonly waitsMs: number
}

/** A request whose turn has come. */
interface Turn {
  readonly asked: Asked
  /** Gives the place in the queue back. */
  readonly place: () => void
  readonly softMs: number
  /** The hard deadline. Ms since 1970. */
  readonly lastMs: number
  readonly end: AbortSignal
}

/** What answering needs. */
export interface Answering {
  readonly limits: AxonLimits
  readonly queue: BoundedQueue
  readonly tasks: RemoteTasks
  /** Ends of everything under way, so that the server can stop. */
  readonly open: OpenAnswers
}

/** What ends an answer before its time: the caller leaving, the deadline, or the server stopping. */
interface Ending {
  readonly signal: AbortSignal
  /** The model has it: when the server stops it may still be finished. */
  begun(): void
  close(): void
}

/** Answers under way. */
export class OpenAnswers {
  readonly #waiting = new Set<AbortController>()
  readonly #running = new Set<AbortController>()
  stopping = false

  begin(left: AbortSignal, ms: number): Ending {
    const end = new AbortController()
    const abort = () => end.abort()
    const timer = setTimeout(abort, Math.max(0, ms))
    left.addEventListener('abort', abort, { once: true })
    this.#waiting.add(end)
    if (this.stopping || left.aborted) abort()
    return {
      signal: end.signal,
      begun: () => {
        this.#waiting.delete(end)
        this.#running.add(end)
      },
      close: () => {
        clearTimeout(timer)
        left.removeEventListener('abort', abort)
        this.#waiting.delete(end)
        this.#running.delete(end)
      },
    }
  }

  /** Nobody begins any more; those that wait for the model are sent away. */
  stop(): void {
    this.stopping = true
    for (const end of this.#waiting) end.abort()
  }

  /** What runs ends with what it has. */
  cut(): void {
    for (const end of this.#running) end.abort()
  }
}

/** What a reader may leave unread before it is given up: a whole answer of the largest model is far less. */
const MOST_UNREAD_BYTES = 1_048_576

/** How one answer is written: by the adapter, inside what the protocol puts around it. */
interface Writing {
  readonly writer: AnswerWriter
  readonly shape: AnswerShape
  readonly stream: boolean
}

/** Sends pieces as they come. The status goes out with the first, so that an early failure still has its own. */
function pieceSender(exchange: Exchange, { writer, shape }: Writing): (text: string) => void {
  return (text) => {
    const { response } = exchange
    if (response.writableEnded || response.destroyed) return
    if (response.writableLength > MOST_UNREAD_BYTES) return void response.destroy()
    if (!response.headersSent) {
      const headers = { ...shape.headers(Date.now()), 'content-type': writer.contentType, 'cache-control': 'no-cache' }
      response.writeHead(200, headers)
    }
    response.write(writer.token(text))
  }
}

function sendEnd(exchange: Exchange, { writer, shape, stream }: Writing, done: WorkDone): void {
  const { response } = exchange
  const written = writer.end(done)
  // As text: then head and body go out in one piece.
  const body = stream ? written : shape.whole(written)
  if (!response.headersSent) {
    const size = Buffer.byteLength(body)
    const headers = { ...shape.headers(Date.now(), size), 'content-type': writer.contentType }
    response.writeHead(200, { ...headers, 'content-length': size })
  }
  response.end(body)
}

/** A failure after the first piece can only be told inside the stream. */
function sendFailure(exchange: Exchange, writer: AnswerWriter, refusal: Refusal): void {
  if (!exchange.response.headersSent) {
    exchange.refuse(refusal)
    return
  }
  exchange.record(refusal.status, refusal.reason)
  exchange.response.end(writer.fail(refusal.code, refusal.message))
}

/** Cut short before any text: the caller gets nothing out of it. */
const isEmpty = (done: WorkDone): boolean => 'text' in done && done.finish !== 'stop' && done.text === ''

/** Why a result is no answer; `undefined` when it is one. */
function refusalOf(result: Result<WorkDone, AppError> | 'late', stopping: boolean): Refusal | undefined {
  if (result !== 'late' && result.ok && !isEmpty(result.value)) return undefined
  if (stopping) return REFUSALS.stopping
  if (result === 'late' || result.ok) return REFUSALS.late
  if (result.error.code === 'mining/bad-task') return badRequest(result.error.message)
  const { code } = result.error
  if (code === 'mining/worker-died') return REFUSALS.restarting
  if (code === 'mining/held') return REFUSALS.queueFull
  if (code === 'backend/none-ready') return REFUSALS.noServer
  return code === 'mining/not-running' ? REFUSALS.stopping : failed(code)
}

/** The cast: the kind stays with its task. */
const timed = ({ kind, task }: AdapterTask, deadlineMs: number): Work =>
  ({ kind, task: { ...task, deadlineMs } }) as Work

/** Runs a task within its deadline. The place in the queue is given back when the model is really done, not before. */
export async function answerTask(answering: Answering, exchange: Exchange, asked: Asked): Promise<void> {
  const { limits, queue, open } = answering
  const lastMs = exchange.arrivedMs + Math.min(limits.deadlineMs, asked.waitsMs)
  const softMs = lastMs - limits.deadlineMarginMs
  const end = open.begin(exchange.left, softMs - Date.now())
  try {
    const place = await queue.enter(end.signal, asked.priority)
    if (place === 'full') exchange.refuse(REFUSALS.queueFull)
    else if (typeof place === 'function') {
      end.begun()
      await runTask(answering, exchange, { asked, place, softMs, lastMs, end: end.signal })
    } else if (exchange.left.aborted) exchange.cancelled()
    else exchange.refuse(open.stopping ? REFUSALS.stopping : REFUSALS.late)
  } finally {
    end.close()
  }
}

async function runTask({ tasks, open }: Answering, exchange: Exchange, turn: Turn): Promise<void> {
  const { route, request, shape, mark } = turn.asked
  const startedMs = Date.now()
  const facts = { id: `chatcmpl-${randomUUID()}`, createdSeconds: Math.floor(startedMs / 1000) }
  const writer = route.answer(request, facts)
  const writing: Writing = { writer, shape, stream: request.stream }
  const token = request.stream ? pieceSender(exchange, writing) : undefined
  const running = tasks.run({ work: timed(request, turn.softMs), mark }, token, turn.end).finally(turn.place)
  const result = await withinMs(running, turn.lastMs - startedMs)
  if (exchange.left.aborted) {
    exchange.cancelled()
    return
  }
  const refusal = refusalOf(result, open.stopping)
  if (refusal) sendFailure(exchange, writer, refusal)
  else if (result !== 'late' && result.ok) {
    sendEnd(exchange, writing, result.value)
    exchange.answered(result.value, startedMs - exchange.arrivedMs)
  }
}

/** The hard deadline: the model was told to end a margin ago and did not. */
async function withinMs<T>(work: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms), 'late')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
