import { createHash } from 'node:crypto'
import { readFile, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { type Fit, judgeFit, memoryOfOneChat } from '../../shared/inference/judge-fit.ts'
import type { MachineRoom, ModelReserve, ModelShape } from '../../shared/inference/model-memory.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type CatalogueEntry, shapeOf } from './catalogue.ts'
import { downloadFile, partOf, removePart, sizeOf } from './download.ts'
import { type ImportedModel, importedModels, importedShape } from './imported.ts'
import type { ModelEntry, ModelProgress, ModelsPort } from './models.port.ts'
import { replaceFile } from './replace-file.ts'
import { SELF_TEST_FILE, SELF_TEST_ID, SELF_TEST_NAME, SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'

export interface ModelsOptions {
  /** Where downloads, the self-test model and the list of imports live. Made when needed. */
  readonly folder: string
  readonly catalogue: readonly CatalogueEntry[]
  /** Memory of this machine; `undefined` = unknown, and then so is what fits. */
  readonly room?: () => Promise<MachineRoom | undefined>
  /** Free bytes of the disk under a folder. Default: asks the system. */
  readonly freeBytes?: (folder: string) => Promise<number | undefined>
  /** First wait after a cut connection. Default: 1_000. */
  readonly retryMs?: number
}

/** A folder that is not there yet has the space of the one above it. */
async function systemFreeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  if (found) return found.bavail * found.bsize
  const above = dirname(folder)
  return above === folder ? undefined : systemFreeBytes(above)
}

/** Progress is told this often at most; a fast disk would otherwise report a thousand times a second. */
const PROGRESS_EVERY_MS = 100

const urlOf = ({ source, revision, file }: CatalogueEntry): string => `${source}/resolve/${revision}/${file}`

/** A self-test model's shape, as its header says it. */
const SELF_TEST_SHAPE = {
  contextLength: 8192,
  layers: 2,
  cacheNumbersPerLayer: 128,
  headLength: 16,
  vocabularySize: 262,
}

function fitOf(
  shape: ModelShape,
  room: MachineRoom | undefined,
): { readonly fits: Fit['fits']; readonly fitWhy: string } {
  const { fits, why } = judgeFit(shape, room)
  return { fits, fitWhy: why }
}

class Models implements ModelsPort {
  readonly #options: ModelsOptions
  readonly #imported: ReturnType<typeof importedModels>
  readonly #listeners = new Set<() => void>()
  /** Bytes that are there, by id of the model that is being downloaded. */
  readonly #downloading = new Map<string, number>()
  #selfTest: Promise<Result<string, AppError>> | undefined

  constructor(options: ModelsOptions) {
    this.#options = options
    this.#imported = importedModels(join(options.folder, 'imported.json'))
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #target(file: string): string {
    return join(this.#options.folder, file)
  }

  #inCatalogue(id: string): CatalogueEntry | undefined {
    return this.#options.catalogue.find((entry) => entry.id === id)
  }

  async list(reserve?: ModelReserve): Promise<readonly ModelEntry[]> {
    const known = await this.#options.room?.()
    const room = known && { ...known, ...(reserve ? { reserve } : {}) }
    const catalogue = await Promise.all(this.#options.catalogue.map((entry) => this.#catalogueEntry(entry, room)))
    const imported = await Promise.all((await this.#imported.all()).map((model) => this.#importedEntry(model, room)))
    return [await this.#selfTestEntry(room), ...catalogue, ...imported]
  }

  async #selfTestEntry(room: MachineRoom | undefined): Promise<ModelEntry> {
    const sizeBytes = selfTestBytes().length
    const shape = { ...SELF_TEST_SHAPE, sizeBytes }
    const there = (await sizeOf(this.#target(SELF_TEST_FILE))) === sizeBytes
    return {
      id: SELF_TEST_ID,
      name: SELF_TEST_NAME,
      use: 'Proves that loading, generating and answering work on this computer. Its text means nothing.',
      origin: 'self-test',
      file: SELF_TEST_FILE,
      sizeBytes,
      sha256: SELF_TEST_SHA256,
      memoryBytes: memoryOfOneChat(shape),
      quant: 'F32',
      // Made on demand within milliseconds: nothing has to be downloaded before it can be used.
      state: 'ready',
      downloadedBytes: there ? sizeBytes : 0,
      ...fitOf(shape, room),
    }
  }

  async #catalogueEntry(entry: CatalogueEntry, room: MachineRoom | undefined): Promise<ModelEntry> {
    const target = this.#target(entry.file)
    const downloading = this.#downloading.get(entry.id)
    const ready = (await sizeOf(target)) === entry.sizeBytes
    const part = ready ? entry.sizeBytes : (downloading ?? (await sizeOf(partOf(target))))
    const partly = part > 0 ? 'partial' : 'absent'
    const { shape: _, ...facts } = entry
    const shape = shapeOf(entry)
    return {
      ...facts,
      origin: 'catalogue',
      memoryBytes: memoryOfOneChat(shape),
      state: downloading !== undefined ? 'downloading' : ready ? 'ready' : partly,
      downloadedBytes: part,
      ...fitOf(shape, room),
    }
  }

  async #importedEntry(model: ImportedModel, room: MachineRoom | undefined): Promise<ModelEntry> {
    const { path, shape: _, ...facts } = model
    const there = (await sizeOf(path)) === model.sizeBytes
    return {
      ...facts,
      use: 'Your own file.',
      origin: 'imported',
      file: path.split(/[\\/]/).at(-1) ?? path,
      state: there ? 'ready' : 'absent',
      downloadedBytes: there ? model.sizeBytes : 0,
      ...fitOf(importedShape(model), room),
    }
  }

  async #entry(id: string): Promise<Result<ModelEntry, AppError>> {
    const found = (await this.list()).find((entry) => entry.id === id)
    return found ? ok(found) : err({ code: 'model/unknown', id })
  }

  async pathOf(id: string): Promise<Result<string, AppError>> {
    if (id === SELF_TEST_ID) {
      this.#selfTest ??= this.#makeSelfTest().finally(() => {
        this.#selfTest = undefined
      })
      return this.#selfTest
    }
    const entry = this.#inCatalogue(id)
    if (entry) {
      const target = this.#target(entry.file)
      const ready = (await sizeOf(target)) === entry.sizeBytes
      return ready ? ok(target) : err({ code: 'model/not-downloaded', id })
    }
    const own = (await this.#imported.all()).find((model) => model.id === id)
    if (!own) return err({ code: 'model/unknown', id })
    return (await sizeOf(own.path)) > 0 ? ok(own.path) : err({ code: 'model/file-missing', file: own.path })
  }

  async #makeSelfTest(): Promise<Result<string, AppError>> {
    const target = this.#target(SELF_TEST_FILE)
    const present = await readFile(target).catch(() => undefined)
    if (present && createHash('sha256').update(present).digest('hex') === SELF_TEST_SHA256) return ok(target)
    const written = await replaceFile(target, selfTestBytes())
    if (!written.ok) return written
    this.#changed()
    return ok(target)
  }

  async download(
    id: string,
    on: { readonly progress?: (progress: ModelProgress) => void },
    signal: AbortSignal,
  ): Promise<Result<ModelEntry, AppError>> {
    const entry = this.#inCatalogue(id)
    if (!entry) {
      const known = await this.#entry(id)
      // The self-test model and imported files have nothing to fetch.
      return known.ok && known.value.state === 'absent' ? err({ code: 'model/not-downloaded', id }) : known
    }
    if (this.#downloading.has(id)) return err({ code: 'model/busy', id })
    const target = this.#target(entry.file)
    this.#downloading.set(id, await sizeOf(partOf(target)))
    this.#changed()
    try {
      if ((await sizeOf(target)) !== entry.sizeBytes) {
        const done = await downloadFile(
          { url: urlOf(entry), target, sizeBytes: entry.sizeBytes, sha256: entry.sha256 },
          {
            freeBytes: this.#options.freeBytes ?? systemFreeBytes,
            onProgress: this.#reporter(entry, on.progress),
            signal,
            ...(this.#options.retryMs === undefined ? {} : { retryMs: this.#options.retryMs }),
          },
        )
        if (!done.ok) return done
      }
    } finally {
      this.#downloading.delete(id)
      this.#changed()
    }
    return this.#entry(id)
  }

  #reporter(
    { id, sizeBytes }: CatalogueEntry,
    tell: ((progress: ModelProgress) => void) | undefined,
  ): (bytes: number, step: ModelProgress['step']) => void {
    let toldAt = 0
    return (bytes, step) => {
      if (step === 'downloading') this.#downloading.set(id, bytes)
      if (bytes < sizeBytes && Date.now() - toldAt < PROGRESS_EVERY_MS) return
      toldAt = Date.now()
      tell?.({ id, downloadedBytes: bytes, totalBytes: sizeBytes, step })
    }
  }

  async importFile(path: string): Promise<Result<ModelEntry, AppError>> {
    const added = await this.#imported.add(path)
    if (!added.ok) return added
    this.#changed()
    return this.#entry(added.value.id)
  }

  async remove(id: string): Promise<Result<void, AppError>> {
    if (this.#downloading.has(id)) return err({ code: 'model/busy', id })
    const known = await this.#entry(id)
    if (!known.ok) return known
    if (known.value.origin === 'imported') {
      const forgotten = await this.#imported.forget(id)
      if (!forgotten.ok) return forgotten
    } else {
      const target = this.#target(known.value.file)
      await removePart(target)
      await rm(target, { force: true })
    }
    this.#changed()
    return ok(undefined)
  }
}

let madeSelfTest: Buffer | undefined
function selfTestBytes(): Buffer {
  madeSelfTest ??= selfTestModel()
  return madeSelfTest
}

export const createModels = (options: ModelsOptions): ModelsPort => new Models(options)
