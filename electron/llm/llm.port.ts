import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ChatTask {
  /** At least one; the last one is the user's. */
  readonly messages: readonly ChatMessage[]
  /** Most tokens to produce, 1 or more; the context bounds it further. */
  readonly maxTokens: number
  /** 0 = always the likeliest token. Range 0 to 2. */
  readonly temperature: number
  /** Share of probability mass that may be drawn from, 0 (excluded) to 1. Default: 0.95. */
  readonly topP?: number
  /** Same seed, model and messages give the same text on the same machine. Default: drawn per chat. */
  readonly seed?: number
  /** The text ends before the first of these. Default: none. */
  readonly stop?: readonly string[]
  /** Wall-clock ms since 1970 after which no token is produced. */
  readonly deadlineMs: number
}

export interface ChatDone {
  readonly text: string
  readonly promptTokens: number
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

/** What the machine offers to a model, as the worker sees it; a field that cannot be read is absent = unknown. */
export interface LlmHardware {
  readonly cpuName?: string
  readonly cpuCores: number
  readonly memoryTotalBytes: number
  readonly memoryFreeBytes?: number
  readonly backend: LoadedModel['backend']
  /** Why no GPU is used; absent when one is. */
  readonly gpuRefusal?: string
  readonly gpus: readonly { readonly name: string }[]
  /** Over all GPUs in use. */
  readonly vramTotalBytes?: number
  readonly vramFreeBytes?: number
}

/** A local language model in a process of its own. One model at a time. */
export interface LlmPort {
  /**
   * Starts the worker if needed and loads the file; a loaded model is replaced.
   * @errors model/file-missing, model/broken, model/too-large, mining/worker-died, contract/cancelled
   */
  load(request: {
    readonly file: string
    readonly onProgress?: (fraction: number) => void
    readonly signal?: AbortSignal
  }): Promise<Result<LoadedModel, AppError>>
  /** Frees the model and ends its process; chats under way end as 'aborted'. */
  unload(): Promise<void>
  /**
   * Aborting ends the chat with what it has: `finish: 'aborted'`.
   * @errors mining/not-running (no model loaded), mining/worker-died, contract/bad-input
   */
  chat(
    task: ChatTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<ChatDone, AppError>>
  /** A short fixed workload on the loaded model, alone. */
  benchmark(signal: AbortSignal): Promise<Result<LlmSpeed, AppError>>
  /** Starts the worker if needed; costs about a second the first time. */
  hardware(): Promise<Result<LlmHardware, AppError>>
  status(): LlmStatus
  /** @returns a function that stops listening. */
  onStatus(listener: (status: LlmStatus) => void): () => void
  close(): Promise<void>
}
