import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { jsonList } from './json-list.ts'
import type { Licence } from './models.port.ts'

const accepted = z.object({
  id: z.string(),
  licence: z.string(),
  revision: z.string(),
  /** Wall clock, ms since 1970. */
  atMs: z.number(),
})
export type Accepted = z.infer<typeof accepted>

type Licensed = Pick<CatalogueEntry, 'id' | 'licence' | 'licenceUrl' | 'revision'>

/** An agreement holds for one licence of one revision; another one has to be read again. */
export const acceptedMs = (all: readonly Accepted[], { id, licence, revision }: Licensed): number | undefined =>
  all.find((one) => one.id === id && one.licence === licence && one.revision === revision)?.atMs

/** What was agreed to, and when; older agreements stay as a record. */
export function licences(file: string, texts: string | undefined) {
  const list = jsonList(file, accepted)
  return {
    all: () => list.all(),

    async of(entry: Licensed): Promise<Licence> {
      const { id, licence, licenceUrl: url, revision } = entry
      const atMs = acceptedMs(await list.all(), entry)
      const path = texts === undefined || !/^[A-Za-z0-9.-]+$/.test(licence) ? undefined : join(texts, `${licence}.txt`)
      const text = path === undefined ? undefined : await readFile(path, 'utf8').catch(() => undefined)
      return {
        id,
        licence,
        url,
        revision,
        ...(text === undefined ? {} : { text }),
        ...(atMs === undefined ? {} : { acceptedMs: atMs }),
      }
    },

    /** @errors model/licence-not-accepted, storage/disk-full, storage/broken */
    async agree(entry: Licensed, name: string | undefined, nowMs: number): Promise<Result<void, AppError>> {
      const { id, licence, licenceUrl: url, revision } = entry
      if (acceptedMs(await list.all(), entry) !== undefined) return ok(undefined)
      if (name !== licence) return err({ code: 'model/licence-not-accepted', id, licence, url })
      return list.change((now) => [...now, { id, licence, revision, atMs: nowMs }])
    },
  }
}
