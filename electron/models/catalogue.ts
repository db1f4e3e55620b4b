import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ModelShape } from '../../shared/inference/model-memory.ts'
import { MODEL_USES } from '../../shared/models/model-choices.ts'

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

const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** Hashes of the pieces of a file, in order; the last piece may be shorter. */
const pieces = z.strictObject({ lengthBytes: z.number().int().min(65_536), sha256: z.array(hash).min(1).readonly() })

const entry = z.strictObject({
  /** Never changes and is never used again for another file: settings refer to it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  use: z.string().min(1),
  uses: z.array(z.enum(MODEL_USES)).min(1).readonly(),
  /** Page of the repository; the file is at `<source>/resolve/<revision>/<file>`. */
  source: z.url({ protocol: /^https$/ }),
  /** Commit, so that the file behind the address cannot change. */
  revision: z.string().regex(/^[0-9a-f]{40}$/),
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.gguf$/),
  sizeBytes: z.number().int().positive(),
  sha256: hash,
  /** Only where they were computed from the very file whose hash is above. */
  pieces: pieces.exactOptional(),
  quant: z.string().min(1),
  licence: z.string().min(1),
  licenceUrl: z.url({ protocol: /^https$/ }),
  shape,
})
const catalogue = z.strictObject({ models: z.array(entry).readonly() })

export type CatalogueEntry = z.infer<typeof entry>

/** The same that the header of the downloaded file gives. */
export const shapeOf = ({
  sizeBytes,
  shape,
  uses,
}: Pick<CatalogueEntry, 'sizeBytes' | 'shape' | 'uses'>): ModelShape => ({
  sizeBytes,
  kind: uses.includes('embedding') ? 'embed' : uses.includes('rerank') ? 'rank' : 'text',
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
  for (const { id, sizeBytes, pieces } of models) {
    if (pieces && pieces.sha256.length !== Math.ceil(sizeBytes / pieces.lengthBytes))
      throw new Error(`${id} has another number of pieces than its size asks for`)
  }
  return models
}
