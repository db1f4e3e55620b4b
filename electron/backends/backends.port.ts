import type { Backend, Serves } from '../../shared/backends/backend.ts'
import type { Circuit } from '../../shared/backends/circuit.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { ChatTask, CompletionTask, EmbedTask, RankTask, TaskKind } from '../llm/llm.port.ts'
import type { Embedded, Ranked, Written } from '../mining/work.port.ts'

/** Whoever computes: the model of this computer, or servers elsewhere. What ends an answer is as in `LlmPort`. */
export interface ModelWork {
  chat(
    task: ChatTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<Written, AppError>>
  complete(
    task: CompletionTask,
    on: { readonly token?: (text: string) => void },
    signal: AbortSignal,
  ): Promise<Result<Written, AppError>>
  embed(task: EmbedTask, signal: AbortSignal): Promise<Result<Embedded, AppError>>
  rank(task: RankTask, signal: AbortSignal): Promise<Result<Ranked, AppError>>
}

/** A server to be asked, with the key that it wants. */
export interface BackendTarget extends Backend {
  readonly key?: string | undefined
}

/** What is known of one server now. */
export interface BackendState {
  readonly id: string
  /** `off`: the user's wish, or an address that cannot be asked. */
  readonly state: 'off' | Circuit['state']
  /** Nothing is asked of it before, ms since 1970; it is well and asked for that, or it is not well. */
  readonly untilMs?: number
  /** Why it is not given work, or what its last request failed with. */
  readonly error?: AppError
  /** Requests whose answer has begun. */
  readonly running: number
  /** Requests that it was given and has not begun to answer. */
  readonly waiting: number
  readonly answered: number
  readonly failed: number
  /** Tokens a second while it answers, by its own count; absent = unknown. */
  readonly tokensPerSecond?: number
  /** Over the last answers; absent before the first. */
  readonly firstTokenP50Ms?: number
  readonly latencyP50Ms?: number
  /** When it last answered a look or a request, ms since 1970. */
  readonly seenAtMs?: number
  /** Names of models, as it lists them. Absent: it does not. */
  readonly models?: readonly string[]
}

/** The model of this computer as one among the others. */
export interface EmbeddedMember {
  readonly model: ModelWork
  readonly places: number
  readonly does: readonly TaskKind[]
}

/** What all that are well can do together. */
export interface ServingFacts {
  /** Names of their models, each once. */
  readonly name: string
  readonly backend: 'remote'
  /** Places in sum. */
  readonly parallel: number
  readonly does: readonly TaskKind[]
}

/** What came of a trial with one small request. */
export interface TrialDone {
  readonly models?: readonly string[]
  readonly firstTokenMs: number
  readonly totalMs: number
  readonly tokensPerSecond?: number
}

/** Servers that speak OpenAI's interface: looked after, and given work by the shortest queue. */
export interface BackendsPort {
  /** Replaces the list. Requests under way go on; one whose address, model or key changed starts anew as unasked. */
  use(targets: readonly BackendTarget[]): void
  states(): readonly BackendState[]
  /** At most four times a second. @returns a function that stops listening. */
  onChange(listener: () => void): () => void
  /** Looks after them as long as somebody wants it. @returns a function that ends it. */
  watch(): () => void
  /**
   * Looks at all of them now.
   * @errors backend/none-ready: for one of these tasks there is none that is well
   */
  reach(tasks: readonly TaskKind[], signal: AbortSignal): Promise<Result<ServingFacts, AppError>>
  /** Gives each task to whoever has the shortest queue; to another one if that fails before its first token. */
  work(embedded?: EmbeddedMember): ModelWork
  /** Looks at one, and has it answer a small request. @errors backend/… */
  trial(id: string, signal: AbortSignal): Promise<Result<TrialDone, AppError>>
  close(): void
}

export const SERVES_TASKS: Readonly<Record<Serves, readonly TaskKind[]>> = {
  text: ['chat', 'completion', 'json'],
  embeddings: ['embed'],
  reranking: ['rank'],
}

/** Keys of servers, in a place that only the user may read. A key goes to the address that it was given for, and to no other. */
export interface BackendKeysPort {
  keyOf(id: string, origin: string): string | undefined
  /** @throws StorageFailure */
  remember(id: string, key: { readonly origin: string; readonly text: string }): void
  /** @throws StorageFailure */
  forget(id: string): void
}
