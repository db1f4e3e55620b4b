import { rename, rm } from 'node:fs/promises'
import { basename, isAbsolute, join, resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { copyFile } from './copy-file.ts'
import type { DownloadOptions } from './download.ts'
import { asError } from './failed.ts'
import { removePart, sizeOf, syncFolder } from './part-file.ts'
import type { Places } from './places.ts'
import { isDiskFull } from './replace-file.ts'

export interface Mover {
  readonly id: string
  /** Where the file is now. */
  readonly path: string
  readonly sizeBytes: number
  readonly sha256: string | undefined
  /** Folder of a move that was begun. */
  readonly movingTo: string | undefined
  readonly places: Places
  readonly makeFolder: (path: string) => void
}
type MoveOptions = Pick<DownloadOptions, 'freeBytes' | 'onProgress' | 'signal'>

const refused = (id: string, because: Extract<AppError, { code: 'model/cannot-move' }>['because']) =>
  err({ code: 'model/cannot-move', id, because } as const)

/** On one disk a file changes its folder in one step, and nothing is copied. @returns false where it is another disk. */
async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'EXDEV') return false
    throw problem
  }
}

async function switched({ id, path, places }: Mover, target: string): Promise<Result<void, AppError>> {
  await syncFolder(resolve(target, '..'))
  await syncFolder(resolve(path, '..'))
  return places.set({ id, path: target })
}

async function move(mover: Mover, target: string, options: MoveOptions): Promise<Result<void, AppError>> {
  const { id, path, sizeBytes, sha256, places } = mover
  // Noted before it happens, with both places: whichever of them has the file after a crash is the right one.
  const noted = await places.set({ id, path: target, before: path })
  if (!noted.ok) return noted
  if (await renamed(path, target)) return switched(mover, target)
  const begun = await places.set({ id, path, movingTo: resolve(target, '..') })
  if (!begun.ok) return begun
  await copyFile({ source: path, target, sizeBytes, sha256 }, options)
  const known = await places.set({ id, path: target, before: path })
  if (!known.ok) return known
  await rm(path, { force: true })
  return switched(mover, target)
}

/** @errors model/cannot-move, model/hash-mismatch, storage/disk-full, storage/broken, contract/cancelled */
export async function moveModel(mover: Mover, folder: string, options: MoveOptions): Promise<Result<void, AppError>> {
  const { id, path, movingTo, places } = mover
  if (!isAbsolute(folder)) return refused(id, 'bad-folder')
  const target = join(resolve(folder), basename(path))
  if (movingTo !== undefined && resolve(movingTo) !== resolve(folder)) {
    await removePart(join(movingTo, basename(path)))
    const ended = await places.set({ id, path })
    if (!ended.ok) return ended
  }
  if (target === resolve(path)) return ok(undefined)
  try {
    mover.makeFolder(resolve(folder))
  } catch (problem) {
    return isDiskFull(problem) ? asError(problem, target, options.signal) : refused(id, 'bad-folder')
  }
  if ((await sizeOf(target)) > 0) return refused(id, 'name-taken')
  try {
    return await move(mover, target, options)
  } catch (problem) {
    const { code } = problem as { code?: string }
    return code === 'EACCES' || code === 'EROFS' || code === 'EPERM'
      ? refused(id, 'bad-folder')
      : asError(problem, target, options.signal)
  }
}
