import { dirname } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, type Result } from '../../shared/result.ts'
import { isDiskFull } from './replace-file.ts'

/** A failure with its code; thrown within this folder only, and turned into a result at its doors. */
export class Failed extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.code)
    this.error = error
  }
}

export const downloadFailed = (reason: string): Failed => new Failed({ code: 'model/download-failed', reason })
export const cancelled = (): Failed => new Failed({ code: 'contract/cancelled' })

/** The sentence of a network failure: `fetch failed` says nothing, its cause does. */
export function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return 'unknown'
  return problem.cause instanceof Error && problem.cause.message !== '' ? problem.cause.message : problem.message
}

/** What a caught problem with a file means to a person. */
export function asError(problem: unknown, file: string, signal: AbortSignal): Result<never, AppError> {
  if (problem instanceof Failed) return err(problem.error)
  if (signal.aborted) return err({ code: 'contract/cancelled' })
  if (isDiskFull(problem)) return err({ code: 'storage/disk-full', path: dirname(file), neededBytes: 0 })
  return err({ code: 'storage/broken', path: file, reason: reasonOf(problem) })
}
