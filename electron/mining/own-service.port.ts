import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { ForwardDone, ForwardTask } from './work.port.ts'

/** A program of the user's own that answers requests on this computer. */
export interface OwnService {
  /** On 127.0.0.1; no other computer is ever asked. */
  readonly port: number
  /** Begins with `/`. */
  readonly path: string
}

export interface OwnServicePort {
  /** Whether something listens there. @errors mining/service-failed */
  reach(service: OwnService): Promise<Result<null, AppError>>
  /**
   * POSTs the body as JSON and waits for JSON, until the deadline or an abort.
   * @errors mining/service-failed (not there, another status than 2xx, no JSON, too large), contract/cancelled
   */
  send(service: OwnService, task: ForwardTask, signal: AbortSignal): Promise<Result<ForwardDone, AppError>>
}
