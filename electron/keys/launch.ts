import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { SpawnPort } from '../system/spawn.port.ts'
import type { FoundWallet, KeysPort, WalletInfo } from './keys.port.ts'
import { KeysProcess } from './keys-process.ts'
import { type KeysAnswers, type KeysRequest, wipeSecrets } from './wire.ts'

export interface KeysLaunch {
  readonly spawn: SpawnPort
  /** Created with owner-only access when missing. */
  readonly walletsFolder: string
  /** Lines that the worker writes; it writes none on purpose, so each is worth a warning in the log. */
  readonly onLine?: (line: string) => void
}

export interface LaunchedKeys extends KeysPort {
  /** Ends the worker for good; further calls answer `keys/locked`. */
  close(): Promise<void>
}

type Answer<R extends KeysRequest> = Promise<Result<KeysAnswers[R['kind']], AppError>>

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
/** Unicode white space at both ends, as Rust's `str::trim` in btwallet. */
const trimmed = (text: string): string => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')

/** The signer behind {@link KeysPort}: a process started when first needed, ended by `lock`, started anew after that. */
class Launcher implements LaunchedKeys {
  readonly #options: KeysLaunch
  readonly #listeners = new Set<() => void>()
  #process: KeysProcess | undefined
  #anyUnlocked = false
  #closed = false

  constructor(options: KeysLaunch) {
    this.#options = options
    mkdirSync(options.walletsFolder, { recursive: true, mode: 0o700 })
  }

  list: KeysPort['list'] = () => this.#ask({ kind: 'list' })

  draft: KeysPort['draft'] = () => this.#ask({ kind: 'draft' })

  create: KeysPort['create'] = ({ draftId, name, password, checks }) =>
    this.#opening(this.#ask({ kind: 'create', draftId, name, password: utf8(trimmed(password)), checks: [...checks] }))

  importWords: KeysPort['importWords'] = ({ name, words, password }) =>
    this.#opening(this.#ask({ kind: 'import-words', name, words: utf8(words), password: utf8(trimmed(password)) }))

  inspectFolder: KeysPort['inspectFolder'] = (path): Promise<Result<readonly FoundWallet[], AppError>> =>
    this.#askOnce({ kind: 'inspect-folder', path: resolve(path) }, path)

  importFolder: KeysPort['importFolder'] = ({ path, name }): Promise<Result<WalletInfo, AppError>> =>
    this.#askOnce({ kind: 'import-folder', path: resolve(path), name }, path)

  createHotkey: KeysPort['createHotkey'] = ({ wallet, name }) => this.#ask({ kind: 'create-hotkey', wallet, name })

  unlock: KeysPort['unlock'] = (wallet, password) => {
    const short = trimmed(password)
    const untrimmed = short === password ? {} : { untrimmed: utf8(password) }
    return this.#opening(this.#ask({ kind: 'unlock', wallet, password: utf8(short), ...untrimmed }))
  }

  async lock(): Promise<void> {
    await this.#process?.end({ code: 'keys/locked' })
  }

  sign: KeysPort['sign'] = ({ wallet, signer, payload, intent }) =>
    this.#ask({ kind: 'sign', wallet, signer, payload, intent })

  onLocked(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#process?.end({ code: 'keys/locked' })
  }

  #ask<R extends KeysRequest>(request: R): Answer<R> {
    if (this.#closed) return Promise.resolve({ ok: false, error: { code: 'keys/locked' } })
    this.#process ??= this.#start([], () => {
      this.#process = undefined
      const wasOpen = this.#anyUnlocked
      this.#anyUnlocked = false
      if (wasOpen) for (const listener of this.#listeners) listener()
    })
    return this.#process.ask(request).finally(() => wipeSecrets(request))
  }

  /**
   * A process of its own for a folder outside ours: the permissions of a running process cannot be widened, and the one
   * that holds the coldkeys shall not see more than our wallets.
   */
  async #askOnce<R extends KeysRequest>(request: R, path: string): Answer<R> {
    const once = this.#start([resolve(path)], () => undefined, request.kind === 'import-folder')
    const answer = await once.ask(request)
    await once.end({ code: 'keys/locked' })
    return answer
  }

  #start(mayRead: readonly string[], onEnd: () => void, writes = true): KeysProcess {
    const { spawn, walletsFolder, onLine } = this.#options
    const folder = resolve(walletsFolder)
    const lines = onLine ? { onLine } : {}
    const mayWrite = writes ? [folder] : []
    return new KeysProcess(spawn.start('keys', { args: [folder], mayRead, mayWrite, ...lines }), onEnd)
  }

  async #opening(answer: Promise<Result<WalletInfo, AppError>>): Promise<Result<WalletInfo, AppError>> {
    const reply = await answer
    if (reply.ok) this.#anyUnlocked = true
    return reply
  }
}

export const launchKeys = (options: KeysLaunch): LaunchedKeys => new Launcher(options)
