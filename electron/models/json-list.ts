import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import { replaceFile } from './replace-file.ts'

/** A short list in a file of its own, read anew each time and replaced as a whole. */
export interface JsonList<T> {
  all(): Promise<readonly T[]>
  /** @errors storage/disk-full, storage/broken */
  change(make: (now: readonly T[]) => readonly T[]): Promise<Result<void, AppError>>
}

/** @param file  A broken one is an empty list: whatever it said can be said again. */
export function jsonList<T>(file: string, item: z.ZodType<T>): JsonList<T> {
  const shape = z.object({ version: z.literal(1), models: z.array(item) })
  const all = async (): Promise<readonly T[]> => {
    try {
      return shape.parse(JSON.parse(await readFile(file, 'utf8'))).models
    } catch {
      return []
    }
  }
  /** One change after the other: each reads what the one before wrote. */
  let last: Promise<unknown> = Promise.resolve()
  return {
    all,
    change(make) {
      const next = last.then(async () => {
        const now = await all()
        const models = make(now)
        return models === now
          ? ok(undefined)
          : replaceFile(file, Buffer.from(JSON.stringify({ version: 1, models }, null, 2)))
      })
      last = next.catch(() => undefined)
      return next
    },
  }
}
