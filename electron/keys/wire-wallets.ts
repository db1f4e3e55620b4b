import { z } from 'zod'
import { publicKey, sealedBox } from '../../shared/contract/secret.ts'
import type { Sealed } from '../../shared/sealing/sealed.ts'
import type { FoundWallet, MnemonicDraft, OperationAnswers, WalletInfo } from './keys.port.ts'
import type { SecretReading, TrashEntry, WordsDiagnosis } from './wallet-operations.port.ts'
import {
  address,
  bytes,
  cryptoType,
  foundWallet,
  hotkeyInfo,
  keyFormat,
  name,
  newFormat,
  path,
  secretText,
  typedPassword,
  walletInfo,
} from './wire-parts.ts'

// Everything about wallets but signing. Secrets are read as bytes so that they can be wiped; sealed ones are opened before
// a request is looked at here. Words leave in the answers to `draft`, `reveal-words` and `diagnose-words` only, sealed
// where the request names a key for it.

const wordCheck = z.strictObject({ position: z.int().min(0).max(23), word: z.string().max(32) })
const newKey = { name, password: typedPassword, format: newFormat, cryptoType: cryptoType.exactOptional() }
const hotkeySealing = { password: typedPassword.exactOptional(), format: newFormat.exactOptional() }
const chosen = { address: address.exactOptional() }
const sealing = { sealTo: publicKey.exactOptional() }
const trashId = z.string().regex(/^[0-9TZ]{16}-[0-9a-f]{8}$/)

export const walletRequests = [
  z.strictObject({ kind: z.literal('list') }),
  /** A public key for the secrets of one request. */
  z.strictObject({ kind: z.literal('sealing-key') }),
  z.strictObject({ kind: z.literal('draft'), count: z.literal([12, 24]).exactOptional(), ...sealing }),
  z.strictObject({
    kind: z.literal('create'),
    draftId: z.string().max(64),
    checks: z.array(wordCheck).max(24),
    ...newKey,
  }),
  z.strictObject({ kind: z.literal('import-words'), words: secretText, ...newKey }),
  z.strictObject({ kind: z.literal('inspect-folder'), path }),
  z.strictObject({ kind: z.literal('import-folder'), path, name }),
  z.strictObject({ kind: z.literal('unlock'), wallet: name, password: typedPassword }),
  z.strictObject({ kind: z.literal('word-list') }),
  z.strictObject({ kind: z.literal('diagnose-words'), words: secretText, ...chosen, ...sealing }),
  z.strictObject({ kind: z.literal('inspect-secret'), secret: secretText }),
  z.strictObject({ kind: z.literal('inspect-polkadot'), json: z.string().max(1_048_576) }),
  z.strictObject({ kind: z.literal('import-secret'), secret: secretText, ...chosen, ...newKey }),
  z.strictObject({
    kind: z.literal('import-polkadot'),
    name,
    json: z.string().max(1_048_576),
    sourcePassword: typedPassword,
    accountPassword: typedPassword.exactOptional(),
    password: typedPassword,
    format: newFormat,
    ...chosen,
  }),
  z.strictObject({
    kind: z.literal('import-watch'),
    name,
    source: z.string().max(65_536),
    cryptoType: cryptoType.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('reveal-words'), wallet: name, password: typedPassword, ...sealing }),
  z.strictObject({ kind: z.literal('nacl-coldkey'), wallet: name, password: typedPassword }),
  /** Asked of a process of its own, which may write to the folder and so never gets a password. */
  z.strictObject({
    kind: z.literal('export-btwallet'),
    wallet: name,
    folder: path,
    coldkey: bytes.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('export-polkadot'),
    wallet: name,
    password: typedPassword,
    hotkey: name.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('rename-wallet'), wallet: name, name }),
  z.strictObject({ kind: z.literal('rename-hotkey'), wallet: name, hotkey: name, name }),
  z.strictObject({ kind: z.literal('remove-wallet'), wallet: name }),
  z.strictObject({ kind: z.literal('remove-hotkey'), wallet: name, hotkey: name }),
  z.strictObject({ kind: z.literal('list-trash') }),
  z.strictObject({ kind: z.literal('restore'), id: trashId, name: name.exactOptional() }),
  z.strictObject({ kind: z.literal('delete-forever'), id: trashId, password: typedPassword }),
  z.strictObject({
    kind: z.literal('change-password'),
    wallet: name,
    hotkey: name.exactOptional(),
    password: typedPassword,
    newPassword: typedPassword,
  }),
  z.strictObject({ kind: z.literal('convert'), wallet: name, password: typedPassword, format: newFormat }),
  z.strictObject({
    kind: z.literal('create-hotkey'),
    wallet: name,
    name,
    cryptoType: cryptoType.exactOptional(),
    ...hotkeySealing,
  }),
  z.strictObject({
    kind: z.literal('import-hotkey'),
    wallet: name,
    name,
    secret: secretText,
    cryptoType: cryptoType.exactOptional(),
    ...chosen,
    ...hotkeySealing,
  }),
  z.strictObject({ kind: z.literal('import-hotkey-file'), wallet: name, name, path }),
  z.strictObject({ kind: z.literal('unlock-hotkey'), wallet: name, hotkey: name, password: typedPassword }),
  z.strictObject({ kind: z.literal('lock-hotkey'), wallet: name, hotkey: name }),
  z.strictObject({ kind: z.literal('unlocked-hotkeys') }),
] as const

const mnemonicDraft: z.ZodType<MnemonicDraft> = z.strictObject({ draftId: z.string(), words: z.array(z.string()) })
const reading: z.ZodType<SecretReading> = z.strictObject({ form: z.string(), cryptoType, address })
const trashEntry: z.ZodType<TrashEntry> = z.strictObject({
  id: z.string(),
  removedAtMs: z.number(),
  kind: z.enum(['wallet', 'hotkey']),
  wallet: z.string(),
  hotkey: z.string().exactOptional(),
  address: z.union([address, z.undefined()]),
  format: keyFormat,
})
const words: z.ZodType<readonly string[]> = z.array(z.string())
const diagnosis: z.ZodType<WordsDiagnosis> = z.strictObject({
  count: z.number(),
  problem: z.enum(['none', 'word-count', 'unknown-word', 'checksum', 'other-address']),
  unknown: z.array(z.strictObject({ place: z.number(), candidates: words })),
  repairs: z.array(
    z.union([
      z.strictObject({ kind: z.literal('word'), place: z.number(), word: z.string() }),
      z.strictObject({ kind: z.literal('swap'), place: z.number() }),
    ]),
  ),
})

/** What each request about wallets is answered with. */
export interface WalletAnswers extends OperationAnswers {
  readonly list: readonly WalletInfo[]
  readonly 'sealing-key': string
  readonly draft: MnemonicDraft | Sealed
  /** A `$NACL` file; `null` of a wallet that is only watched. */
  readonly 'nacl-coldkey': Uint8Array | null
  readonly create: WalletInfo
  readonly 'import-words': WalletInfo
  readonly 'inspect-folder': readonly FoundWallet[]
  readonly 'import-folder': WalletInfo
  readonly unlock: WalletInfo
  readonly 'unlocked-hotkeys': readonly string[]
}

export const walletAnswers: { readonly [K in keyof WalletAnswers]: z.ZodType<WalletAnswers[K]> } = {
  list: z.array(walletInfo),
  'sealing-key': z.string(),
  draft: z.union([mnemonicDraft, sealedBox]),
  'nacl-coldkey': z.union([bytes, z.null()]),
  create: walletInfo,
  'import-words': walletInfo,
  'inspect-folder': z.array(foundWallet),
  'import-folder': walletInfo,
  unlock: walletInfo,
  'word-list': words,
  'diagnose-words': z.union([diagnosis, sealedBox]),
  'inspect-secret': z.array(reading),
  'inspect-polkadot': z.array(reading),
  'import-secret': walletInfo,
  'import-polkadot': walletInfo,
  'import-watch': walletInfo,
  'reveal-words': z.union([words, sealedBox]),
  'export-btwallet': z.string(),
  'export-polkadot': z.string(),
  'rename-wallet': walletInfo,
  'rename-hotkey': walletInfo,
  'remove-wallet': trashEntry,
  'remove-hotkey': trashEntry,
  'list-trash': z.array(trashEntry),
  restore: walletInfo,
  'delete-forever': z.null(),
  'change-password': walletInfo,
  convert: walletInfo,
  'create-hotkey': hotkeyInfo,
  'import-hotkey': hotkeyInfo,
  'import-hotkey-file': hotkeyInfo,
  'unlock-hotkey': hotkeyInfo,
  'lock-hotkey': z.null(),
  'unlocked-hotkeys': z.array(z.string()),
}
