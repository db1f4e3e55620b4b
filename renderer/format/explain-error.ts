import type { AppError } from '../../shared/errors.ts'
import { explainError } from '../../shared/words/explain-error.ts'

export { explainError } from '../../shared/words/explain-error.ts'

/** For a message under a field: all three sentences, and the code beside them. */
export function errorInField(error: AppError | undefined): { wrong?: string; code?: AppError['code'] } {
  if (!error) return {}
  const { what, why, next } = explainError(error)
  return { wrong: `${what} ${why} ${next}`, code: error.code }
}
