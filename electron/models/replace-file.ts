import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** The disk, or this user's share of it, has no room left. */
export const isDiskFull = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && (problem.code === 'ENOSPC' || problem.code === 'EDQUOT')

/**
 * Writes the whole file beside its place first: what was there stays until the new one is whole, and a failure leaves nothing new.
 *
 * @errors storage/disk-full, storage/broken
 */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<Result<void, AppError>> {
  const fresh = `${file}.new`
  try {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(fresh, 'w')
    try {
      await handle.writeFile(bytes)
      // A name that is on disk before its bytes would be an empty file after a crash.
      await handle.datasync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
    return ok(undefined)
  } catch (problem) {
    // On a full disk the half that was written is what the user is asked to free.
    await rm(fresh, { force: true }).catch(() => undefined)
    if (isDiskFull(problem)) return err({ code: 'storage/disk-full', path: dirname(file), neededBytes: bytes.length })
    return err({ code: 'storage/broken', path: file, reason: problem instanceof Error ? problem.message : 'unknown' })
  }
}
