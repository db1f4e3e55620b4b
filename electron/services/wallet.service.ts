import type { WalletState, WalletView } from '../../shared/contract/wallet.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CreateWallet, ImportWords, KeysPort, WalletInfo } from '../keys/keys.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

export interface WalletDeps {
  readonly keys: KeysPort
  readonly clock: ClockPort
  readonly settings: SettingsService
}

/** Wallets of this computer, which one is looked at, and when it locks by itself. */
export class WalletService {
  readonly #deps: WalletDeps
  readonly #changed = new Listeners<WalletState>()
  #wallets: readonly WalletInfo[] = []
  #locksAtMs: number | undefined
  #cancelLock: (() => void) | undefined

  constructor(deps: WalletDeps) {
    this.#deps = deps
    deps.keys.onLocked(() => void this.#reload())
    deps.settings.onChange(() => this.touch())
  }

  /** The wallet that views show: the chosen one, or the only one. */
  active(): WalletInfo | undefined {
    const chosen = this.#deps.settings.get().activeWallet
    return this.#wallets.find((w) => w.name === chosen) ?? (this.#wallets.length === 1 ? this.#wallets[0] : undefined)
  }

  state(): WalletState {
    const active = this.active()
    return {
      wallets: this.#wallets as readonly WalletView[] as WalletView[],
      ...(active ? { active } : {}),
      ...(active?.unlocked && this.#locksAtMs !== undefined ? { locksAtMs: this.#locksAtMs } : {}),
    } as WalletState
  }

  onChange(listener: (state: WalletState) => void): () => void {
    return this.#changed.add(listener)
  }

  async load(): Promise<Result<WalletState, AppError>> {
    return this.#reload()
  }

  draft() {
    return this.#deps.keys.draft()
  }

  create(request: CreateWallet): Promise<Result<WalletView, AppError>> {
    return this.#added(this.#deps.keys.create(request))
  }

  importWords(request: ImportWords): Promise<Result<WalletView, AppError>> {
    return this.#added(this.#deps.keys.importWords(request))
  }

  inspectFolder(path: string) {
    return this.#deps.keys.inspectFolder(path)
  }

  importFolder(request: { path: string; name: string }): Promise<Result<WalletView, AppError>> {
    return this.#added(this.#deps.keys.importFolder(request))
  }

  async select(name: string): Promise<Result<WalletState, AppError>> {
    await this.#reload()
    if (!this.#wallets.some((w) => w.name === name)) return err({ code: 'keys/unknown-wallet', name })
    this.#deps.settings.remember({ activeWallet: name })
    return ok(this.#tell())
  }

  async unlock(name: string, password: string): Promise<Result<WalletState, AppError>> {
    const opened = await this.#deps.keys.unlock(name, password)
    if (!opened.ok) return opened
    await this.#reload()
    this.#armLock()
    return ok(this.#tell())
  }

  async lock(): Promise<Result<null, AppError>> {
    await this.#deps.keys.lock()
    await this.#reload()
    return ok(null)
  }

  async createHotkey(wallet: string, name: string) {
    const made = await this.#deps.keys.manage({ kind: 'create-hotkey', wallet, name })
    if (made.ok) await this.#reload()
    return made
  }

  /** The person did something: the time until the lock starts anew. */
  touch(): void {
    if (this.#wallets.some((w) => w.unlocked)) this.#armLock()
  }

  /** At most once in five seconds to the windows: a moving deadline is no news. */
  #armLock(): void {
    const { clock, settings } = this.#deps
    const minutes = settings.get().autoLockMinutes
    const before = this.#locksAtMs
    this.#cancelLock?.()
    this.#cancelLock = undefined
    this.#locksAtMs = undefined
    if (minutes > 0) {
      this.#locksAtMs = clock.nowMs() + minutes * 60_000
      this.#cancelLock = clock.after(minutes * 60_000, () => void this.lock())
    }
    if (Math.abs((this.#locksAtMs ?? 0) - (before ?? 0)) > 5_000) this.#tell()
  }

  async #added(pending: Promise<Result<WalletInfo, AppError>>): Promise<Result<WalletView, AppError>> {
    const made = await pending
    if (!made.ok) return made
    this.#deps.settings.remember({ activeWallet: made.value.name })
    await this.#reload()
    this.touch()
    return ok(made.value as WalletView)
  }

  async #reload(): Promise<Result<WalletState, AppError>> {
    const listed = await this.#deps.keys.list()
    if (!listed.ok) return listed
    this.#wallets = listed.value
    if (!listed.value.some((w) => w.unlocked)) {
      this.#cancelLock?.()
      this.#cancelLock = undefined
      this.#locksAtMs = undefined
    }
    return ok(this.#tell())
  }

  #tell(): WalletState {
    const state = this.state()
    this.#changed.tell(state)
    return state
  }
}
