import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CatalogueEntry } from './catalogue.ts'
import { checkFile } from './check-file.ts'
import { copyFile } from './copy-file.ts'
import { type DownloadProgress, downloadFile } from './download.ts'
import { asError } from './failed.ts'
import { copyName, describeFile, type ImportedModel, importedModels } from './imported.ts'
import { jobReporter, type Running } from './job-reporter.ts'
import { knownFiles } from './known-files.ts'
import { licences } from './licences.ts'
import { catalogueEntry, type Found, importedEntry, selfTestEntry } from './model-entries.ts'
import type { Licence, ModelEntry, ModelJob, ModelsPort, ModelWishes } from './models.port.ts'
import { type ModelsOptions, systemFreeBytes } from './models-options.ts'
import { type Mover, moveModel } from './move-model.ts'
import { partBytes, removePart, sizeOf } from './part-file.ts'
import { places } from './places.ts'
import { replaceFile } from './replace-file.ts'
import { SELF_TEST_FILE, SELF_TEST_ID, SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'
import { atSource } from './source-url.ts'

class Models implements ModelsPort {
  readonly #options: ModelsOptions
  readonly #imported: ReturnType<typeof importedModels>
  readonly #places: ReturnType<typeof places>
  readonly #licences: ReturnType<typeof licences>
  readonly #known: ReturnType<typeof knownFiles>
  readonly #listeners = new Set<() => void>()
  readonly #jobs = new Map<string, Running>()
  /** Files that are being read for their hash, or were and it could not be had: those are not begun anew by themselves. */
  readonly #checks = new Map<string, Promise<unknown>>()
  #settled: Promise<void> | undefined
  #selfTest: Promise<Result<string, AppError>> | undefined

  constructor(options: ModelsOptions) {
    this.#options = options
    this.#imported = importedModels(join(options.folder, 'imported.json'))
    this.#places = places(join(options.folder, 'places.json'))
    this.#licences = licences(join(options.folder, 'licences.json'), options.licenceTexts)
    this.#known = knownFiles(join(options.folder, 'checked.json'))
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
    const whole = (await sizeOf(path)) === sizeBytes
    const expected = 'sha256' in model ? model.sha256 : undefined
    const actual = whole && expected !== undefined ? await this.#known.sha256Of(id, path) : undefined
    const ready = whole && actual === expected
    // The name and the size say little: whoever put it there, it is read once before it is taken.
    if (whole && !ready && actual === undefined) this.#checkSoon(id, path, sizeBytes)
    const wrong =
      expected !== undefined && actual !== undefined && !ready
        ? ({ code: 'model/hash-mismatch', file: path, expected, actual } as const)
        : undefined
    return {
      path,
      ready,
      wrong,
      partBytes: ready ? 0 : await partBytes(path),
      moving:
        movingTo === undefined
          ? undefined
          : { folder: movingTo, bytes: await partBytes(join(movingTo, basename(path))) },
      job: this.#jobs.get(id)?.job,
    }
  }

  #checkSoon(id: string, path: string, sizeBytes: number): void {
    if (this.#jobs.has(id) || this.#checks.has(id)) return
    const job = { kind: 'download', totalBytes: sizeBytes, step: 'checking' } as const
    this.#checks.set(
      id,
      this.#working(id, job, (signal) => this.#hash(id, path, signal)),
    )
  }

  async #hash(id: string, path: string, signal: AbortSignal): Promise<Result<void, AppError>> {
    const report = this.#reporter(id)
    try {
      const { sha256 } = await checkFile(path, undefined, {
        onProgress: (bytes) => report({ bytes, step: 'checking' }),
        signal,
      })
      await this.#known.note(id, path, sha256)
      this.#checks.delete(id)
      return ok(undefined)
    } catch (problem) {
      return asError(problem, path, signal)
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
    const entry = await this.#checkedEntry(id)
    if (!entry.ok) return entry
    const { state, path, ours, origin, error } = entry.value
    if (state === 'ready' && path !== undefined) return ok(path)
    if (error) return err(error)
    if (ours) return err({ code: 'model/not-downloaded', id })
    const own = (await this.#imported.all()).find((model) => model.id === id)?.path ?? ''
    // A file that changed its size is the user's own affair: loading says what is wrong with it.
    return origin === 'imported' && (await sizeOf(own)) > 0 ? ok(own) : err({ code: 'model/file-missing', file: own })
  }

  /** After its file was read for its hash, where that was not done yet, or could not be. */
  async #checkedEntry(id: string): Promise<Result<ModelEntry, AppError>> {
    if (!this.#jobs.has(id)) this.#checks.delete(id)
    const entry = await this.#entry(id)
    await this.#checks.get(id)
    return entry.ok && entry.value.state === 'ready' ? entry : this.#entry(id)
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
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    const known = await this.#checkedEntry(id)
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
    job: Pick<ModelJob, 'kind' | 'totalBytes'> & Partial<Pick<ModelJob, 'step'>>,
    work: (signal: AbortSignal) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    const stop = new AbortController()
    const { promise: done, resolve } = Promise.withResolvers<void>()
    this.#jobs.set(id, { job: { step: 'running', bytes: 0, ...job }, stop, done })
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
    const fetched = await downloadFile(
      { url, target: target.value, sizeBytes, sha256, pieces },
      { ...this.#workOptions(id, signal), connections, bytesPerSecond, retryMs, stallMs, smallestShareBytes },
    )
    if (fetched.ok) await this.#known.note(id, target.value, sha256)
    return fetched
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
    return jobReporter(
      () => this.#jobs.get(id),
      () => this.#changed(),
    )
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
      await this.#known.note(id, target.value, sha256)
      return this.#imported.put({ ...model, sha256 })
    } catch (problem) {
      return asError(problem, target.value, signal)
    }
  }

  async move(id: string, folder: string): Promise<Result<ModelEntry, AppError>> {
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    const known = await this.#checkedEntry(id)
    if (!known.ok) return known
    const { ours, state, path, sizeBytes, sha256, moving, error } = known.value
    if (this.#jobs.has(id)) return err({ code: 'model/busy', id })
    if (error) return err(error)
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
    const done = await this.#working(id, { kind: 'move', totalBytes: sizeBytes }, async (signal) => {
      const moved = await moveModel(mover, folder, this.#workOptions(id, signal))
      // On another disk it is another file, whose hash was compared on the way.
      if (moved.ok && sha256 !== undefined) await this.#known.note(id, join(folder, basename(path)), sha256)
      return moved
    })
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
