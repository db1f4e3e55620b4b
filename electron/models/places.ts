import { rm } from 'node:fs/promises'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { jsonList } from './json-list.ts'
import { sizeOf } from './part-file.ts'

const place = z.object({
  id: z.string(),
  path: z.string(),
  /** Where the file was before, while it is being switched: after a crash it may still be there. */
  before: z.string().exactOptional(),
  /** Folder that a begun move leads to. */
  movingTo: z.string().exactOptional(),
})
export type Place = z.infer<typeof place>

/** Where files are that are not in the usual folder, and moves under way. */
export interface Places {
  of(id: string, usual: string): Promise<Place>
  /** @errors storage/disk-full, storage/broken */
  set(place: Place): Promise<Result<void, AppError>>
  /** Ends switches that a crash cut off: of two copies, which are alike by then, the old one goes. */
  settle(): Promise<void>
  /** @errors storage/disk-full, storage/broken */
  forget(id: string): Promise<Result<void, AppError>>
}

export function places(file: string): Places {
  const list = jsonList(file, place)
  return {
    async of(id, usual) {
      const known = (await list.all()).find((one) => one.id === id)
      if (!known) return { id, path: usual }
      // The process ended between the note and the switch.
      const stillBefore = known.before !== undefined && (await sizeOf(known.path)) === 0
      return stillBefore ? { ...known, path: known.before ?? known.path } : known
    },
    set: (one) => list.change((now) => [...now.filter(({ id }) => id !== one.id), one]),
    async settle() {
      for (const { id, path, before } of await list.all()) {
        if (before === undefined || before === path) continue
        const arrived = (await sizeOf(path)) > 0
        // A copy gets its name only after its hash was checked and its bytes were synced.
        if (arrived) await rm(before, { force: true }).catch(() => undefined)
        await this.set({ id, path: arrived ? path : before })
      }
    },
    forget: (id) => list.change((now) => (now.some((one) => one.id === id) ? now.filter((one) => one.id !== id) : now)),
  }
}
