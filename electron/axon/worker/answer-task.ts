import { randomUUID } from 'node:crypto'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { AdapterRoute, AdapterTask, AnswerWriter } from '../../mining/subnet-adapter.port.ts'
import type { Work, WorkDone } from '../../mining/work.port.ts'
import type { AxonLimits } from '../axon.port.ts'
import type { ReplayMark } from '../replay-store.ts'
import { Ending } from './ending.ts'
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
  /** At the soft deadline, or before. */
  readonly end: Ending
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
interface OpenAnswer {
  readonly end: Ending
  /** The model has it: when the server stops it may still be finished. */
  begun(): void
  close(): void
}

/** Answers under way. */
export class OpenAnswers {
  readonly #waiting = new Set<Ending>()
  readonly #running = new Set<Ending>()
  stopping = false

  begin(left: Ending, ms: number): OpenAnswer {
    const end = new Ending()
    const cut = () => end.end()
    const timer = setTimeout(cut, Math.max(0, ms))
    this.#waiting.add(end)
    left.whenOver(cut)
    if (this.stopping) cut()
    return {
      end,
      begun: () => {
        this.#waiting.delete(end)
        this.#running.add(end)
      },
      close: () => {
        clearTimeout(timer)
        left.forget(cut)
        this.#waiting.delete(end)
        this.#running.delete(end)
      },
    }
  }

  /** Nobody begins any more; those that wait for the model are sent away. */
  stop(): void {
    this.stopping = true
    for (const end of this.#waiting) end.end()
  }

  /** What runs ends with what it has. */
  cut(): void {
    for (const end of this.#running) end.end()
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

/**
 * A failure after the first piece can only be told inside the stream. Where its protocol has no words for it there, the connection breaks: a
 * stream that ended in order would be taken for a whole answer.
 */
function sendFailure(exchange: Exchange, writer: AnswerWriter, refusal: Refusal): void {
  if (!exchange.response.headersSent) {
    exchange.refuse(refusal)
    return
  }
  exchange.record(refusal.status, refusal.reason)
  const words = writer.fail(refusal.code, refusal.message)
  if (words === '') exchange.response.destroy()
  else exchange.response.end(words)
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
  if (code === 'mining/held') return REFUSALS.held
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
  const { end, begun, close } = open.begin(exchange.left, softMs - Date.now())
  try {
    const place = await queue.enter(end, asked.priority)
    if (place === 'full') exchange.refuse(REFUSALS.queueFull)
    else if (typeof place === 'function') {
      begun()
      await runTask(answering, exchange, { asked, place, softMs, lastMs, end })
    } else if (exchange.left.over) exchange.cancelled()
    else exchange.refuse(open.stopping ? REFUSALS.stopping : REFUSALS.late)
  } finally {
    close()
  }
}

async function runTask({ tasks, open }: Answering, exchange: Exchange, turn: Turn): Promise<void> {
  const { route, request, shape, mark } = turn.asked
  const startedMs = Date.now()
  const facts = { id: `chatcmpl-${randomUUID()}`, createdSeconds: Math.floor(startedMs / 1000) }
  const writer = route.answer(request, facts)
  const writing: Writing = { writer, shape, stream: request.stream }
  const token = request.stream ? pieceSender(exchange, writing) : undefined
  const running = tasks.run({ work: timed(request, turn.softMs), mark }, token, turn.end)
  const result = await resultOf(running, turn)
  if (exchange.left.over) {
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

/**
 * What the model comes to, or 'late' at the hard deadline: it was told to end a margin ago and did not. Nobody waits for that
 * before it was told. The place is given back when the model is done, however late.
 */
function resultOf<T>(running: Promise<T>, { place, end, lastMs }: Turn): Promise<T | 'late'> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const wait = () => {
      timer = setTimeout(resolve, Math.max(0, lastMs - Date.now()), 'late')
    }
    end.whenOver(wait)
    void running.then((result) => {
      clearTimeout(timer)
      end.forget(wait)
      place()
      resolve(result)
    })
  })
}
