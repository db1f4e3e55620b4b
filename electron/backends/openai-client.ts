import type { IncomingMessage } from 'node:http'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ChatTask, CompletionTask, EmbedTask, RankTask } from '../llm/llm.port.ts'
import type { Embedded, Ranked, Written } from '../mining/work.port.ts'
import { AnswerReader, NoAnswer } from './answer-reader.ts'
import { embedded, modelList, ranked, readAs, saidIn } from './answer-shapes.ts'
import { badAnswer, cleanReason, type Failure, refusalOf, unreachable } from './failure.ts'
import { AnswerTooLarge, type Ask, type Lines, letGo, piecesOf, type Server, wholeText } from './http-exchange.ts'
import { LineTooLong, SseEvents } from './sse-events.ts'

const EVENTS = 'text/event-stream'
const JSON_TYPE = 'application/json'
/** Of a refusal: a sentence. */
const REFUSAL_BYTES = 16_384
const LIST_BYTES = 1_048_576
const RANKED_BYTES = 4_194_304
/** A thousand texts of 4096 numbers. */
const EMBEDDED_BYTES = 67_108_864
const LONGEST_STREAM_BYTES = 16_777_216
/** Each token comes in a piece of some hundred bytes; servers that add likelihoods send more. */
const streamBytes = (maxTokens: number): number => Math.min(LONGEST_STREAM_BYTES, 65_536 + maxTokens * 4_096)
/** A list of names: what takes longer is not well. */
const LOOK_MS = 5_000

/** What a piece of work needs of its surroundings. */
export interface Call {
  readonly lines: Lines
  readonly server: Server
  /** From which times count, by `performance.now`: when the work was asked for, before any queue. */
  readonly startedMs: number
  readonly signal: AbortSignal
}
type Outcome<T> = Promise<Result<T, Failure>>

/** `ended`: by the caller or by the deadline; nobody is to blame. */
type Broken = 'aborted' | 'deadline' | Failure

function brokenBy(cause: unknown, { server, signal }: Call, deadline: AbortSignal): Broken {
  if (signal.aborted) return 'aborted'
  if (deadline.aborted) return 'deadline'
  if (cause instanceof NoAnswer || cause instanceof AnswerTooLarge || cause instanceof LineTooLong)
    return badAnswer(server.name, cleanReason(cause.message, server.key))
  if (cause instanceof TypeError) return badAnswer(server.name, 'text that is not UTF-8')
  return unreachable(server.name, cause)
}

/** Asks, and sees that the answer is one. @throws what the system says */
async function begin({ lines, server }: Call, ask: Ask, signal: AbortSignal): Outcome<IncomingMessage> {
  const reply = await lines.begin(server, ask, signal)
  const encoding = reply.headers['content-encoding'] ?? 'identity'
  if (reply.statusCode === 200 && encoding === 'identity') return ok(reply)
  if (reply.statusCode === 200) {
    reply.destroy()
    return err(badAnswer(server.name, 'a packed answer, which was not asked for'))
  }
  // A refusal whose text does not come is a refusal all the same.
  const text = await wholeText(reply, REFUSAL_BYTES).catch(() => '')
  if (signal.aborted) throw signal.reason
  const { name, key } = server
  const said = cleanReason(saidIn(text), key)
  return err(refusalOf({ name, status: reply.statusCode ?? 0, headers: reply.headers, said, nowMs: Date.now() }))
}

function writingBody({ model }: Server, task: ChatTask | CompletionTask): string {
  const { maxTokens, temperature, topP, seed, stop, jsonSchema } = task
  return JSON.stringify({
    model,
    ...('messages' in task ? { messages: task.messages } : { prompt: task.prompt }),
    max_tokens: maxTokens,
    temperature,
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...(jsonSchema === undefined
      ? {}
      : {
          response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: jsonSchema, strict: true } },
        }),
    stream: true,
    stream_options: { include_usage: true },
  })
}

/** Reads until the server says that it is done, is stopped at what was asked for, or leaves. @throws NoAnswer and others */
async function readStream(
  reply: IncomingMessage,
  reader: AnswerReader,
  mostBytes: number,
): Promise<'overlong' | undefined> {
  const events = new SseEvents()
  for await (const piece of piecesOf(reply, mostBytes)) {
    for (const data of events.push(piece)) {
      if (data === '[DONE]') {
        letGo(reply)
        return undefined
      }
      // What comes beyond the last token asked for is either how it ended, or too much.
      if (reader.isOverlong && !/"finish_reason"\s*:\s*"/.test(data)) {
        reply.destroy()
        return 'overlong'
      }
      reader.take(data)
    }
  }
  return undefined
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** One text, piece by piece. Aborted or late it ends with what it has, and the server is told by closing the line. */
export async function write(
  call: Call,
  task: ChatTask | CompletionTask,
  token: (text: string) => void,
): Outcome<Written> {
  const { server, startedMs, signal } = call
  const reader = new AnswerReader(startedMs, task.maxTokens, token)
  const deadline = AbortSignal.timeout(Math.max(0, task.deadlineMs - Date.now()))
  const path = 'messages' in task ? '/chat/completions' : '/completions'
  try {
    const ask: Ask = { method: 'POST', path, body: writingBody(server, task), accept: EVENTS }
    const begun = await begin(call, ask, AbortSignal.any([signal, deadline]))
    if (!begun.ok) return begun
    const reply = begun.value
    const type = reply.headers['content-type'] ?? ''
    const mostBytes = streamBytes(task.maxTokens)
    if (type.startsWith(JSON_TYPE)) reader.take(await wholeText(reply, mostBytes))
    else if (!type.startsWith(EVENTS)) {
      reply.destroy()
      return err(badAnswer(server.name, `an answer of type ${cleanReason(type, server.key) || 'unknown'}`))
    } else if ((await readStream(reply, reader, mostBytes)) === 'overlong') return ok(reader.done('length'))
  } catch (cause) {
    const broken = brokenBy(cause, call, deadline)
    if (broken === 'aborted' || broken === 'deadline') return ok(reader.done(broken))
    if (!reader.hasEnded) return err(reader.hasBegun ? cutOff(server, broken) : broken)
  }
  return ended(server, task, reader)
}

function ended(server: Server, task: ChatTask | CompletionTask, reader: AnswerReader): Result<Written, Failure> {
  if (!reader.hasEnded) {
    const early = unreachable(server.name, new Error('it ended the answer before its end'))
    return err(reader.hasBegun ? cutOff(server, early) : early)
  }
  const done = reader.done()
  if (task.jsonSchema && done.finish === 'stop' && !isJson(done.text))
    return err(badAnswer(server.name, 'a text that is not JSON, where JSON was asked for'))
  return ok(done)
}

/** It had begun: what was sent of it cannot be taken back, so no other server is asked. */
function cutOff({ name }: Server, { error, means }: Failure): Failure {
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : 'it broke off'
  return { error: { code: 'backend/cut-off', name, reason }, means, elsewhere: false }
}

/** One question with one whole answer. Half of it is of no use: an abort or a passed deadline is an error. */
async function askWhole(
  call: Call,
  ask: { readonly path: string; readonly body: object; readonly mostBytes: number; readonly deadlineMs: number },
): Outcome<string> {
  const deadline = AbortSignal.timeout(Math.max(0, ask.deadlineMs - Date.now()))
  try {
    const { path, body } = ask
    const question: Ask = { method: 'POST', path, body: JSON.stringify(body), accept: JSON_TYPE }
    const begun = await begin(call, question, AbortSignal.any([call.signal, deadline]))
    return begun.ok ? ok(await wholeText(begun.value, ask.mostBytes)) : begun
  } catch (cause) {
    const broken = brokenBy(cause, call, deadline)
    if (typeof broken !== 'string') return err(broken)
    const means = broken === 'deadline' ? 'failed' : 'nothing'
    return err({ error: { code: 'contract/cancelled' }, means, elsewhere: false })
  }
}

/** In the order of the questions, each once. */
function inOrder<T extends { readonly index: number }>(answers: readonly T[], count: number): readonly T[] | undefined {
  const sorted = [...answers].sort((a, b) => a.index - b.index)
  return sorted.length === count && sorted.every(({ index }, at) => index === at) ? sorted : undefined
}

function unitVector(numbers: readonly number[]): readonly number[] | undefined {
  const length = Math.hypot(...numbers)
  return Number.isFinite(length) && length > 0 ? numbers.map((one) => one / length) : undefined
}

const spent = (call: Call, promptTokens: number | undefined) => ({
  ...(promptTokens === undefined ? {} : { promptTokens }),
  totalMs: performance.now() - call.startedMs,
})

export async function embed(call: Call, { texts, deadlineMs }: EmbedTask): Outcome<Embedded> {
  const { name, model } = call.server
  const body = { model, input: texts, encoding_format: 'float' }
  const said = await askWhole(call, { path: '/embeddings', body, mostBytes: EMBEDDED_BYTES, deadlineMs })
  if (!said.ok) return said
  const read = readAs(embedded, said.value)
  const sorted = read && inOrder(read.data, texts.length)
  const vectors = sorted?.map(({ embedding }) => unitVector(embedding))
  const size = vectors?.[0]?.length
  if (!vectors?.every((one): one is readonly number[] => one !== undefined && one.length === size))
    return err(badAnswer(name, 'vectors that do not fit the texts'))
  return ok({ vectors, ...spent(call, read?.usage?.prompt_tokens) })
}

/** Servers that give the raw number of the model, and not its likelihood, show it by leaving 0 to 1. */
const likelihood = (scores: readonly number[]): readonly number[] =>
  scores.every((one) => one >= 0 && one <= 1) ? scores : scores.map((one) => 1 / (1 + Math.exp(-one)))

export async function rank(call: Call, { query, documents, deadlineMs }: RankTask): Outcome<Ranked> {
  const { name, model } = call.server
  const body = { model, query, documents, top_n: documents.length }
  const said = await askWhole(call, { path: '/rerank', body, mostBytes: RANKED_BYTES, deadlineMs })
  if (!said.ok) return said
  const read = readAs(ranked, said.value)
  const sorted = read && inOrder(read.results, documents.length)
  if (!sorted) return err(badAnswer(name, 'scores that do not fit the documents'))
  const scores = likelihood(sorted.map(({ relevance_score }) => relevance_score))
  return ok({ scores, ...spent(call, read.usage?.prompt_tokens) })
}

export interface Looked {
  /** Absent: it is there, and does not list what it has. */
  readonly models?: readonly string[]
}

/** Whether it is there, takes the key, and has the model. */
export async function look(call: Call): Outcome<Looked> {
  const { server, signal } = call
  const deadline = AbortSignal.timeout(LOOK_MS)
  const until = AbortSignal.any([signal, deadline])
  try {
    const listed = await begin(call, { method: 'GET', path: '/models', accept: JSON_TYPE }, until)
    if (listed.ok) return readList(server, await wholeText(listed.value, LIST_BYTES))
    const { error } = listed.error
    if (error.code !== 'backend/refused' || (error.status !== 404 && error.status !== 405)) return listed
    // Small servers have no list.
    const health = `${new URL(server.base).origin}/health`
    const there = await begin(call, { method: 'GET', path: health, accept: '*/*' }, until)
    if (!there.ok) return listed
    letGo(there.value)
    return ok({})
  } catch (cause) {
    const broken = brokenBy(cause, call, deadline)
    if (broken === 'aborted') return err({ error: { code: 'contract/cancelled' }, means: 'nothing', elsewhere: false })
    return err(broken === 'deadline' ? unreachable(server.name, new Error('no answer in time')) : broken)
  }
}

function readList({ name, model, key }: Server, text: string): Result<Looked, Failure> {
  const list = readAs(modelList, text)
  if (!list) return err({ ...badAnswer(name, 'a list of models that cannot be read'), means: 'surely-failed' })
  const models = list.data.map(({ id }) => cleanReason(id, key)).slice(0, 100)
  if (list.data.some(({ id }) => id === model)) return ok({ models })
  return err({
    error: { code: 'backend/no-model', name, model, offers: models.slice(0, 10) },
    means: 'surely-failed',
    elsewhere: true,
  })
}
