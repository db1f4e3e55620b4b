import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import {
  type Alpha,
  isAlpha,
  isNetuid,
  isRao,
  isRaoPerAlpha,
  isSs58Shape,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  type Ss58,
} from '../../shared/units/amounts.ts'
import type { FoundWallet, HotkeyInfo, Intent, MnemonicDraft, WalletInfo } from './keys.port.ts'

// The whole vocabulary between host and signer. Structured clones: bytes and bigints cross as they are.
// Secrets travel inwards only, as bytes so that they can be wiped; the one way out is the answer to `draft`.

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const address = z.custom<Ss58>(isSs58Shape)
const subnet = z.custom<Netuid>(isNetuid)
const tao = z.custom<Rao>(isRao)
const price = z.custom<RaoPerAlpha>(isRaoPerAlpha)
const name = z.string().max(200)

const intent: z.ZodType<Intent> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add-stake'),
    hotkey: address,
    netuid: subnet,
    amount: tao,
    limitPrice: price,
  }),
  z.strictObject({
    kind: z.literal('remove-stake'),
    hotkey: address,
    netuid: subnet,
    amount: z.custom<Alpha>(isAlpha),
    limitPrice: price,
  }),
  z.strictObject({ kind: z.literal('transfer'), to: address, amount: tao }),
  z.strictObject({ kind: z.literal('transfer-all'), to: address }),
  z.strictObject({ kind: z.literal('register'), hotkey: address, netuid: subnet, limit: tao }),
  z.strictObject({
    kind: z.literal('serve-axon'),
    netuid: subnet,
    ip: z.string().max(45),
    port: z.int().min(0).max(65_535),
  }),
])

const wordCheck = z.strictObject({ position: z.int().min(0).max(23), word: z.string().max(32) })
const signer = z.union([z.literal('coldkey'), z.strictObject({ hotkey: name })])

const requestBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('draft') }),
  z.strictObject({
    kind: z.literal('create'),
    draftId: z.string().max(64),
    name,
    password: bytes,
    checks: z.array(wordCheck).max(24),
  }),
  z.strictObject({ kind: z.literal('import-words'), name, words: bytes, password: bytes }),
  z.strictObject({ kind: z.literal('inspect-folder'), path: z.string().max(4096) }),
  z.strictObject({ kind: z.literal('import-folder'), path: z.string().max(4096), name }),
  z.strictObject({ kind: z.literal('create-hotkey'), wallet: name, name }),
  z.strictObject({
    kind: z.literal('unlock'),
    wallet: name,
    password: bytes,
    /** What was typed, when trimming changed it: old files were written without trimming. */
    untrimmed: bytes.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('sign'),
    wallet: name,
    signer,
    payload: bytes.refine((b) => b.length <= 1_048_576),
    intent,
  }),
])
export type KeysRequest = z.infer<typeof requestBody>
export type KeysRequestKind = KeysRequest['kind']

/** Overwrites what a request carried inwards; each end does it with its own copy. */
export function wipeSecrets(request: KeysRequest): void {
  if ('password' in request) request.password.fill(0)
  if ('words' in request) request.words.fill(0)
  if ('untrimmed' in request) request.untrimmed?.fill(0)
}

export const requestFrame = z.strictObject({ id: z.int().positive(), request: requestBody })

const hotkeyInfo: z.ZodType<HotkeyInfo> = z.strictObject({ name, address, encrypted: z.boolean() })
const walletInfo: z.ZodType<WalletInfo> = z.strictObject({
  name,
  address,
  cryptoType: z.enum(['sr25519', 'ed25519']),
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  unlocked: z.boolean(),
  hotkeys: z.array(hotkeyInfo),
})
const foundWallet: z.ZodType<FoundWallet> = z.strictObject({
  name: z.string(),
  path: z.string(),
  address: z.union([address, z.undefined()]),
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  hotkeys: z.array(hotkeyInfo),
})
const mnemonicDraft: z.ZodType<MnemonicDraft> = z.strictObject({ draftId: z.string(), words: z.array(z.string()) })

/** What each request is answered with. */
export interface KeysAnswers {
  readonly list: readonly WalletInfo[]
  readonly draft: MnemonicDraft
  readonly create: WalletInfo
  readonly 'import-words': WalletInfo
  readonly 'inspect-folder': readonly FoundWallet[]
  readonly 'import-folder': WalletInfo
  readonly 'create-hotkey': HotkeyInfo
  readonly unlock: WalletInfo
  readonly sign: Uint8Array
}
export const answers: { readonly [K in KeysRequestKind]: z.ZodType<KeysAnswers[K]> } = {
  list: z.array(walletInfo),
  draft: mnemonicDraft,
  create: walletInfo,
  'import-words': walletInfo,
  'inspect-folder': z.array(foundWallet),
  'import-folder': walletInfo,
  'create-hotkey': hotkeyInfo,
  unlock: walletInfo,
  sign: bytes.refine((signature) => signature.length === 65),
}

const plain = <C extends string>(code: C) => z.strictObject({ code: z.literal(code) })
const named = <C extends string>(code: C) => z.strictObject({ code: z.literal(code), name: z.string() })

/** The failures that the worker can tell; nothing else of an error crosses the pipe. */
export const failure: z.ZodType<AppError> = z.discriminatedUnion('code', [
  plain('keys/locked'),
  plain('keys/wrong-password'),
  plain('keys/words-not-confirmed'),
  plain('keys/worker-died'),
  named('keys/bad-name'),
  named('keys/name-taken'),
  named('keys/unknown-wallet'),
  named('keys/unknown-hotkey'),
  z.strictObject({ code: z.literal('keys/weak-password'), minimumLength: z.int() }),
  z.strictObject({
    code: z.literal('keys/bad-mnemonic'),
    reason: z.enum(['word-count', 'unknown-word', 'checksum']),
    word: z
      .string()
      .regex(/^#\d+$/)
      .exactOptional(),
  }),
  z.strictObject({ code: z.literal('keys/keyfile-broken'), file: z.string(), reason: z.string() }),
  z.strictObject({ code: z.literal('keys/keyfile-missing'), file: z.string() }),
  z.strictObject({ code: z.literal('keys/unsupported'), what: z.string() }),
  z.strictObject({ code: z.literal('keys/not-enough-memory'), neededBytes: z.int() }),
  z.strictObject({ code: z.literal('keys/intent-differs'), what: z.string() }),
  z.strictObject({ code: z.literal('storage/disk-full'), path: z.string(), neededBytes: z.int() }),
  z.strictObject({ code: z.literal('storage/broken'), path: z.string(), reason: z.string() }),
])

export const answerFrame = z.union([
  z.strictObject({ id: z.int().positive(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.int().positive(), ok: z.literal(false), error: failure }),
])
