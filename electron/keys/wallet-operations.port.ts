import type { SecretText } from '../../shared/sealing/sealed.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

export type CryptoType = 'sr25519' | 'ed25519'

/** How the secret lies on the disk. `watch-only`: not at all. */
export type KeyFormat = 'vault' | 'nacl' | 'ansible' | 'fernet' | 'plain' | 'watch-only'
/** What new files are written as: our own vault, or the format of the official tools. */
export type NewFormat = 'vault' | 'btwallet'

/**
 * Why a file protects less than our vault does.
 * `constant-salt`: everyone's file has the same salt, so one table of guessed passwords serves against all of them.
 * `old-cipher`: fewer rounds than today's computers ask for. `plain-text`: whoever reads the file has the key.
 */
export type KeyWeakness = 'constant-salt' | 'old-cipher' | 'plain-text'

/** `unknown`: the file is sealed, and was not opened since the app started. */
export type HasWords = 'yes' | 'no' | 'unknown'

/** One reading of a secret that can be read in several ways. Public facts only. */
export interface SecretReading {
  readonly form: string
  readonly cryptoType: CryptoType
  readonly address: Ss58
}

/** A word that is not in the list, by its place, with words of the list that it may have been. */
export interface UnknownWord {
  /** From 1. */
  readonly place: number
  /** Nearest first; where it is the only unknown word, fitting ones first. */
  readonly candidates: readonly string[]
}

/** One change that would make the checksum right. */
export type WordRepair =
  | { readonly kind: 'word'; readonly place: number; readonly word: string }
  /** Exchanges the words at `place` and `place + 1`. */
  | { readonly kind: 'swap'; readonly place: number }

/** An answer for the window that typed the words; never part of an error, as errors are logged. */
export interface WordsDiagnosis {
  readonly count: number
  readonly problem: 'none' | 'word-count' | 'unknown-word' | 'checksum' | 'other-address'
  readonly unknown: readonly UnknownWord[]
  /**
   * For a checksum that is wrong, or words of another address. By chance one change in 16 (12 words) to 256 (24 words)
   * fits without being the right one, so several may stand here; with a known address only the right one does.
   */
  readonly repairs: readonly WordRepair[]
}

/** Something removed that can be had back. */
export interface TrashEntry {
  /** Sorts by time. */
  readonly id: string
  readonly removedAtMs: number
  readonly kind: 'wallet' | 'hotkey'
  readonly wallet: string
  /** Present when `kind` is `hotkey`. */
  readonly hotkey?: string
  readonly address: Ss58 | undefined
  readonly format: KeyFormat
}

/** How a new hotkey is sealed. Without a password it lies there as plain text, as the official tools do it. */
export interface HotkeySealing {
  readonly password?: SecretText | undefined
  readonly format?: NewFormat | undefined
}

/** Where a one-time public key is named, the answer comes sealed to it. */
interface SealedAnswer {
  readonly sealTo?: string | undefined
}

interface NewKey {
  readonly name: string
  readonly password: SecretText
  readonly format: NewFormat
}

/**
 * What can be done with wallets besides signing. Text in `password`, `newPassword`, `sourcePassword`, `accountPassword`,
 * `secret` and `words` is secret: it travels to the worker sealed, or as bytes, and is wiped there.
 */
export type WalletOperation =
  | { readonly kind: 'word-list' }
  /** What is wrong with words, down to the place. With the wallet's address, chance hits are left out. */
  | ({
      readonly kind: 'diagnose-words'
      readonly words: SecretText
      readonly address?: Ss58 | undefined
    } & SealedAnswer)
  /** @errors keys/bad-secret, keys/bad-mnemonic */
  | { readonly kind: 'inspect-secret'; readonly secret: SecretText }
  | { readonly kind: 'inspect-polkadot'; readonly json: string }
  | ({
      readonly kind: 'import-secret'
      readonly secret: SecretText
      readonly cryptoType?: CryptoType | undefined
      /** Chosen among the readings of `inspect-secret`. */
      readonly address?: Ss58 | undefined
    } & NewKey)
  | ({
      readonly kind: 'import-polkadot'
      readonly json: string
      readonly sourcePassword: SecretText
      /** Of the account inside an export of several; default: the same as `sourcePassword`. */
      readonly accountPassword?: SecretText | undefined
      /** Needed when the file holds several accounts. */
      readonly address?: Ss58 | undefined
    } & NewKey)
  /** @param source an address, or the text of a `coldkeypub.txt`. */
  | {
      readonly kind: 'import-watch'
      readonly name: string
      readonly source: string
      readonly cryptoType?: CryptoType | undefined
    }
  /** @errors keys/watch-only, keys/no-words, keys/wrong-password */
  | ({ readonly kind: 'reveal-words'; readonly wallet: string; readonly password: SecretText } & SealedAnswer)
  /** Writes `<folder>/<wallet>/…` as the official tools do. @errors keys/name-taken */
  | {
      readonly kind: 'export-btwallet'
      readonly wallet: string
      readonly password: SecretText
      readonly folder: string
    }
  | {
      readonly kind: 'export-polkadot'
      readonly wallet: string
      readonly password: SecretText
      readonly hotkey?: string | undefined
    }
  | { readonly kind: 'rename-wallet'; readonly wallet: string; readonly name: string }
  | { readonly kind: 'rename-hotkey'; readonly wallet: string; readonly hotkey: string; readonly name: string }
  | { readonly kind: 'remove-wallet'; readonly wallet: string }
  | { readonly kind: 'remove-hotkey'; readonly wallet: string; readonly hotkey: string }
  | { readonly kind: 'list-trash' }
  | { readonly kind: 'restore'; readonly id: string; readonly name?: string | undefined }
  /** For good. A sealed key asks for its password. */
  | { readonly kind: 'delete-forever'; readonly id: string; readonly password: SecretText }
  | {
      readonly kind: 'change-password'
      readonly wallet: string
      readonly hotkey?: string | undefined
      readonly password: SecretText
      readonly newPassword: SecretText
    }
  /** Seals the coldkey in another format under the same password. */
  | { readonly kind: 'convert'; readonly wallet: string; readonly password: SecretText; readonly format: NewFormat }
  | ({
      readonly kind: 'create-hotkey'
      readonly wallet: string
      readonly name: string
      readonly cryptoType?: CryptoType | undefined
    } & HotkeySealing)
  | ({
      readonly kind: 'import-hotkey'
      readonly wallet: string
      readonly name: string
      readonly secret: SecretText
      readonly cryptoType?: CryptoType | undefined
      readonly address?: Ss58 | undefined
    } & HotkeySealing)
  /** The text of a key file, sealed or not; copied byte by byte. */
  | { readonly kind: 'import-hotkey-file'; readonly wallet: string; readonly name: string; readonly path: string }

/** What the process of the hotkeys is asked. */
export type HotkeyOperation =
  | {
      readonly kind: 'unlock-hotkey'
      readonly wallet: string
      readonly hotkey: string
      readonly password: SecretText
    }
  | { readonly kind: 'lock-hotkey'; readonly wallet: string; readonly hotkey: string }
