import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { type InspectedModel, inspectGguf } from '../../shared/inference/inspect-gguf.ts'
import { memoryOfOneChat } from '../../shared/inference/judge-fit.ts'
import type { ModelShape } from '../../shared/inference/model-memory.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { replaceFile } from './replace-file.ts'

const number = z.number().exactOptional()
/** As the file's header says it; what it does not say is absent. */
const shape = z.object({
  contextLength: number,
  layers: number,
  cacheNumbersPerLayer: number,
  headLength: number,
  vocabularySize: number,
  kind: z.enum(['text', 'embed', 'rank']).exactOptional(),
})

const imported = z.object({
  id: z.string(),
  path: z.string(),
  name: z.string(),
  sizeBytes: z.number(),
  memoryBytes: z.number(),
  quant: z.string().exactOptional(),
  licence: z.string().exactOptional(),
  /** Absent in lists of earlier versions. */
  shape: shape.exactOptional(),
})
const list = z.object({ version: z.literal(1), models: z.array(imported) })
export type ImportedModel = z.infer<typeof imported>

/** Mentions of the user's own files; the files stay where they are. */
export interface ImportedModels {
  all(): Promise<readonly ImportedModel[]>
  /** @errors model/file-missing, model/broken, storage/disk-full, storage/broken */
  add(path: string): Promise<Result<ImportedModel, AppError>>
  /** @errors storage/disk-full, storage/broken */
  forget(id: string): Promise<Result<void, AppError>>
}

async function inspect(path: string): Promise<Result<InspectedModel, AppError>> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return err({ code: 'model/file-missing', file: path })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return err({ code: 'model/broken', file: path, reason: 'this is not a file' })
    const readStart = async (bytes: number): Promise<Uint8Array> =>
      (await handle.read(new Uint8Array(bytes), 0, bytes, 0)).buffer
    return await inspectGguf({ path, sizeBytes: stat.size, readStart })
  } finally {
    await handle.close()
  }
}

/** A shape that is not known is taken for a large one. */
export const importedShape = ({ sizeBytes, shape: known }: ImportedModel): ModelShape => ({
  sizeBytes,
  contextLength: known?.contextLength,
  layers: known?.layers,
  cacheNumbersPerLayer: known?.cacheNumbersPerLayer,
  headLength: known?.headLength,
  vocabularySize: known?.vocabularySize,
  ...(known?.kind ? { kind: known.kind } : {}),
})

function shapeFacts({ facts }: InspectedModel): z.infer<typeof shape> {
  const { contextLength, layers, cacheNumbersPerLayer, headLength, vocabularySize, kind } = facts
  const known = Object.entries({ contextLength, layers, cacheNumbersPerLayer, headLength, vocabularySize }).filter(
    ([, value]) => value !== undefined,
  )
  return { ...Object.fromEntries(known), kind }
}

function described(path: string, inspected: InspectedModel): ImportedModel {
  const { facts, sizeBytes } = inspected
  const fileName = path.split(/[\\/]/).at(-1) ?? path
  return {
    id: `local-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`,
    path,
    name: facts.name ?? fileName,
    sizeBytes,
    memoryBytes: memoryOfOneChat({ ...facts, sizeBytes }),
    shape: shapeFacts(inspected),
    ...(facts.quant ? { quant: facts.quant } : {}),
    ...(facts.licence ? { licence: facts.licence } : {}),
  }
}

/** @param file  where the list is kept, JSON. A broken list is an empty one: it can be made again by importing again. */
export function importedModels(file: string): ImportedModels {
  const read = async (): Promise<readonly ImportedModel[]> => {
    try {
      return list.parse(JSON.parse(await readFile(file, 'utf8'))).models
    } catch {
      return []
    }
  }
  const write = (models: readonly ImportedModel[]): Promise<Result<void, AppError>> =>
    replaceFile(file, Buffer.from(JSON.stringify({ version: 1, models }, null, 2)))
  /** One change after the other: each reads what the one before wrote. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const next = last.then(change, change)
    last = next
    return next
  }
  return {
    all: read,
    async add(path) {
      const absolute = resolve(path)
      const inspected = await inspect(absolute)
      if (!inspected.ok) return inspected
      const model = described(absolute, inspected.value)
      const written = await inTurn(async () => write([...(await read()).filter(({ id }) => id !== model.id), model]))
      return written.ok ? ok(model) : written
    },
    forget: (id) => inTurn(async () => write((await read()).filter((model) => model.id !== id))),
  }
}
