import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { jsonList } from './json-list.ts'

const seen = z.object({
  id: z.string(),
  sizeBytes: z.number(),
  changedMs: z.number(),
  inode: z.number(),
  /** What the file's hash was, right or wrong. */
  sha256: z.string(),
})
type Seen = z.infer<typeof seen>

/** Hashes that were read from files, each good as long as the file has its size, its time and its number on the disk. */
export interface KnownFiles {
  /** Lower-case hex; `undefined` = this file was not read yet, or it is another one since. */
  sha256Of(id: string, path: string): Promise<string | undefined>
  note(id: string, path: string, sha256: string): Promise<void>
}

async function markOf(path: string): Promise<Pick<Seen, 'sizeBytes' | 'changedMs' | 'inode'> | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && { sizeBytes: found.size, changedMs: found.mtimeMs, inode: found.ino }
}

/** @param file a list of its own; where it cannot be written, what was read is known until the app ends */
export function knownFiles(file: string): KnownFiles {
  const list = jsonList(file, seen)
  let known: Promise<Map<string, Seen>> | undefined
  const all = () => {
    known ??= list.all().then((kept) => new Map(kept.map((one) => [one.id, one])))
    return known
  }
  return {
    async sha256Of(id, path) {
      const one = (await all()).get(id)
      const now = await markOf(path)
      const isSame = one?.sizeBytes === now?.sizeBytes && one?.changedMs === now?.changedMs && one?.inode === now?.inode
      return isSame ? one?.sha256 : undefined
    },
    async note(id, path, sha256) {
      const now = await markOf(path)
      if (!now) return
      const one = { id, ...now, sha256 }
      ;(await all()).set(id, one)
      await list.change((kept) => [...kept.filter((other) => other.id !== id), one])
    },
  }
}
