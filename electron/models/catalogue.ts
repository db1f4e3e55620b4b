import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const entry = z.strictObject({
  /** Never changes and is never used again for another file: settings refer to it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  use: z.string().min(1),
  /** Page of the repository; the file is at `<source>/resolve/<revision>/<file>`. */
  source: z.url({ protocol: /^https$/ }),
  /** Commit, so that the file behind the address cannot change. */
  revision: z.string().regex(/^[0-9a-f]{40}$/),
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.gguf$/),
  sizeBytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  quant: z.string().min(1),
  licence: z.string().min(1),
  licenceUrl: z.url({ protocol: /^https$/ }),
  /** By `neededMemory` of shared/inference for one chat of 4,096 tokens. */
  memoryBytes: z.number().int().positive(),
})
const catalogue = z.strictObject({ models: z.array(entry).readonly() })

export type CatalogueEntry = z.infer<typeof entry>

/** Reads `resources/models.json`. Throws: a broken resource is our bug, not a user's mistake. */
export async function readCatalogue(path: string): Promise<readonly CatalogueEntry[]> {
  const { models } = catalogue.parse(JSON.parse(await readFile(path, 'utf8')))
  if (new Set(models.flatMap(({ id, file }) => [id, file])).size !== models.length * 2) {
    throw new Error('two models share an id or a file name')
  }
  return models
}
