import type { Settings } from '../../shared/settings/settings.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { Listeners } from './live-read.ts'

/** Typed settings; every change is on disk before it is told. */
export class SettingsService {
  readonly #storage: StoragePort
  readonly #changed = new Listeners<Settings>()
  #now: Settings

  constructor(storage: StoragePort) {
    this.#storage = storage
    this.#now = storage.settings()
  }

  get(): Settings {
    return this.#now
  }

  /** Changes the named settings, keeps the others. */
  remember(change: Partial<Settings>): Settings {
    const next: Settings = { ...this.#now, ...change }
    this.#storage.saveSettings(next)
    this.#now = next
    this.#changed.tell(next)
    return next
  }

  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changed.add(listener)
  }
}
