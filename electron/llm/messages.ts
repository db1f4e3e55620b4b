import { z } from 'zod'
import { jsonSchema } from './json-schema.ts'

/** What the host and the llm worker say to each other. Both ends parse: the worker handles files and texts of unknown origin. */
const id = z.number().int().nonnegative()
const count = z.number().int().nonnegative()
const bytes = z.number().nonnegative()

const text = z.string().max(1_000_000)
const writing = {
  maxTokens: z.number().int().min(1),
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1).exactOptional(),
  seed: z.number().int().min(0).max(0xffff_ffff).exactOptional(),
  stop: z.array(z.string().min(1).max(200)).max(16).readonly().exactOptional(),
  jsonSchema: jsonSchema.exactOptional(),
  deadlineMs: z.number(),
}

const chatTask = z.object({
  ...writing,
  messages: z
    .array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: text }))
    .min(1)
    .max(1_000)
    .refine((messages) => messages.at(-1)?.role !== 'assistant', 'the last message must not be the assistant’s')
    .readonly(),
})
const completionTask = z.object({ ...writing, prompt: text.min(1) })
/** Texts of one task; a thousand short ones are as much work as a few long ones. */
const texts = z.array(text.min(1)).min(1).max(1_000).readonly()
const embedTask = z.object({ texts, deadlineMs: z.number() })
const rankTask = z.object({ query: text.min(1), documents: texts, deadlineMs: z.number() })

const reserve = z.object({ memoryBytes: bytes.exactOptional(), vramBytes: bytes.exactOptional() })

export const toWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('load'), id, file: z.string().min(1), reserve: reserve.exactOptional() }),
  z.object({ kind: z.literal('chat'), id, task: chatTask }),
  z.object({ kind: z.literal('complete'), id, task: completionTask }),
  z.object({ kind: z.literal('embed'), id, task: embedTask }),
  z.object({ kind: z.literal('rank'), id, task: rankTask }),
  z.object({ kind: z.literal('abort'), id }),
  z.object({ kind: z.literal('benchmark'), id }),
  z.object({ kind: z.literal('hardware'), id }),
  z.object({ kind: z.literal('quit') }),
])
export type ToWorker = z.infer<typeof toWorker>

/** The failures that a worker may report; anything else from it is refused by the host. */
const workerError = z.discriminatedUnion('code', [
  z.object({ code: z.literal('model/file-missing'), file: z.string() }),
  z.object({ code: z.literal('model/broken'), file: z.string(), reason: z.string() }),
  z.object({ code: z.literal('model/too-large'), neededBytes: bytes, availableBytes: bytes }),
  z.object({ code: z.literal('model/cannot'), task: z.enum(['write', 'embed', 'rank']), model: z.string() }),
  z.object({ code: z.literal('mining/not-running') }),
  z.object({ code: z.literal('mining/worker-died'), worker: z.literal('llm'), reason: z.string() }),
  z.object({ code: z.literal('contract/bad-input'), issues: z.array(z.string()) }),
  z.object({ code: z.literal('contract/cancelled') }),
])
export type WorkerError = z.infer<typeof workerError>

const backend = z.enum(['cuda', 'vulkan', 'metal', 'cpu'])

const loadedModel = z.object({
  file: z.string(),
  name: z.string(),
  sizeBytes: bytes,
  contextTokens: count,
  parallel: count,
  backend,
  gpuLayers: count,
  threads: count,
  layers: count.exactOptional(),
  kvType: z.enum(['f16', 'q8_0']).exactOptional(),
  batchTokens: count.exactOptional(),
  gaveUp: z.array(z.string()).readonly().exactOptional(),
  does: z.array(z.enum(['chat', 'completion', 'json', 'embed', 'rank'])).readonly(),
})

const chatDone = z.object({
  text: z.string(),
  promptTokens: count,
  reusedTokens: count.exactOptional(),
  completionTokens: count,
  finish: z.enum(['stop', 'length', 'deadline', 'aborted']),
  firstTokenMs: z.number().nonnegative(),
  totalMs: z.number().nonnegative(),
})

const numbers = z.array(z.number()).readonly()
const spent = { promptTokens: count, totalMs: z.number().nonnegative() }
const embedDone = z.object({ ...spent, vectors: z.array(numbers).readonly() })
const rankDone = z.object({ ...spent, scores: numbers })

const hardware = z.object({
  cpuName: z.string().exactOptional(),
  cpuCores: count,
  memoryTotalBytes: bytes,
  memoryFreeBytes: bytes.exactOptional(),
  backend,
  gpuRefusal: z.string().exactOptional(),
  refusals: z
    .array(z.object({ backend, reason: z.string() }))
    .readonly()
    .exactOptional(),
  gpus: z.array(z.object({ name: z.string() })).readonly(),
  vramTotalBytes: bytes.exactOptional(),
  vramFreeBytes: bytes.exactOptional(),
  sharedMemory: z.boolean().exactOptional(),
})

const speed = z.object({ tokensPerSecond: z.number(), promptTokensPerSecond: z.number() })

export const fromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** A sign of life while anything is computed. `steps`: of the computation, since the process began. */
  z.object({ kind: z.literal('alive'), steps: count }),
  z.object({ kind: z.literal('progress'), id, fraction: z.number().min(0).max(1) }),
  /** A piece of text. The last piece comes only within `done`. */
  z.object({ kind: z.literal('token'), id, text: z.string() }),
  z.object({ kind: z.literal('loaded'), id, model: loadedModel }),
  z.object({ kind: z.literal('done'), id, done: chatDone }),
  z.object({ kind: z.literal('embedded'), id, embedded: embedDone }),
  z.object({ kind: z.literal('ranked'), id, ranked: rankDone }),
  z.object({ kind: z.literal('speed'), id, speed }),
  z.object({ kind: z.literal('hardware'), id, hardware }),
  z.object({ kind: z.literal('failed'), id, error: workerError }),
])
export type FromWorker = z.infer<typeof fromWorker>
type Ends = 'loaded' | 'done' | 'embedded' | 'ranked' | 'speed' | 'hardware' | 'failed'
/** The messages that end a request. */
export type Answer = Extract<FromWorker, { kind: Ends }>
