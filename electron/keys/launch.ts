import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import type { FoundWallet, HotkeyInfo, KeysPort, KeysWork, OperationAnswers, WalletInfo } from './keys.port.ts'
import { KeysProcess } from './keys-process.ts'
import { onWire, passwordOnWire, secretOnWire } from './on-wire.ts'
import { roleServing } from './sealed-requests.ts'
import { signerCalls } from './signer-calls.ts'
import { typedPath } from './typed-path.ts'
import type { HotkeyOperation, WalletOperation } from './wallet-operations.port.ts'
import type { KeysAnswers, KeysRequest, KeysRole } from './wire.ts'
import { wipeSecrets } from './wire-parts.ts'

export interface KeysLaunch {
  readonly spawn: SpawnPort
  /** Created with owner-only access when missing. */
  readonly walletsFolder: string
  /** Lines that the worker writes; it writes none on purpose, so each is worth a warning in the log. */
  readonly onLine?: (line: string) => void
}

export interface LaunchedKeys extends KeysPort {
  /** Ends the workers for good; further calls answer `keys/locked`. */
  close(): Promise<void>
}

type Answer<R extends KeysRequest> = Promise<Result<KeysAnswers[R['kind']], AppError>>

const LOCKED: AppError = { code: 'keys/locked' }
/** Where a new process may look besides the wallets, and whether it may write there. */
interface Outside {
  readonly path: string
  /** Where it may write: the wallets, the other folder, both or nowhere. */
  readonly writes: readonly ('wallets' | 'outside')[]
}

/**
 * The signer behind {@link KeysPort}: two processes, started when first needed. The one of the coldkeys is ended by
 * `lock` and started anew after that; the one of the hotkeys goes on, so that a locked wallet never stops a miner.
 */
class Launcher implements LaunchedKeys {
  readonly #options: KeysLaunch
  readonly #lockedListeners = new Set<() => void>()
  readonly #workListeners = new Set<(work: KeysWork) => void>()
  readonly #processes = new Map<KeysRole, KeysProcess>()
  /** Whether a key was opened in the process, so that its end is news. */
  readonly #open = new Set<KeysRole>()
  #works = 0
  #closed = false

  constructor(options: KeysLaunch) {
    this.#options = options
    mkdirSync(options.walletsFolder, { recursive: true, mode: 0o700 })
  }

  list: KeysPort['list'] = async () => {
    const listed = await this.#ask('cold', { kind: 'list' })
    if (!listed.ok) return listed
    return { ok: true, value: await this.#withUnlocked(listed.value) }
  }

  sealingKey: KeysPort['sealingKey'] = async (channel) => {
    const role = roleServing(channel)
    if (!role) return { ok: false, error: { code: 'contract/unknown-channel', name: channel } }
    return this.#ask(role, { kind: 'sealing-key' })
  }

  draft: KeysPort['draft'] = (count, sealTo) =>
    this.#ask('cold', { kind: 'draft', ...(count ? { count } : {}), ...(sealTo === undefined ? {} : { sealTo }) })

  create: KeysPort['create'] = ({ draftId, name, password, checks, cryptoType, format }) =>
    this.#opening({
      kind: 'create',
      draftId,
      name,
      password: passwordOnWire(password),
      checks: 'box' in checks ? checks : [...checks],
      format: format ?? 'vault',
      ...(cryptoType ? { cryptoType } : {}),
    })

  importWords: KeysPort['importWords'] = ({ name, words, password, cryptoType, format }) =>
    this.#opening({
      kind: 'import-words',
      name,
      words: secretOnWire(words),
      password: passwordOnWire(password),
      format: format ?? 'vault',
      ...(cryptoType ? { cryptoType } : {}),
    })

  inspectFolder: KeysPort['inspectFolder'] = (typed): Promise<Result<readonly FoundWallet[], AppError>> => {
    const path = typedPath(typed)
    return this.#askOnce({ kind: 'inspect-folder', path }, { path, writes: [] })
  }

  importFolder: KeysPort['importFolder'] = (request): Promise<Result<WalletInfo, AppError>> => {
    const path = typedPath(request.path)
    return this.#askOnce({ kind: 'import-folder', path, name: request.name }, { path, writes: ['wallets'] })
  }

  async manage<O extends WalletOperation | HotkeyOperation>(
    operation: O,
  ): Promise<Result<OperationAnswers[O['kind']], AppError>> {
    // The cast: the wire's answers to these kinds are those of the port.
    return (await this.#managed(operation)) as Result<OperationAnswers[O['kind']], AppError>
  }

  unlock: KeysPort['unlock'] = (wallet, password) =>
    this.#opening({ kind: 'unlock', wallet, password: passwordOnWire(password) })

  async lock(): Promise<void> {
    await this.#processes.get('cold')?.end(LOCKED)
  }

  async lockAll(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.end(LOCKED)))
  }

  readonly #signer = signerCalls((role, request) => this.#ask(role, request))
  sign: KeysPort['sign'] = (request) => this.#signer.sign(request)
  read: KeysPort['read'] = (request) => this.#signer.read(request)
  policy: KeysPort['policy'] = (wallet) => this.#signer.policy(wallet)
  setPolicy: KeysPort['setPolicy'] = (request) => this.#signer.setPolicy(request)
  cancelLoosening: KeysPort['cancelLoosening'] = (wallet) => this.#signer.cancelLoosening(wallet)
  audit: KeysPort['audit'] = (request) => this.#signer.audit(request)
  exportAudit: KeysPort['exportAudit'] = (request) => this.#signer.exportAudit(request)
  signShielded: KeysPort['signShielded'] = (request) => this.#signer.signShielded(request)
  signOrder: KeysPort['signOrder'] = (request) => this.#signer.signOrder(request)
  signMessage: KeysPort['signMessage'] = (request) => this.#signer.signMessage(request)
  beginAnswers: KeysPort['beginAnswers'] = (request) => this.#signer.beginAnswers(request)
  signAnswer: KeysPort['signAnswer'] = (request) => this.#signer.signAnswer(request)
  endAnswers: KeysPort['endAnswers'] = (request) => this.#signer.endAnswers(request)
  verifyMessage: KeysPort['verifyMessage'] = (request) => this.#signer.verifyMessage(request)

  onLocked(listener: () => void): () => void {
    this.#lockedListeners.add(listener)
    return () => void this.#lockedListeners.delete(listener)
  }

  onWork(listener: (work: KeysWork) => void): () => void {
    this.#workListeners.add(listener)
    return () => void this.#workListeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.lockAll()
  }

  async #managed(operation: WalletOperation | HotkeyOperation): Promise<Result<unknown, AppError>> {
    switch (operation.kind) {
      case 'unlock-hotkey': {
        const opened = await this.#ask('hot', onWire(operation))
        if (opened.ok) this.#open.add('hot')
        return opened
      }
      case 'lock-hotkey':
        return this.#ask('hot', onWire(operation))
      case 'remove-hotkey':
        // What was removed shall not sign on.
        if (this.#processes.has('hot')) await this.#ask('hot', { ...operation, kind: 'lock-hotkey' })
        return this.#ask('cold', onWire(operation))
      case 'export-btwallet':
        return this.#export({ ...operation, folder: typedPath(operation.folder) })
      case 'import-hotkey-file':
        return this.#askOnce(onWire({ ...operation, path: typedPath(operation.path) }), {
          path: dirname(typedPath(operation.path)),
          writes: ['wallets'],
        })
      default:
        return this.#ask('cold', onWire(operation))
    }
  }

  /**
   * Two steps, so that the process which may write outside of our folder gets a sealed file and no password. The folder
   * has to be there when that one starts: the permission for one that is not yet covers no file in it.
   */
  async #export(operation: Extract<WalletOperation, { kind: 'export-btwallet' }>): Promise<Result<unknown, AppError>> {
    const { wallet, folder, password } = operation
    const coldkey = await this.#ask('cold', { kind: 'nacl-coldkey', wallet, password: passwordOnWire(password) })
    if (!coldkey.ok) return coldkey
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch {
      return { ok: false, error: { code: 'storage/read-only', path: folder } }
    }
    const sealed = coldkey.value ? { coldkey: coldkey.value } : {}
    return this.#askOnce({ kind: 'export-btwallet', wallet, folder, ...sealed }, { path: folder, writes: ['outside'] })
  }

  /** The list comes from the process of the coldkeys; which hotkeys are open, only the other one knows. */
  async #withUnlocked(wallets: readonly WalletInfo[]): Promise<readonly WalletInfo[]> {
    if (!this.#open.has('hot')) return wallets
    const open = await this.#ask('hot', { kind: 'unlocked-hotkeys' })
    if (!open.ok) return wallets
    const isOpen = (hotkey: HotkeyInfo) => hotkey.unlocked || open.value.includes(hotkey.address)
    return wallets.map((wallet) => ({
      ...wallet,
      hotkeys: wallet.hotkeys.map((hotkey) => ({ ...hotkey, unlocked: isOpen(hotkey) })),
    }))
  }

  /** What is asked while a process ends, as right after `lock`, is answered by the next one, as it would be a moment later. */
  async #ask<R extends KeysRequest>(role: KeysRole, request: R): Answer<R> {
    for (let going = this.#processes.get(role)?.going; going; going = this.#processes.get(role)?.going) await going
    if (this.#closed) return { ok: false, error: LOCKED }
    const running = this.#processes.get(role) ?? this.#startKept(role)
    return this.#told(running, request)
  }

  #startKept(role: KeysRole): KeysProcess {
    const started = this.#start(role, () => {
      this.#processes.delete(role)
      if (this.#open.delete(role)) for (const listener of this.#lockedListeners) listener()
    })
    this.#processes.set(role, started)
    return started
  }

  /**
   * A process of its own for a folder outside ours: the permissions of a running process cannot be widened, and the one
   * that holds the coldkeys shall not see more than our wallets.
   */
  async #askOnce<R extends KeysRequest>(request: R, outside: Outside): Answer<R> {
    if (this.#closed) return { ok: false, error: LOCKED }
    const once = this.#start('cold', () => undefined, outside)
    const answer = await this.#told(once, request)
    await once.end(LOCKED)
    return answer
  }

  #start(role: KeysRole, onEnd: () => void, outside?: Outside): KeysProcess {
    const { spawn, walletsFolder, onLine } = this.#options
    const folder = resolve(walletsFolder)
    const lines = onLine ? { onLine } : {}
    const elsewhere = outside ? [resolve(outside.path)] : []
    const worker = spawn.start('keys', {
      args: [folder, role],
      mayLoadAddons: true,
      mayRead: [folder, ...elsewhere],
      mayWrite: outside
        ? outside.writes.map((where) => (where === 'wallets' ? folder : resolve(outside.path)))
        : [folder],
      ...lines,
    })
    return new KeysProcess(worker, role, { onEnd })
  }

  async #told<R extends KeysRequest>(process: KeysProcess, request: R): Answer<R> {
    const slow = 'password' in request
    this.#works += slow ? 1 : 0
    const about = { id: this.#works, kind: request.kind, wallet: 'wallet' in request ? request.wallet : undefined }
    const tell = (state: KeysWork['state'], progress: number) => {
      if (slow) for (const listener of this.#workListeners) listener({ ...about, state, progress })
    }
    tell('waiting', 0)
    const answer = await process
      .ask(request, (progress) => tell('working', progress))
      .finally(() => wipeSecrets(request))
    tell('over', 1)
    return answer
  }

  async #opening<R extends KeysRequest>(request: R): Answer<R> {
    const reply = await this.#ask('cold', request)
    if (reply.ok) this.#open.add('cold')
    return reply
  }
}

export const launchKeys = (options: KeysLaunch): LaunchedKeys => new Launcher(options)
