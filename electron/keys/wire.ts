import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import {
  type Alpha,
  isAlpha,
  isNetuid,
  isRao,
  isRaoPerAlpha,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
} from '../../shared/units/amounts.ts'
import type { Intent } from './keys.port.ts'
import { address, bytes, name } from './wire-parts.ts'
import { type WalletAnswers, walletAnswers, walletRequests } from './wire-wallets.ts'

// The whole vocabulary between host and signer. Structured clones: bytes and bigints cross as they are.

const subnet = z.custom<Netuid>(isNetuid)
const tao = z.custom<Rao>(isRao)
const price = z.custom<RaoPerAlpha>(isRaoPerAlpha)

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

const signer = z.union([z.literal('coldkey'), z.strictObject({ hotkey: name })])
const signRequest = z.strictObject({
  kind: z.literal('sign'),
  wallet: name,
  signer,
  payload: bytes.refine((b) => b.length <= 1_048_576),
  intent,
})

const requestBody = z.discriminatedUnion('kind', [...walletRequests, signRequest])
export type KeysRequest = z.infer<typeof requestBody>
export type KeysRequestKind = KeysRequest['kind']
export type RequestOf<K extends KeysRequestKind> = Extract<KeysRequest, { readonly kind: K }>

export const requestFrame = z.strictObject({ id: z.int().positive(), request: requestBody })

/** What each request is answered with. */
export interface KeysAnswers extends WalletAnswers {
  readonly sign: Uint8Array
}
export const answers: { readonly [K in KeysRequestKind]: z.ZodType<KeysAnswers[K]> } = {
  ...walletAnswers,
  sign: bytes.refine((signature) => signature.length === 65),
}

/** Which keys a process may hold: those of coldkeys end with the lock, those of hotkeys do not. */
export const ROLES = ['cold', 'hot'] as const
export type KeysRole = (typeof ROLES)[number]

/**
 * Names the vocabulary by its words and their fields, so that host and worker of different versions notice each other
 * before anything secret is sent, without a number that somebody has to remember to raise.
 */
export const PROTOCOL: string = createHash('sha256')
  .update(JSON.stringify(requestBody.options.map(({ shape }) => [[...shape.kind.values], Object.keys(shape).sort()])))
  .digest('hex')
  .slice(0, 16)

/** The first message in both directions; the worker adds which keys it holds. */
export const hostHello = z.strictObject({ hello: z.string().max(64) })
export const workerHello = z.strictObject({ hello: z.string().max(64), role: z.enum(ROLES) })

const plain = <C extends string>(code: C) => z.strictObject({ code: z.literal(code) })
const named = <C extends string>(code: C) => z.strictObject({ code: z.literal(code), name: z.string() })

/** The failures that the worker can tell; nothing else of an error crosses the pipe. */
export const failure: z.ZodType<AppError> = z.discriminatedUnion('code', [
  plain('keys/locked'),
  plain('keys/wrong-password'),
  plain('keys/words-not-confirmed'),
  plain('keys/worker-died'),
  named('keys/watch-only'),
  named('keys/no-words'),
  named('keys/hotkey-locked'),
  z.strictObject({ code: z.literal('keys/secret-differs'), address: z.string() }),
  z.strictObject({ code: z.literal('keys/unknown-trash'), id: z.string() }),
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
  z.strictObject({ code: z.literal('storage/read-only'), path: z.string() }),
  z.strictObject({ code: z.literal('storage/broken'), path: z.string(), reason: z.string() }),
])

export const answerFrame = z.union([
  /** Its turn has come, and how far it is: 0 to 1 of one stretching of a password. */
  z.strictObject({ id: z.int().positive(), progress: z.number().min(0).max(1) }),
  z.strictObject({ id: z.int().positive(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.int().positive(), ok: z.literal(false), error: failure }),
])
