import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Sealed, SecretText } from '../../shared/sealing/sealed.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { Signer, SignerPort, SignRequest } from './signer.port.ts'

import type {
  CryptoType,
  HasWords,
  HotkeyOperation,
  KeyFormat,
  KeyWeakness,
  NewFormat,
  SecretReading,
  TrashEntry,
  WalletOperation,
  WordsDiagnosis,
} from './wallet-operations.port.ts'

export type { CryptoType, Intent, Signer, SignerPort, SignRequest }

export interface HotkeyInfo {
  readonly name: string
  readonly address: Ss58
  readonly cryptoType: CryptoType
  readonly encrypted: boolean
  readonly format: KeyFormat
  /** It can sign now: its file is plain, or it was unlocked since the app started. */
  readonly unlocked: boolean
}

export interface WalletInfo {
  readonly name: string
  /** The coldkey: it holds TAO and owns stake. */
  readonly address: Ss58
  readonly cryptoType: CryptoType
  /** Only the public part is on this computer: it can be looked at, not spent from. */
  readonly watchOnly: boolean
  /** False: the coldkey file is plain text, whoever can read it can spend; warn. Also false when watch-only. */
  readonly encrypted: boolean
  readonly format: KeyFormat
  /** Why the file protects less than our own vault does; empty where it does not. */
  readonly weaknesses: readonly KeyWeakness[]
  readonly hasWords: HasWords
  readonly unlocked: boolean
  readonly hotkeys: readonly HotkeyInfo[]
}

/** The one answer in which words leave the worker: they have to be written down once. */
export interface MnemonicDraft {
  readonly draftId: string
  readonly words: readonly string[]
}

export interface WordCheck {
  /** 0-based. */
  readonly position: number
  readonly word: string
}

export interface CreateWallet {
  readonly draftId: string
  readonly name: string
  readonly password: SecretText
  /** Default: sr25519, as the official tools. */
  readonly cryptoType?: CryptoType | undefined
  /** Default: our own vault. */
  readonly format?: NewFormat | undefined
  /** At least three different positions, all right. */
  readonly checks: readonly WordCheck[] | Sealed
}

export interface ImportWords {
  readonly name: string
  /** 12, 15, 18, 21 or 24 English words, separated by white space. */
  readonly words: SecretText
  readonly password: SecretText
  /** Default: sr25519, as the official tools. */
  readonly cryptoType?: CryptoType | undefined
  /** Default: our own vault. */
  readonly format?: NewFormat | undefined
}

/** A btwallet wallet folder as found on disk: names and public parts only. */
export interface FoundWallet {
  readonly name: string
  readonly path: string
  /** Absent when neither `coldkeypub.txt` nor a plain coldkey tells it. */
  readonly address: Ss58 | undefined
  readonly watchOnly: boolean
  readonly encrypted: boolean
  readonly hotkeys: readonly HotkeyInfo[]
}

/** What each operation is answered with. */
export interface OperationAnswers {
  readonly 'word-list': readonly string[]
  readonly 'diagnose-words': WordsDiagnosis | Sealed
  readonly 'inspect-secret': readonly SecretReading[]
  readonly 'inspect-polkadot': readonly SecretReading[]
  readonly 'import-secret': WalletInfo
  readonly 'import-polkadot': WalletInfo
  readonly 'import-watch': WalletInfo
  readonly 'reveal-words': readonly string[] | Sealed
  /** The folder that was written. */
  readonly 'export-btwallet': string
  /** The text of the file, sealed with the wallet's password. */
  readonly 'export-polkadot': string
  readonly 'rename-wallet': WalletInfo
  readonly 'rename-hotkey': WalletInfo
  readonly 'remove-wallet': TrashEntry
  readonly 'remove-hotkey': TrashEntry
  readonly 'list-trash': readonly TrashEntry[]
  readonly restore: WalletInfo
  readonly 'delete-forever': null
  readonly 'change-password': WalletInfo
  readonly convert: WalletInfo
  readonly 'create-hotkey': HotkeyInfo
  readonly 'import-hotkey': HotkeyInfo
  readonly 'import-hotkey-file': HotkeyInfo
  readonly 'unlock-hotkey': HotkeyInfo
  readonly 'lock-hotkey': null
}

/** A long piece of work in a keys process, told as it begins and when it is over. */
export interface KeysWork {
  readonly id: number
  readonly kind: string
  readonly wallet: string | undefined
  readonly state: 'waiting' | 'working' | 'over'
  /** Of one stretching of a password, 0 to 1, by the clock; some work stretches two or three times. */
  readonly progress: number
}

/** The signer, seen from services. Nothing secret comes out of it but words: once when drafted, and when revealed. */
export interface KeysPort extends SignerPort {
  list(): Promise<Result<readonly WalletInfo[], AppError>>
  /**
   * A public key, for the secrets of one request on a channel of the contract, of the process that will serve it. That
   * process keeps the other half, opens with it once, and takes it along when it ends.
   * @errors contract/unknown-channel for a channel that takes nothing secret
   */
  sealingKey(channel: string): Promise<Result<string, AppError>>
  /** New words, twelve unless 24 are asked for. They live in the worker until `create` takes them, or it is locked. */
  draft(count?: 12 | 24, sealTo?: string): Promise<Result<MnemonicDraft | Sealed, AppError>>
  /** @errors keys/words-not-confirmed, keys/weak-password, keys/bad-name, keys/name-taken, keys/not-enough-memory */
  create(request: CreateWallet): Promise<Result<WalletInfo, AppError>>
  /** @errors keys/bad-mnemonic (its `word` is the place of the unknown word, `#3`; never what was typed), and those of `create` */
  importWords(request: ImportWords): Promise<Result<WalletInfo, AppError>>
  /** Wallets in a btwallet folder: one wallet's folder, or a folder of wallets. @errors keys/keyfile-missing */
  inspectFolder(path: string): Promise<Result<readonly FoundWallet[], AppError>>
  /** Copies the files of one btwallet wallet, unchanged, under `name`. Never overwrites; needs no password. */
  importFolder(request: { readonly path: string; readonly name: string }): Promise<Result<WalletInfo, AppError>>
  /** Everything else that is done with wallets and hotkeys. */
  manage<O extends WalletOperation | HotkeyOperation>(
    operation: O,
  ): Promise<Result<OperationAnswers[O['kind']], AppError>>
  /** Takes about a second, or 3 to 5 s and 512 MiB for `$NACL`. A plain coldkey opens with any password. */
  unlock(wallet: string, password: SecretText): Promise<Result<WalletInfo, AppError>>
  /** Ends the process of the coldkeys, and every secret with it. Hotkeys sign on: they live in a process of their own. */
  lock(): Promise<void>
  /** Ends the process of the hotkeys, too. */
  lockAll(): Promise<void>
  /** Called after `lock` and when a worker died while a key was unlocked in it. @returns stops listening. */
  onLocked(listener: () => void): () => void
  /** Tells of work that takes seconds. @returns stops listening. */
  onWork(listener: (work: KeysWork) => void): () => void
}
