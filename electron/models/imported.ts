import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { type InspectedModel, inspectGguf } from '../../shared/inference/inspect-gguf.ts'
import { memoryOfOneChat } from '../../shared/inference/judge-fit.ts'
import type { ModelShape } from '../../shared/inference/model-memory.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { jsonList } from './json-list.ts'

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
  /** The file is a copy of this one, made by this app; `copyOf` is not needed any more once `sha256` is there. */
  copyOf: z.string().exactOptional(),
  /** Of a finished copy. */
  sha256: z.string().exactOptional(),
})
export type ImportedModel = z.infer<typeof imported>

/** Mentions of the user's own files, and of copies of them. */
export interface ImportedModels {
  all(): Promise<readonly ImportedModel[]>
  /** @errors storage/disk-full, storage/broken */
  put(model: ImportedModel): Promise<Result<void, AppError>>
  /** @errors storage/disk-full, storage/broken */
  forget(id: string): Promise<Result<void, AppError>>
}

async function inspect(path: string): Promise<Result<InspectedModel, AppError>> {
  // Opening a pipe waits for whoever writes into it, perhaps for ever, and a thread of this process with it.
  const found = await stat(path).catch(() => undefined)
  if (found && !found.isFile()) return err({ code: 'model/broken', file: path, reason: 'this is not a file' })
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return err({ code: 'model/file-missing', file: path })
  try {
    const { size } = await handle.stat()
    const readStart = async (bytes: number): Promise<Uint8Array> =>
      (await handle.read(new Uint8Array(bytes), 0, bytes, 0)).buffer
    return await inspectGguf({ path, sizeBytes: size, readStart })
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

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

/**
 * What a file of the user's is as a model.
 * @errors model/file-missing, model/broken, model/split
 */
export async function describeFile(path: string): Promise<Result<ImportedModel, AppError>> {
  const file = resolve(path)
  const inspected = await inspect(file)
  if (!inspected.ok) return inspected
  const { facts, sizeBytes } = inspected.value
  const split = facts.split ?? splitByName(file)
  if (split && split.parts > 1) return err({ code: 'model/split', file, ...split })
  return ok({
    id: `local-${createHash('sha256').update(file).digest('hex').slice(0, 12)}`,
    path: file,
    name: facts.name ?? nameOf(file),
    sizeBytes,
    memoryBytes: memoryOfOneChat({ ...facts, sizeBytes }),
    shape: shapeFacts(inspected.value),
    ...(facts.quant ? { quant: facts.quant } : {}),
    ...(facts.licence ? { licence: facts.licence } : {}),
  })
}

/** Parts are named so by the tool that splits. @source llama.cpp `llama_split_path` */
function splitByName(path: string): { readonly part: number; readonly parts: number } | undefined {
  const found = /-(\d{5})-of-(\d{5})\.gguf$/i.exec(path)
  return found ? { part: Number(found[1]), parts: Number(found[2]) } : undefined
}

/** A name of our own for a copy: nothing of the file's content goes into it, and of its name only harmless signs. */
export const copyName = ({ id, path }: ImportedModel): string =>
  `${id}-${nameOf(path)
    .replace(/\.gguf$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .slice(0, 80)}.gguf`

/** @param file  where the list is kept, JSON. */
export function importedModels(file: string): ImportedModels {
  const list = jsonList<ImportedModel>(file, imported)
  return {
    all: () => list.all(),
    put: (model) => list.change((now) => [...now.filter(({ id }) => id !== model.id), model]),
    forget: (id) => list.change((now) => now.filter((model) => model.id !== id)),
  }
}
