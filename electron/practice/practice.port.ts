import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** The practice network as the host sees it: a process that offers a WebSocket on this computer. */
export interface PracticePort {
  /** Starts it, or answers where it already runs. @errors practice/did-not-start */
  start(): Promise<Result<{ readonly ws: string; readonly genesis: string }, AppError>>
  /** Its state stays on disk. Safe to call when it does not run. */
  stop(): Promise<void>
}
