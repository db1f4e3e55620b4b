import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../../shared/units/amounts.ts'

export type CryptoType = 'sr25519' | 'ed25519'

export interface HotkeyInfo {
  readonly name: string
  readonly address: Ss58
  readonly encrypted: boolean
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
  readonly password: string
  /** At least three different positions, all right. */
  readonly checks: readonly WordCheck[]
}

export interface ImportWords {
  readonly name: string
  /** 12, 15, 18, 21 or 24 English words, separated by white space. */
  readonly words: string
  readonly password: string
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

/** What the user agreed to, as data. One member per kind of extrinsic that is ever signed. */
export type Intent =
  | {
      readonly kind: 'add-stake'
      readonly hotkey: Ss58
      readonly netuid: Netuid
      readonly amount: Rao
      readonly limitPrice: RaoPerAlpha
    }
  | {
      readonly kind: 'remove-stake'
      readonly hotkey: Ss58
      readonly netuid: Netuid
      readonly amount: Alpha
      readonly limitPrice: RaoPerAlpha
    }
  | { readonly kind: 'transfer'; readonly to: Ss58; readonly amount: Rao }
  /** Empties and closes the account. */
  | { readonly kind: 'transfer-all'; readonly to: Ss58 }
  | { readonly kind: 'register'; readonly hotkey: Ss58; readonly netuid: Netuid; readonly limit: Rao }
  | { readonly kind: 'serve-axon'; readonly netuid: Netuid; readonly ip: string; readonly port: number }

/** Which key of the wallet signs. */
export type Signer = 'coldkey' | { readonly hotkey: string }

export interface SignRequest {
  readonly wallet: string
  readonly signer: Signer
  /** The SCALE bytes of call, extra and additional; hashed here when longer than 256 bytes, as the chain does. */
  readonly payload: Uint8Array
  readonly intent: Intent
}

/** The signer, seen from services. Nothing secret comes out of it but a {@link MnemonicDraft}. */
export interface KeysPort {
  list(): Promise<Result<readonly WalletInfo[], AppError>>
  /** Twelve new words. They live in the worker until `create` takes them, or until it is locked. */
  draft(): Promise<Result<MnemonicDraft, AppError>>
  /** @errors keys/words-not-confirmed, keys/weak-password, keys/bad-name, keys/name-taken, keys/not-enough-memory */
  create(request: CreateWallet): Promise<Result<WalletInfo, AppError>>
  /** @errors keys/bad-mnemonic (its `word` is the place of the unknown word, `#3`; never what was typed), and those of `create` */
  importWords(request: ImportWords): Promise<Result<WalletInfo, AppError>>
  /** Wallets in a btwallet folder: one wallet's folder, or a folder of wallets. @errors keys/keyfile-missing */
  inspectFolder(path: string): Promise<Result<readonly FoundWallet[], AppError>>
  /** Copies the files of one btwallet wallet, unchanged, under `name`. Never overwrites; needs no password. */
  importFolder(request: { readonly path: string; readonly name: string }): Promise<Result<WalletInfo, AppError>>
  /** A new random hotkey in a plain file, as btwallet does: it can sign for a miner, not move the coldkey's TAO. */
  createHotkey(request: { readonly wallet: string; readonly name: string }): Promise<Result<HotkeyInfo, AppError>>
  /** Takes 3 to 5 s and 512 MiB. A plain coldkey opens with any password: there is none to check. */
  unlock(wallet: string, password: string): Promise<Result<WalletInfo, AppError>>
  /** Ends the worker process, and every secret with it. Plain hotkeys sign again without a password. */
  lock(): Promise<void>
  /** @returns 65 bytes, a SCALE `MultiSignature`: 0x00 ed25519 or 0x01 sr25519, then the signature. */
  sign(request: SignRequest): Promise<Result<Uint8Array, AppError>>
  /** Called after `lock` and when the worker died while a wallet was unlocked. @returns stops listening. */
  onLocked(listener: () => void): () => void
}
