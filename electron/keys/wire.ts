import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { Sealed } from '../../shared/sealing/sealed.ts'
import type { SecretField } from './wire-parts.ts'
import { type SignerAnswers, signerAnswers, signerFailures, signerRequests } from './wire-signer.ts'
import { type WalletAnswers, walletAnswers, walletRequests } from './wire-wallets.ts'

// The whole vocabulary between host and signer. Structured clones: bytes and bigints cross as they are.

const requestBody = z.discriminatedUnion('kind', [...walletRequests, ...signerRequests])
/** A request as the worker reads it: whatever came sealed is open. */
export type OpenRequest = z.infer<typeof requestBody>
type Passed<R> = R extends unknown ? { [F in keyof R]: F extends SecretField ? R[F] | Sealed : R[F] } : never
/** A request as the host passes it on: each secret is in bytes that can be wiped, or sealed to the worker. */
export type KeysRequest = Passed<OpenRequest>
export type KeysRequestKind = OpenRequest['kind']
export type RequestOf<K extends KeysRequestKind> = Extract<OpenRequest, { readonly kind: K }>

/** Anything that has the shape of a frame: what is sealed in it is opened before the vocabulary is asked. */
export const anyFrame = z.strictObject({ id: z.int().positive(), request: z.looseObject({ kind: z.string() }) })
export const requestFrame = z.strictObject({ id: z.int().positive(), request: requestBody })

/** What each request is answered with. */
export interface KeysAnswers extends WalletAnswers, SignerAnswers {}
export const answers: { readonly [K in KeysRequestKind]: z.ZodType<KeysAnswers[K]> } = {
  ...walletAnswers,
  ...signerAnswers,
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
  plain('keys/sealed-stale'),
  plain('keys/sealed-broken'),
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
  ...signerFailures,
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
