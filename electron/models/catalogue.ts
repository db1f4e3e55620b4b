import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ModelShape } from '../../shared/inference/model-memory.ts'

const whole = z.number().int().positive()

/** What the file's header will say, known before it is here. */
const shape = z.strictObject({
  layers: whole,
  /** Heads that ask. */
  heads: whole,
  /** Heads whose keys and values are kept. */
  keyHeads: whole,
  headLength: whole,
  width: whole,
  contextLength: whole,
  vocabularySize: whole,
  /** Page that says so. */
  source: z.url({ protocol: /^https$/ }),
})

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
  shape,
})
const catalogue = z.strictObject({ models: z.array(entry).readonly() })

export type CatalogueEntry = z.infer<typeof entry>

/** The same that the header of the downloaded file gives. */
export const shapeOf = ({ sizeBytes, shape }: Pick<CatalogueEntry, 'sizeBytes' | 'shape'>): ModelShape => ({
  sizeBytes,
  contextLength: shape.contextLength,
  layers: shape.layers,
  // Keys and values.
  cacheNumbersPerLayer: 2 * shape.keyHeads * shape.headLength,
  headLength: shape.headLength,
  vocabularySize: shape.vocabularySize,
})

/** Reads `resources/models.json`. Throws: a broken resource is our bug, not a user's mistake. */
export async function readCatalogue(path: string): Promise<readonly CatalogueEntry[]> {
  const { models } = catalogue.parse(JSON.parse(await readFile(path, 'utf8')))
  if (new Set(models.flatMap(({ id, file }) => [id, file])).size !== models.length * 2) {
    throw new Error('two models share an id or a file name')
  }
  return models
}
