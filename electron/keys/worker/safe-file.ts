import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

export const codeOf = (cause: unknown): string | undefined => (cause as { code?: string }).code

/**
 * Writes a new file, whole or not at all, readable by its owner only from the first byte on.
 *
 * The content goes to a temporary file and to the disk before it gets its name; the name is given by a hard link, which
 * fails when the name exists, so a key can never be overwritten.
 * @errors keys/name-taken, storage/disk-full, storage/broken
 */
export async function writeNewFile(path: string, content: Uint8Array): Promise<Result<void, AppError>> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await nameIt(temporary, path)
    return ok(undefined)
  } catch (cause) {
    return err(writeError(cause, path, content.length))
  } finally {
    await unlink(temporary).catch(() => undefined)
  }
}

async function nameIt(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') throw cause
    // Some file systems (exFAT, some network shares) know no hard links: claim the name first, then move over it.
    const claim = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    await claim.close()
    await rename(temporary, path)
  }
}

export function writeError(cause: unknown, path: string, neededBytes: number): AppError {
  const code = codeOf(cause)
  if (code === 'EEXIST') return { code: 'keys/name-taken', name: path.split(/[\\/]/).at(-1) ?? path }
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'storage/disk-full', path, neededBytes }
  return { code: 'storage/broken', path, reason: code ?? 'unknown' }
}
