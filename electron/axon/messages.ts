import type { AppError } from '../../shared/errors.ts'
import type { CallerLists } from '../../shared/mining/caller-lists.ts'
import type { Result } from '../../shared/result.ts'
import type { Work, WorkDone } from '../mining/work.port.ts'
import type { AxonConfig, AxonReport, Caller } from './axon.port.ts'
import type { ReplayMark } from './replay-store.ts'

/** How long is waited for each part of a request, ms. */
export interface Patience {
  readonly headersMs: number
  /** From the first byte of a request to the last of its body. */
  readonly bodyMs: number
  readonly keepAliveMs: number
  /** For answers under way when the server stops. */
  readonly drainMs: number
}
export const PATIENCE: Patience = { headersMs: 5_000, bodyMs: 8_000, keepAliveMs: 30_000, drainMs: 5_000 }

/** What the host tells the request server. On the pipe in lists, as `Outbox` gathers them. */
export type ToWorker =
  | {
      readonly kind: 'start'
      readonly config: AxonConfig
      readonly patience: Patience
      /** An earlier server of this program or of one before may have answered until then. Ms since 1970. */
      readonly aliveBeforeMs: number
      /** What earlier workers of this run have used up. */
      readonly marks: readonly ReplayMark[]
      /** The host signs answers. */
      readonly signs: boolean
    }
  | { readonly kind: 'callers'; readonly callers: readonly Caller[] }
  | { readonly kind: 'lists'; readonly lists: CallerLists }
  | { readonly kind: 'token'; readonly id: number; readonly text: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: Result<WorkDone, AppError> }
  | { readonly kind: 'signed'; readonly id: number; readonly signature: string | undefined }
  | { readonly kind: 'stop' }

/** What the request server tells the host. On the pipe in lists, too. */
export type FromWorker =
  /** `replayKeepMs`: how long the host has to remember the marks of tasks. */
  | { readonly kind: 'listening'; readonly port: number; readonly replayKeepMs: number }
  | { readonly kind: 'refused'; readonly error: AppError }
  /** `wantsTokens`: pieces are sent on as they come; otherwise only the end matters. */
  | {
      readonly kind: 'task'
      readonly id: number
      readonly work: Work
      readonly mark: ReplayMark
      readonly wantsTokens: boolean
    }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'sign'; readonly id: number; readonly text: string }
  | { readonly kind: 'report'; readonly report: AxonReport }
  | { readonly kind: 'stopped' }
