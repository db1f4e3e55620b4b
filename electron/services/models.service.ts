import type { LicenceView, ModelView } from '../../shared/contract/models.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { asksBeforeRemoval } from '../../shared/models/removal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ModelEntry, ModelsPort, ModelWishes } from '../models/models.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

const SELF_TEST = 'self-test'

export interface ModelsDeps {
  readonly models: ModelsPort
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>
  /** Whether the file of a model is loaded, or about to be. */
  readonly inUse: (path: string) => boolean
}

/** The list of models with what is being done to them, and how the last try ended. */
export class ModelsService {
  readonly #deps: ModelsDeps
  readonly #changed = new Listeners<void>()
  readonly #errors = new Map<string, AppError>()
  readonly #downloads = new Map<string, Promise<Result<unknown, AppError>>>()

  constructor(deps: ModelsDeps) {
    this.#deps = deps
    deps.models.onChange(() => this.#changed.tell())
    let { modelReserve, models } = deps.settings.get()
    deps.settings.onChange((now) => {
      if (now.modelReserve !== modelReserve || now.models !== models) this.#changed.tell()
      ;({ modelReserve, models } = now)
    })
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  async list(): Promise<ModelView[]> {
    return (await this.#deps.models.list(this.#wishes())).map((entry) => this.#view(entry))
  }

  #wishes(): ModelWishes {
    const { models, modelReserve } = this.#deps.settings.get()
    return { ...models, reserve: modelReserve }
  }

  /** What the machine offers was read anew: what fits may be another. */
  machineChanged(): void {
    this.#changed.tell()
  }

  licence(id: string): Promise<Result<LicenceView, AppError>> {
    return this.#deps.models.licence(id)
  }

  /**
   * Answers when the download has begun; its end shows in the list.
   * @param acceptLicence  name of the licence that was read and is agreed to; needed once for each licence and revision
   * @errors model/unknown, model/busy, model/licence-not-accepted, storage/disk-full, storage/broken
   */
  async download(id: string, acceptLicence?: string): Promise<Result<null, AppError>> {
    const { models } = this.#deps
    const entry = (await this.list()).find((model) => model.id === id)
    if (!entry) return err({ code: 'model/unknown', id })
    if (entry.job) return err({ code: 'model/busy', id })
    if (entry.state === 'ready') return ok(null)
    const agreed = await models.agree(id, acceptLicence)
    if (!agreed.ok) return agreed
    const download = this.#noting(id, () => models.download(id, this.#wishes()))
    this.#downloads.set(id, download)
    void download.finally(() => this.#downloads.get(id) === download && this.#downloads.delete(id))
    return ok(null)
  }

  /** How the download of now ends; `undefined` where none is under way. The list shows it a moment before its error is noted. */
  downloadEnd(id: string): Promise<Result<unknown, AppError>> | undefined {
    return this.#downloads.get(id)
  }

  /** Keeps the error of work that nobody may be waiting for any more. */
  async #noting<T>(id: string, work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    this.#errors.delete(id)
    const done = await work()
    if (!done.ok && done.error.code !== 'contract/cancelled' && done.error.code !== 'model/busy') {
      this.#errors.set(id, done.error)
      this.#changed.tell()
    }
    return done
  }

  async cancel(id: string): Promise<Result<null, AppError>> {
    this.#deps.models.cancel(id)
    return ok(null)
  }

  /** Answers when the file is in the list; of a copy, when it is whole and checked. */
  async importFile(path: string, copy: boolean): Promise<Result<ModelView, AppError>> {
    const imported = await this.#deps.models.importFile(path, { ...this.#wishes(), copy })
    return imported.ok ? ok(this.#view(imported.value)) : imported
  }

  /** Answers when the file is at its new place. */
  async move(id: string, folder: string): Promise<Result<ModelView, AppError>> {
    const refused = await this.#refusedInUse(id)
    if (refused) return err(refused)
    const moved = await this.#noting(id, () => this.#deps.models.move(id, folder))
    return moved.ok ? ok(this.#view(moved.value)) : moved
  }

  async makeSelfTest(): Promise<Result<ModelView, AppError>> {
    const made = await this.#deps.models.pathOf(SELF_TEST)
    if (!made.ok) return made
    const entry = (await this.list()).find((model) => model.id === SELF_TEST)
    return entry ? ok(entry) : err({ code: 'model/unknown', id: SELF_TEST })
  }

  /** @errors contract/bad-input: the file is large, and nobody said that it may go; those of `ModelsPort.remove` */
  async remove(id: string, understood = false): Promise<Result<null, AppError>> {
    const refused = await this.#refusedInUse(id)
    if (refused) return err(refused)
    const model = (await this.list()).find((one) => one.id === id)
    if (model && asksBeforeRemoval(model) && !understood) {
      const megabytes = Math.round(model.downloadedBytes / 1e6)
      return err({ code: 'contract/bad-input', issues: [`understood: ${megabytes} MB go; say "understood": true`] })
    }
    const removed = await this.#deps.models.remove(id)
    if (!removed.ok) return removed
    this.#errors.delete(id)
    this.#changed.tell()
    return ok(null)
  }

  async #refusedInUse(id: string): Promise<AppError | undefined> {
    const path = (await this.list()).find((model) => model.id === id)?.path
    return path !== undefined && this.#deps.inUse(path) ? { code: 'model/busy', id } : undefined
  }

  close(): Promise<void> {
    return this.#deps.models.close()
  }

  #view(entry: ModelEntry): ModelView {
    const error = this.#errors.get(entry.id)
    return error ? { ...entry, error } : entry
  }
}
