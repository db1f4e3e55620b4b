import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

export const codeOf = (cause: unknown): string | undefined => (cause as { code?: string }).code

/** Also true for a symbolic link that leads nowhere. */
export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/**
 * Writes a new file, whole or not at all, readable by its owner only from the first byte on.
 *
 * The content goes to a temporary file and to the disk before it gets its name; the name is given by a hard link, which
 * fails when the name exists, so a key can never be overwritten.
 * @errors keys/name-taken, storage/disk-full, storage/read-only, storage/broken
 */
export const writeNewFile = (path: string, content: Uint8Array): Promise<Result<void, AppError>> =>
  written(path, content, nameIt)

/**
 * Puts new content in the place of a file: at any instant the name leads to the whole old or the whole new content.
 * Only for the same key sealed anew, and for what the signer remembers; nothing else is ever replaced.
 * @errors storage/disk-full, storage/read-only, storage/broken
 */
export const replaceFile = (path: string, content: Uint8Array): Promise<Result<void, AppError>> =>
  written(path, content, rename)

async function written(
  path: string,
  content: Uint8Array,
  place: (temporary: string, path: string) => Promise<void>,
): Promise<Result<void, AppError>> {
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
    await place(temporary, path)
    await syncFolder(dirname(path))
    return ok(undefined)
  } catch (cause) {
    return err(writeError(cause, path, content.length))
  } finally {
    await unlink(temporary).catch(() => undefined)
  }
}

/** File systems without hard links (exFAT, some network shares) say so in one of these ways. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK'])

async function nameIt(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path)
  } catch (cause) {
    if (!NO_LINKS.has(codeOf(cause) ?? '')) throw cause
    // We are the only writer of the folder, so nothing takes the name between this look and the rename.
    if (await exists(path)) throw Object.assign(new Error('taken'), { code: 'EEXIST' })
    await rename(temporary, path)
  }
}

/** Makes new and changed names of a folder survive a power cut. Windows has no such call and keeps them by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS', 'ERR_ACCESS_DENIED'])

export function writeError(cause: unknown, path: string, neededBytes: number): AppError {
  const code = codeOf(cause)
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return { code: 'keys/name-taken', name: basename(path) }
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'storage/disk-full', path, neededBytes }
  if (code !== undefined && NOT_ALLOWED.has(code)) return { code: 'storage/read-only', path }
  return { code: 'storage/broken', path, reason: code ?? 'unknown' }
}
