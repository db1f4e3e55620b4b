import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import type { MachineRoom } from '../../shared/inference/model-memory.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { copyFile } from './copy-file.ts'
import { type DownloadProgress, downloadFile } from './download.ts'
import { asError } from './failed.ts'
import { copyName, describeFile, type ImportedModel, importedModels } from './imported.ts'
import { licences } from './licences.ts'
import { catalogueEntry, type Found, importedEntry, selfTestEntry } from './model-entries.ts'
import type { Licence, ModelEntry, ModelJob, ModelsPort, ModelWishes } from './models.port.ts'
import { type Mover, moveModel } from './move-model.ts'
import { partBytes, removePart, sizeOf } from './part-file.ts'
import { places } from './places.ts'
import { replaceFile } from './replace-file.ts'
import { SELF_TEST_FILE, SELF_TEST_ID, SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'
import { atSource } from './source-url.ts'

export interface ModelsOptions {
  /** Where models are kept unless the user names another folder; always: the self-test model and the lists. */
  readonly folder: string
  readonly catalogue: readonly CatalogueEntry[]
  /** Folder of licence texts, `<name of the licence>.txt`. */
  readonly licenceTexts?: string
  /** Makes a folder and those above it. Default: as Node does it. @throws what the system says */
  readonly makeFolder?: (path: string) => void
  /** Wall clock. Default: the system's. */
  readonly nowMs?: () => number
  /** Memory of this machine; `undefined` = unknown, and then so is what fits. */
  readonly room?: () => Promise<MachineRoom | undefined>
  /** Free bytes of the disk under a folder. Default: asks the system. */
  readonly freeBytes?: (folder: string) => Promise<number | undefined>
  /** Of a download; see `DownloadOptions`. */
  readonly retryMs?: number
  readonly stallMs?: number
  readonly smallestShareBytes?: number
}

/** A folder that is not there yet has the space of the one above it. */
async function systemFreeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  if (found) return found.bavail * found.bsize
  const above = dirname(folder)
  return above === folder ? undefined : systemFreeBytes(above)
}

/** Progress is told this often at most; a fast disk would otherwise report a thousand times a second. */
const TELL_EVERY_MS = 100

/** What is being done with a model, and how it is ended. */
interface Running {
  job: ModelJob
  readonly stop: AbortController
  readonly done: Promise<unknown>
}

class Models implements ModelsPort {
  readonly #options: ModelsOptions
  readonly #imported: ReturnType<typeof importedModels>
  readonly #places: ReturnType<typeof places>
  readonly #licences: ReturnType<typeof licences>
  readonly #listeners = new Set<() => void>()
  readonly #jobs = new Map<string, Running>()
  #settled: Promise<void> | undefined
  #selfTest: Promise<Result<string, AppError>> | undefined

  constructor(options: ModelsOptions) {
    this.#options = options
    this.#imported = importedModels(join(options.folder, 'imported.json'))
    this.#places = places(join(options.folder, 'places.json'))
    this.#licences = licences(join(options.folder, 'licences.json'), options.licenceTexts)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  #makeFolder(path: string): void {
    if (this.#options.makeFolder) this.#options.makeFolder(path)
    else mkdirSync(path, { recursive: true })
  }

  #inCatalogue(id: string): CatalogueEntry | undefined {
    return this.#options.catalogue.find((entry) => entry.id === id)
  }

  async list(wishes: ModelWishes = {}): Promise<readonly ModelEntry[]> {
    this.#settled ??= this.#places.settle()
    await this.#settled
    const { reserve, source } = wishes
    const machine = await this.#options.room?.()
    const room = machine && { ...machine, ...(reserve ? { reserve } : {}) }
    const accepted = await this.#licences.all()
    const catalogue = this.#options.catalogue.map(async (entry) =>
      catalogueEntry(entry, await this.#found(entry), { room, source, accepted }),
    )
    const imported = (await this.#imported.all()).map(async (model) =>
      importedEntry(model, await this.#found(model), room),
    )
    const sizeBytes = selfTestBytes().length
    const selfTest = await this.#found({ id: SELF_TEST_ID, file: SELF_TEST_FILE, sizeBytes })
    return [selfTestEntry(sizeBytes, selfTest, room), ...(await Promise.all([...catalogue, ...imported]))]
  }

  async #found(
    model: CatalogueEntry | ImportedModel | { id: string; file: string; sizeBytes: number },
  ): Promise<Found> {
    const { id, sizeBytes } = model
    const { path, movingTo } = await this.#places.of(id, this.#usualPath(model))
    const ready = (await sizeOf(path)) === sizeBytes
    return {
      path,
      ready,
      partBytes: ready ? 0 : await partBytes(path),
      moving:
        movingTo === undefined
          ? undefined
          : { folder: movingTo, bytes: await partBytes(join(movingTo, basename(path))) },
      job: this.#jobs.get(id)?.job,
    }
  }

  #usualPath(model: { readonly file: string } | { readonly path: string }): string {
    return 'path' in model ? model.path : join(this.#options.folder, model.file)
  }

  async #entry(id: string, wishes?: ModelWishes): Promise<Result<ModelEntry, AppError>> {
    const found = (await this.list(wishes)).find((entry) => entry.id === id)
    return found ? ok(found) : err({ code: 'model/unknown', id })
  }

  async pathOf(id: string): Promise<Result<string, AppError>> {
    if (id === SELF_TEST_ID) {
      this.#selfTest ??= this.#makeSelfTest().finally(() => {
        this.#selfTest = undefined
      })
      return this.#selfTest
    }
    const entry = await this.#entry(id)
    if (!entry.ok) return entry
    const { state, path, ours, origin } = entry.value
    if (state === 'ready' && path !== undefined) return ok(path)
    if (ours) return err({ code: 'model/not-downloaded', id })
    const own = (await this.#imported.all()).find((model) => model.id === id)?.path ?? ''
    // A file that changed its size is the user's own affair: loading says what is wrong with it.
    return origin === 'imported' && (await sizeOf(own)) > 0 ? ok(own) : err({ code: 'model/file-missing', file: own })
  }

  async #makeSelfTest(): Promise<Result<string, AppError>> {
    const target = join(this.#options.folder, SELF_TEST_FILE)
    const present = await readFile(target).catch(() => undefined)
    if (present && createHash('sha256').update(present).digest('hex') === SELF_TEST_SHA256) return ok(target)
    const written = await replaceFile(target, selfTestBytes())
    if (!written.ok) return written
    this.#changed()
    return ok(target)
  }

  async licence(id: string): Promise<Result<Licence, AppError>> {
    const entry = this.#inCatalogue(id)
    return entry ? ok(await this.#licences.of(entry)) : err({ code: 'model/unknown', id })
  }

  async agree(id: string, accepted: string | undefined): Promise<Result<void, AppError>> {
    const entry = this.#inCatalogue(id)
    if (!entry) return (await this.#entry(id)).ok ? ok(undefined) : err({ code: 'model/unknown', id })
    const agreed = await this.#licences.agree(entry, accepted, (this.#options.nowMs ?? Date.now)())
    if (agreed.ok && accepted !== undefined) this.#changed()
    return agreed
  }

  async download(id: string, wishes: ModelWishes): Promise<Result<ModelEntry, AppError>> {
    const known = await this.#entry(id)
    if (!known.ok) return known
    const { state, origin, ours, sizeBytes } = known.value
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    if (state === 'ready') return known
    // A file of the user's that went away cannot be fetched from anywhere.
    if (!ours) return err({ code: 'model/not-downloaded', id })
    const done =
      origin === 'imported'
        ? await this.#working(id, { kind: 'copy', totalBytes: sizeBytes }, (signal) => this.#copy(id, signal))
        : await this.#working(id, { kind: 'download', totalBytes: sizeBytes }, (signal) =>
            this.#fetch(id, wishes, signal),
          )
    return done.ok ? this.#entry(id, wishes) : done
  }

  /** One thing at a time is done with a model. */
  async #working<T>(
    id: string,
    job: Pick<ModelJob, 'kind' | 'totalBytes'>,
    work: (signal: AbortSignal) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    const stop = new AbortController()
    const { promise: done, resolve } = Promise.withResolvers<void>()
    this.#jobs.set(id, { job: { ...job, step: 'running', bytes: 0 }, stop, done })
    this.#changed()
    try {
      return await work(stop.signal)
    } finally {
      this.#jobs.delete(id)
      resolve()
      this.#changed()
    }
  }

  cancel(id: string): void {
    this.#jobs.get(id)?.stop.abort()
  }

  async close(): Promise<void> {
    const running = [...this.#jobs.values()]
    for (const { stop } of running) stop.abort()
    await Promise.all(running.map(({ done }) => done))
  }

  async #fetch(id: string, wishes: ModelWishes, signal: AbortSignal): Promise<Result<void, AppError>> {
    const entry = this.#inCatalogue(id)
    if (!entry) return err({ code: 'model/unknown', id })
    const agreed = await this.#licences.agree(entry, undefined, (this.#options.nowMs ?? Date.now)())
    if (!agreed.ok) return agreed
    const target = await this.#targetFor(entry, wishes)
    if (!target.ok) return target
    const { source, revision, file, sizeBytes, sha256, pieces } = entry
    const { connections, bytesPerSecond } = wishes
    const { retryMs, stallMs, smallestShareBytes } = this.#options
    const url = atSource(`${source}/resolve/${revision}/${file}`, wishes.source)
    return downloadFile(
      { url, target: target.value, sizeBytes, sha256, pieces },
      { ...this.#workOptions(id, signal), connections, bytesPerSecond, retryMs, stallMs, smallestShareBytes },
    )
  }

  /** What was begun is ended where it lies; else the folder that the user chose. */
  async #targetFor(model: CatalogueEntry | ImportedModel, wishes: ModelWishes): Promise<Result<string, AppError>> {
    const { path } = await this.#places.of(model.id, this.#usualPath(model))
    const begun = (await partBytes(path)) > 0
    const target = begun || wishes.folder === undefined ? path : join(wishes.folder, basename(path))
    // Somebody else's file in the folder that the user named: it would be written over, and deleted with the model.
    if (target !== path && (await sizeOf(target)) > 0)
      return err({ code: 'model/cannot-move', id: model.id, because: 'name-taken' })
    try {
      this.#makeFolder(dirname(target))
    } catch (problem) {
      return asError(problem, dirname(target), new AbortController().signal)
    }
    if (target === path) return ok(path)
    await removePart(path)
    const noted = await this.#places.set({ id: model.id, path: target })
    return noted.ok ? ok(target) : noted
  }

  #workOptions(id: string, signal: AbortSignal) {
    return {
      freeBytes: this.#options.freeBytes ?? systemFreeBytes,
      onProgress: this.#reporter(id),
      signal,
    }
  }

  #reporter(id: string): (progress: DownloadProgress) => void {
    let toldAt = Number.NEGATIVE_INFINITY
    return ({ step, ...rest }) => {
      const running = this.#jobs.get(id)
      if (!running) return
      const { job } = running
      const now: ModelJob = {
        kind: job.kind,
        totalBytes: job.totalBytes,
        ...rest,
        step: step === 'downloading' ? 'running' : step,
      }
      running.job = now
      const isNews = now.step !== job.step || now.bytes >= now.totalBytes
      if (!isNews && performance.now() - toldAt < TELL_EVERY_MS) return
      toldAt = performance.now()
      this.#changed()
    }
  }

  async importFile(path: string, how: ModelWishes & { readonly copy: boolean }): Promise<Result<ModelEntry, AppError>> {
    const described = await describeFile(path)
    if (!described.ok) return described
    const own = described.value
    if (this.#jobs.has(own.id)) return err({ code: 'model/busy', id: own.id })
    const before = (await this.#imported.all()).find(({ id }) => id === own.id)
    // Once it was copied the copy stays the model, whatever became of the original.
    const copied = before?.copyOf === undefined ? undefined : before
    const folder = how.folder ?? this.#options.folder
    const fresh = how.copy ? { ...own, path: join(folder, copyName(own)), copyOf: own.path } : own
    if (!copied) {
      const put = await this.#imported.put(fresh)
      if (!put.ok) return put
    }
    this.#changed()
    if (!how.copy && !copied) return this.#entry(own.id)
    return this.download(own.id, how)
  }

  async #copy(id: string, signal: AbortSignal): Promise<Result<void, AppError>> {
    const model = (await this.#imported.all()).find((one) => one.id === id)
    if (model?.copyOf === undefined) return err({ code: 'model/unknown', id })
    const source = model.copyOf
    if ((await sizeOf(source)) === 0) return err({ code: 'model/file-missing', file: source })
    const target = await this.#targetFor(model, {})
    if (!target.ok) return target
    try {
      const sha256 = await copyFile(
        { source, target: target.value, sizeBytes: model.sizeBytes },
        this.#workOptions(id, signal),
      )
      return this.#imported.put({ ...model, sha256 })
    } catch (problem) {
      return asError(problem, target.value, signal)
    }
  }

  async move(id: string, folder: string): Promise<Result<ModelEntry, AppError>> {
    const known = await this.#entry(id)
    if (!known.ok) return known
    const { ours, state, path, sizeBytes, sha256, moving } = known.value
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    if (!ours) return err({ code: 'model/cannot-move', id, because: 'not-ours' })
    if (state !== 'ready' || path === undefined) return err({ code: 'model/cannot-move', id, because: 'not-here' })
    const mover: Mover = {
      id,
      path,
      sizeBytes,
      sha256,
      movingTo: moving?.folder,
      places: this.#places,
      makeFolder: (path) => this.#makeFolder(path),
    }
    const done = await this.#working(id, { kind: 'move', totalBytes: sizeBytes }, (signal) =>
      moveModel(mover, folder, this.#workOptions(id, signal)),
    )
    return done.ok ? this.#entry(id) : done
  }

  async remove(id: string): Promise<Result<void, AppError>> {
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    const known = await this.#entry(id)
    if (!known.ok) return known
    const { origin, ours } = known.value
    const model = this.#inCatalogue(id) ?? (await this.#imported.all()).find((one) => one.id === id)
    const usual = model ? this.#usualPath(model) : join(this.#options.folder, SELF_TEST_FILE)
    const { path, movingTo } = await this.#places.of(id, usual)
    // First the mention: what is not mentioned any more cannot be taken for a model that is there.
    const forgotten = origin === 'imported' ? await this.#imported.forget(id) : ok(undefined)
    if (!forgotten.ok) return forgotten
    if (ours || origin === 'self-test') {
      await removePart(path)
      if (movingTo !== undefined) await removePart(join(movingTo, basename(path)))
      await rm(path, { force: true })
      const unplaced = await this.#places.forget(id)
      if (!unplaced.ok) return unplaced
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
