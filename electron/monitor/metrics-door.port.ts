import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** Serves one text to programs of this computer. */
export interface MetricsDoorPort {
  /**
   * Listens on 127.0.0.1 alone; closes what was open before.
   * @param text asked at each visit
   * @errors mining/port-taken
   */
  open(port: number, text: () => string): Promise<Result<{ readonly port: number }, AppError>>
  /** Safe to call twice. */
  close(): Promise<void>
}
