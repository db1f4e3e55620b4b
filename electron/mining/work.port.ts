import type { ChatDone, ChatTask, CompletionTask, EmbedDone, EmbedTask, RankDone, RankTask } from '../llm/llm.port.ts'

/** A request that is passed on to a program of the user's own on this computer. */
export interface ForwardTask {
  /** JSON text, sent as it is. */
  readonly body: string
  /** Wall-clock ms since 1970 after which nobody waits for the answer. */
  readonly deadlineMs: number
}
export interface ForwardDone {
  /** 200 to 299. */
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly totalMs: number
}

/** A request that the program of another person maps, in a process of its own. */
export interface MappedTask {
  readonly path: string
  /** JSON text. */
  readonly body: string
  readonly deadlineMs: number
}
export interface MappedDone {
  /** What is still to be sent; all of it where nothing was sent in pieces. */
  readonly written: string
  readonly promptTokens?: number
  readonly totalMs: number
}

/** A count is absent = unknown where a server elsewhere computed and did not say it: it is never guessed. */
export type Written = Omit<ChatDone, 'promptTokens' | 'completionTokens'> &
  Partial<Pick<ChatDone, 'promptTokens' | 'completionTokens'>>
export type Embedded = Omit<EmbedDone, 'promptTokens'> & Partial<Pick<EmbedDone, 'promptTokens'>>
export type Ranked = Omit<RankDone, 'promptTokens'> & Partial<Pick<RankDone, 'promptTokens'>>

/** Everything that an adapter can ask for. JSON is a chat or a completion with a `jsonSchema`. */
export interface Works {
  readonly chat: { readonly task: ChatTask; readonly done: Written }
  readonly completion: { readonly task: CompletionTask; readonly done: Written }
  readonly embed: { readonly task: EmbedTask; readonly done: Embedded }
  readonly rank: { readonly task: RankTask; readonly done: Ranked }
  readonly forward: { readonly task: ForwardTask; readonly done: ForwardDone }
  readonly mapped: { readonly task: MappedTask; readonly done: MappedDone }
}
export type WorkKind = keyof Works

/** A piece of work with its deadline. */
export type Work<K extends WorkKind = WorkKind> = {
  [P in K]: { readonly kind: P; readonly task: Works[P]['task'] }
}[K]
/** As an adapter asks for it: it has no clock, so the deadline is set by the core. */
export type UntimedWork<K extends WorkKind = WorkKind> = {
  [P in K]: { readonly kind: P; readonly task: Omit<Works[P]['task'], 'deadlineMs'> }
}[K]
export type WorkDone<K extends WorkKind = WorkKind> = Works[K]['done']
