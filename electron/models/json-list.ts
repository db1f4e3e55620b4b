import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { replaceFile } from './replace-file.ts'

/** A short list in a file of its own, read anew each time and replaced as a whole. */
export interface JsonList<T> {
  all(): Promise<readonly T[]>
  /** @errors storage/disk-full, storage/broken */
  change(make: (now: readonly T[]) => readonly T[]): Promise<Result<void, AppError>>
}

/** @param file  A broken one is an empty list: whatever it said can be said again. */
export function jsonList<T>(file: string, item: z.ZodType<T>): JsonList<T> {
  const shape = z.object({ version: z.literal(1), models: z.array(z.unknown()) })
  const listed = (text: string): readonly T[] => {
    try {
      // One that does not fit is none; the others are what they were.
      return shape.parse(JSON.parse(text)).models.flatMap((one) => item.safeParse(one).data ?? [])
    } catch {
      return []
    }
  }
  const all = async (): Promise<readonly T[]> => listed(await readFile(file, 'utf8').catch(() => ''))
  /** What cannot be read for now must not be written over by what is in its place. */
  const toChange = async (): Promise<Result<readonly T[], AppError>> => {
    try {
      return ok(listed(await readFile(file, 'utf8')))
    } catch (problem) {
      if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return ok([])
      return err({ code: 'storage/broken', path: file, reason: problem instanceof Error ? problem.message : 'unknown' })
    }
  }
  /** One change after the other: each reads what the one before wrote. */
  let last: Promise<unknown> = Promise.resolve()
  return {
    all,
    change(make) {
      const next = last.then(async () => {
        const now = await toChange()
        if (!now.ok) return now
        const models = make(now.value)
        return models === now.value
          ? ok(undefined)
          : replaceFile(file, Buffer.from(JSON.stringify({ version: 1, models }, null, 2)))
      })
      last = next.catch(() => undefined)
      return next
    },
  }
}
