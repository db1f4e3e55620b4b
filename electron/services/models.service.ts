import type { ModelView } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ModelEntry, ModelProgress, ModelsPort } from '../models/models.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

const SELF_TEST = 'self-test'

/** The list of models with the downloads under way and how the last try ended. */
export class ModelsService {
  readonly #models: ModelsPort
  readonly #changed = new Listeners<void>()
  readonly #running = new Map<string, { stop: AbortController; progress?: ModelProgress }>()
  readonly #errors = new Map<string, AppError>()

  readonly #settings: Pick<SettingsService, 'get' | 'onChange'>

  constructor(models: ModelsPort, settings: Pick<SettingsService, 'get' | 'onChange'>) {
    this.#models = models
    this.#settings = settings
    models.onChange(() => this.#changed.tell())
    let reserve = settings.get().modelReserve
    settings.onChange(({ modelReserve }) => {
      if (modelReserve !== reserve) this.#changed.tell()
      reserve = modelReserve
    })
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  async list(): Promise<ModelView[]> {
    return (await this.#entries()).map((entry) => this.#view(entry))
  }

  #entries(): Promise<readonly ModelEntry[]> {
    return this.#models.list(this.#settings.get().modelReserve)
  }

  /** What the machine offers was read anew: what fits may be another. */
  machineChanged(): void {
    this.#changed.tell()
  }

  /** Answers when the download has begun; its end shows in the list. */
  async download(id: string): Promise<Result<null, AppError>> {
    const entry = (await this.#models.list()).find((model) => model.id === id)
    if (!entry) return err({ code: 'model/unknown', id })
    if (this.#running.has(id)) return err({ code: 'model/busy', id })
    const stop = new AbortController()
    this.#running.set(id, { stop })
    this.#errors.delete(id)
    const progress = (now: ModelProgress) => {
      this.#running.set(id, { stop, progress: now })
      this.#changed.tell()
    }
    void this.#models.download(id, { progress }, stop.signal).then((result) => {
      this.#running.delete(id)
      if (!result.ok && result.error.code !== 'contract/cancelled') this.#errors.set(id, result.error)
      this.#changed.tell()
    })
    return ok(null)
  }

  async cancel(id: string): Promise<Result<null, AppError>> {
    this.#running.get(id)?.stop.abort()
    return ok(null)
  }

  async importFile(path: string): Promise<Result<ModelView, AppError>> {
    const imported = await this.#models.importFile(path)
    return imported.ok ? ok(this.#view(imported.value)) : imported
  }

  async makeSelfTest(): Promise<Result<ModelView, AppError>> {
    const made = await this.#models.pathOf(SELF_TEST)
    if (!made.ok) return made
    const entry = (await this.#models.list()).find((model) => model.id === SELF_TEST)
    return entry ? ok(this.#view(entry)) : err({ code: 'model/unknown', id: SELF_TEST })
  }

  async remove(id: string): Promise<Result<null, AppError>> {
    const removed = await this.#models.remove(id)
    return removed.ok ? ok(null) : removed
  }

  close(): void {
    for (const { stop } of this.#running.values()) stop.abort()
  }

  #view(entry: ModelEntry): ModelView {
    const progress = this.#running.get(entry.id)?.progress
    const error = this.#errors.get(entry.id)
    return {
      ...entry,
      ...(this.#running.has(entry.id) ? { state: 'downloading' as const } : {}),
      ...(progress ? { downloadedBytes: progress.downloadedBytes } : {}),
      ...(error ? { error } : {}),
    }
  }
}
