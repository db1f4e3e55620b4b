import type { AppError } from '../../shared/errors.ts'
import type { KvType, ModelReserve } from '../../shared/inference/model-memory.ts'
import type { Result } from '../../shared/result.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** A JSON schema as parsed JSON; the model can then produce nothing else. What is supported: `jsonSchema` in messages.ts. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** How a text is to be produced. */
export interface WritingOptions {
  /** Most tokens to produce, 1 or more; the context bounds it further. */
  readonly maxTokens: number
  /** 0 = always the likeliest token. Range 0 to 2. */
  readonly temperature: number
  /** Share of probability mass that may be drawn from, 0 (excluded) to 1. Default: 0.95. */
  readonly topP?: number
  /**
   * Same seed, model and input give the same text on the same machine; also beside others on the processor. On a graphics card
   * only while nothing else is computed, as its sums depend on the size of the batch. Default: drawn per task.
   */
  readonly seed?: number
  /** The text ends before the first of these. Default: none. */
  readonly stop?: readonly string[]
  /** The text is JSON of this schema, whole unless it was cut (`finish` other than 'stop'). Default: any text. */
  readonly jsonSchema?: JsonSchema
  /** Wall-clock ms since 1970 after which no token is produced. */
  readonly deadlineMs: number
}

export interface ChatTask extends WritingOptions {
  /** At least one; the last one is the user's. Rendered with the model's own chat template. */
  readonly messages: readonly ChatMessage[]
}

/** A text to be continued as it is, without a chat template. */
export interface CompletionTask extends WritingOptions {
  readonly prompt: string
}

export interface EmbedTask {
  /** At least one. */
  readonly texts: readonly string[]
  readonly deadlineMs: number
}

export interface EmbedDone {
  /** One for each text, in their order; length 1 in the Euclidean norm. */
  readonly vectors: readonly (readonly number[])[]
  readonly promptTokens: number
  readonly totalMs: number
}

export interface RankTask {
  readonly query: string
  /** At least one. */
  readonly documents: readonly string[]
  readonly deadlineMs: number
}

export interface RankDone {
  /** One for each document, in their order: probability that it answers the query, 0 to 1. */
  readonly scores: readonly number[]
  readonly promptTokens: number
  readonly totalMs: number
}

/** What a model can be asked for. A text model writes; one that pools its output embeds or ranks, and does not write. */
export type TaskKind = 'chat' | 'completion' | 'json' | 'embed' | 'rank'

/** Anything that can be asked of the model. JSON is a chat or a completion with a `jsonSchema`. */
export type Task =
  | { readonly kind: 'chat'; readonly task: ChatTask }
  | { readonly kind: 'completion'; readonly task: CompletionTask }
  | { readonly kind: 'embed'; readonly task: EmbedTask }
  | { readonly kind: 'rank'; readonly task: RankTask }

export interface ChatDone {
  readonly text: string
  readonly promptTokens: number
  /** Of these, how many were still there from an earlier task with the same beginning. Absent = none. */
  readonly reusedTokens?: number
  readonly completionTokens: number
  readonly finish: 'stop' | 'length' | 'deadline' | 'aborted'
  /** From the call of `chat` to its first token, waiting for a free place included; equals `totalMs` when no token came. */
  readonly firstTokenMs: number
  readonly totalMs: number
}

export interface LoadedModel {
  /** Absolute path of the GGUF file. */
  readonly file: string
  /** As the file's own metadata names it. */
  readonly name: string
  readonly sizeBytes: number
  /** Tokens that one chat may use, prompt and answer together. */
  readonly contextTokens: number
  /** Chats that are computed at the same time; further ones wait. */
  readonly parallel: number
  readonly backend: 'cuda' | 'vulkan' | 'metal' | 'cpu'
  readonly gpuLayers: number
  readonly threads: number
  /** Layers of the model, its output counted as one; absent = not told. */
  readonly layers?: number
  /** How keys and values are kept. */
  readonly kvType?: KvType
  /** Tokens computed in one step. */
  readonly batchTokens?: number
  /** Plain sentences: what was tried first and had no room. Absent = the first plan fitted. */
  readonly gaveUp?: readonly string[]
  /** By what the file's header says of its pooling. */
  readonly does: readonly TaskKind[]
}

export interface LlmSpeed {
  readonly tokensPerSecond: number
  readonly promptTokensPerSecond: number
}

export interface LlmStatus {
  readonly state: 'off' | 'loading' | 'ready' | 'failed'
  readonly model?: LoadedModel
  /** Why the last load failed or the worker went away. */
  readonly error?: AppError
  /** Chats accepted and not finished. */
  readonly busy: number
  readonly pid?: number
}

export interface BackendRefusal {
  readonly backend: LoadedModel['backend']
  /** One sentence without its full stop. */
  readonly reason: string
}

/** What the machine offers to a model, as the worker sees it; a field that cannot be read is absent = unknown. */
export interface LlmHardware {
  readonly cpuName?: string
  readonly cpuCores: number
  readonly memoryTotalBytes: number
  readonly memoryFreeBytes?: number
  readonly backend: LoadedModel['backend']
  /** Why no GPU is used; absent when one is. */
  readonly gpuRefusal?: string
  /** Backends that come before the one in use, each with why it is not used. */
  readonly refusals?: readonly BackendRefusal[]
  readonly gpus: readonly { readonly name: string }[]
  /** Over all GPUs in use. */
  readonly vramTotalBytes?: number
  readonly vramFreeBytes?: number
  /** The GPU computes in the machine's own memory. */
  readonly sharedMemory?: boolean
}

/** A local language model in a process of its own. One model at a time. */
export interface LlmPort {
  /**
   * Starts the worker if needed and loads the file; a loaded model is replaced.
   * @errors model/file-missing, model/broken, model/too-large, mining/worker-died, contract/cancelled
   */
  load(request: {
    readonly file: string
    /** Kept free for other programs. Default: that of the planner. */
    readonly reserve?: ModelReserve | undefined
    readonly onProgress?: (fraction: number) => void
    readonly signal?: AbortSignal
  }): Promise<Result<LoadedModel, AppError>>
  /** Frees the model and ends its process; chats under way end as 'aborted'. */
  unload(): Promise<void>
  /**
   * Aborting ends the chat with what it has: `finish: 'aborted'`.
   * @errors mining/not-running (no model loaded), mining/worker-died, model/cannot, contract/bad-input
   */
  chat(
    task: ChatTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<ChatDone, AppError>>
  /**
   * Continues a text. Otherwise like `chat`.
   * @errors those of `chat`, and model/cannot
   */
  complete(
    task: CompletionTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<ChatDone, AppError>>
  /**
   * Half of the vectors are of no use: an abort or a passed deadline is an error here.
   * @errors mining/not-running, mining/worker-died, model/cannot, contract/bad-input, contract/cancelled
   */
  embed(task: EmbedTask, signal: AbortSignal): Promise<Result<EmbedDone, AppError>>
  /** @errors those of `embed` */
  rank(task: RankTask, signal: AbortSignal): Promise<Result<RankDone, AppError>>
  /** A short fixed workload on the loaded model, alone. */
  benchmark(signal: AbortSignal): Promise<Result<LlmSpeed, AppError>>
  /** Starts the worker if needed; costs about a second the first time. */
  hardware(): Promise<Result<LlmHardware, AppError>>
  /** The last answer of `hardware`; undefined before the first. Free memory may have changed since. */
  lastHardware(): LlmHardware | undefined
  status(): LlmStatus
  /** @returns a function that stops listening. */
  onStatus(listener: (status: LlmStatus) => void): () => void
  close(): Promise<void>
}
