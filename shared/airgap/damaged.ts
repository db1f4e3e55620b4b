import type { AppError } from '../errors.ts'
import { err, type Result } from '../result.ts'

/** What came over the gap is not what was sent, or not meant for us. Nothing is signed or sent. */
export const damaged = (what: string): Result<never, AppError> => err({ code: 'airgap/damaged', what })
