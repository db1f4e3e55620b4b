import type { WalletState, WalletView } from '../../shared/contract/wallet.contract.ts'
import type { WalletWork } from '../../shared/contract/wallet-keeping.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SecretText } from '../../shared/sealing/sealed.ts'
import type { CreateWallet, ImportWords, KeysPort, OperationAnswers, WalletInfo } from '../keys/keys.port.ts'
import type { HotkeyOperation, WalletOperation } from '../keys/wallet-operations.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

export type LockReason = NonNullable<WalletState['lastLock']>['reason']
type Operation = WalletOperation | HotkeyOperation

/** They change nothing that a window shows of wallets. */
const READS: ReadonlySet<Operation['kind']> = new Set([
  'word-list',
  'diagnose-words',
  'inspect-secret',
  'inspect-polkadot',
  'reveal-words',
  'export-btwallet',
  'export-polkadot',
  'list-trash',
])
/** They make a wallet, which then is the one that all views show. */
const ADDS: ReadonlySet<Operation['kind']> = new Set(['import-secret', 'import-polkadot', 'import-watch'])

export interface WalletDeps {
  readonly keys: KeysPort
  readonly clock: ClockPort
  readonly settings: SettingsService
}

/** Wallets of this computer, which one is looked at, and when it locks by itself. */
export class WalletService {
  readonly #deps: WalletDeps
  readonly #changed = new Listeners<WalletState>()
  readonly #workChanged = new Listeners<readonly WalletWork[]>()
  readonly #works = new Map<number, WalletWork>()
  #wallets: readonly WalletInfo[] = []
  #lastLock: WalletState['lastLock']
  /** Why the process of the coldkeys is being ended; unknown when it ends by itself. */
  #lockReason: LockReason | undefined
  #locksAtMs: number | undefined
  #cancelLock: (() => void) | undefined

  constructor(deps: WalletDeps) {
    this.#deps = deps
    deps.keys.onLocked(() => {
      this.#lastLock = { atMs: deps.clock.nowMs(), reason: this.#lockReason ?? 'ended' }
      void this.#reload()
    })
    deps.keys.onWork(({ id, wallet, ...work }) => {
      if (work.state === 'over') this.#works.delete(id)
      else this.#works.set(id, { id, ...work, ...(wallet === undefined ? {} : { wallet }) })
      this.#workChanged.tell(this.works())
    })
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
      ...(this.#lastLock ? { lastLock: this.#lastLock } : {}),
    } as WalletState
  }

  onChange(listener: (state: WalletState) => void): () => void {
    return this.#changed.add(listener)
  }

  /** Key files that are being opened or sealed now. */
  works(): readonly WalletWork[] {
    return [...this.#works.values()]
  }

  onWork(listener: (works: readonly WalletWork[]) => void): () => void {
    return this.#workChanged.add(listener)
  }

  async load(): Promise<Result<WalletState, AppError>> {
    return this.#reload()
  }

  sealingKey(channel: string): Promise<Result<string, AppError>> {
    return this.#deps.keys.sealingKey(channel)
  }

  draft(count?: 12 | 24, sealTo?: string) {
    return this.#deps.keys.draft(count, sealTo)
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

  async unlock(name: string, password: SecretText): Promise<Result<WalletState, AppError>> {
    const opened = await this.#deps.keys.unlock(name, password)
    if (!opened.ok) return opened
    await this.#reload()
    this.#armLock()
    return ok(this.#tell())
  }

  /** Forgets all opened coldkeys. Hotkeys stay open: a miner goes on. */
  async lock(reason: LockReason = 'asked'): Promise<Result<null, AppError>> {
    this.#lockReason = reason
    await this.#deps.keys.lock()
    this.#lockReason = undefined
    await this.#reload()
    return ok(null)
  }

  /** Everything that is done with wallets and hotkeys besides making, opening and signing. */
  async manage<O extends Operation>(operation: O): Promise<Result<OperationAnswers[O['kind']], AppError>> {
    const before = this.active()?.name
    const done = await this.#deps.keys.manage(operation)
    if (!done.ok || READS.has(operation.kind)) return done
    const shown = shownAfter(operation)
    const renamedAway = operation.kind === 'rename-wallet' && operation.wallet !== before
    await this.#reload({ show: shown !== undefined && !renamedAway ? shown : before })
    this.touch()
    return done
  }

  /** Views show a wallet while there is one: the one that is asked for, or the first when that one was removed. */
  #keepShowing(show: string | undefined): void {
    const next = this.#wallets.find(({ name }) => name === show) ?? this.active() ?? this.#wallets[0]
    if (next) this.#deps.settings.remember({ activeWallet: next.name })
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
      this.#cancelLock = clock.after(minutes * 60_000, () => void this.lock('idle'))
    }
    if (Math.abs((this.#locksAtMs ?? 0) - (before ?? 0)) > 5_000) this.#tell()
  }

  async #added(pending: Promise<Result<WalletInfo, AppError>>): Promise<Result<WalletView, AppError>> {
    const made = await pending
    if (!made.ok) return made
    await this.#reload({ show: made.value.name })
    this.touch()
    return ok(made.value as WalletView)
  }

  /** The choice changes with the list: a state in between, with no wallet to show, would close every open view. */
  async #reload(change?: { readonly show: string | undefined }): Promise<Result<WalletState, AppError>> {
    const listed = await this.#deps.keys.list()
    if (!listed.ok) return listed
    this.#wallets = listed.value
    if (change) this.#keepShowing(change.show)
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

/** The wallet that views show after an operation; `undefined` leaves it as it is. */
function shownAfter(operation: Operation): string | undefined {
  if (operation.kind === 'rename-wallet') return operation.name
  return ADDS.has(operation.kind) && 'name' in operation ? operation.name : undefined
}
