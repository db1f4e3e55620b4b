import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/**
 * Carries an {@link AppError} up to the port's edge, where {@link guarded} turns it into data again. Inside this folder
 * a read is a dozen steps deep and each may meet a malformed answer; nothing of it ever leaves the folder as a throw.
 */
export class ChainFailure extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.code)
    this.name = 'ChainFailure'
    this.error = error
  }
}

export const fail = (error: AppError): never => {
  throw new ChainFailure(error)
}
/** The node's answer does not have the shape that its own metadata promises. */
export const badAnswer = (what: string): never => fail({ code: 'chain/bad-answer', what })

export const errorOf = (cause: unknown): AppError =>
  cause instanceof ChainFailure
    ? cause.error
    : { code: 'chain/bad-answer', what: cause instanceof Error ? cause.message : String(cause) }

export async function guarded<T>(run: () => Promise<T>): Promise<Result<T, AppError>> {
  try {
    return ok(await run())
  } catch (cause) {
    return err(errorOf(cause))
  }
}
