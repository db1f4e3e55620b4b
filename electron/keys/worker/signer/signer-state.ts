import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { blake2b } from '@noble/hashes/blake2.js'
import { z } from 'zod'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { canonicalJson, FIRST_PREV } from '../../../../shared/signing/audit.ts'
import { NO_LIMITS, type Policy } from '../../../../shared/signing/policy.ts'
import type { Keypair } from '../keypair.ts'
import { codeOf, replaceFile, writeError } from '../safe-file.ts'
import { storedPolicy } from './stored-policy.ts'

/** What the signer remembers of a wallet besides its log. */
export interface SignerState {
  readonly version: 1
  /** One more with each write: an older copy put in its place is noticed while the process lives. */
  readonly revision: number
  readonly policy: Policy
  readonly pending?: { readonly policy: Policy; readonly effectiveAtMs: number }
  /** Requests above the threshold: the wait has begun. */
  readonly delayed: readonly { readonly key: string; readonly readyAtMs: number }[]
  /** Genesis hash by the name of the network, from its first use. */
  readonly networks: Readonly<Record<string, string>>
  /** Last line of the log of the coldkeys at the time of writing. */
  readonly audit: { readonly seq: number; readonly hash: string }
}

export const FRESH: SignerState = {
  version: 1,
  revision: 0,
  policy: NO_LIMITS,
  delayed: [],
  networks: {},
  audit: { seq: 0, hash: FIRST_PREV },
}

const FILE = 'signer-state.json'
const LARGEST_BYTES = 1_048_576

const stateSchema: z.ZodType<SignerState> = z.strictObject({
  version: z.literal(1),
  revision: z.int().nonnegative(),
  policy: storedPolicy,
  pending: z.strictObject({ policy: storedPolicy, effectiveAtMs: z.number() }).exactOptional(),
  delayed: z.array(z.strictObject({ key: z.string(), readyAtMs: z.number() })).max(256),
  networks: z.record(z.string().max(300), z.string().max(66)),
  audit: z.strictObject({ seq: z.int().nonnegative(), hash: z.string().max(64) }),
})
const fileSchema = z.strictObject({ mac: z.string(), state: z.string() })

/** What lies on the disk. `verified` is false where nobody with the coldkey has looked yet. */
export type Stored =
  | { readonly found: 'nothing' }
  | { readonly found: 'state'; readonly state: SignerState; readonly verified: boolean }
  | { readonly found: 'changed' }

/**
 * Key of the seal, from the coldkey's secret: only who can unlock the wallet can write limits that count.
 * The caller wipes it.
 */
export const sealKeyOf = ({ secretKey }: Keypair): Uint8Array =>
  blake2b(new TextEncoder().encode('taoforge/signer-state/1'), { key: secretKey, dkLen: 32 })

const macOf = (text: string, key: Uint8Array): string =>
  Buffer.from(blake2b(new TextEncoder().encode(text), { key, dkLen: 32 })).toString('hex')

/** @param sealKey absent: the state is read without being verified, and says so. @errors storage/broken */
export async function readState(folder: string, sealKey?: Uint8Array): Promise<Result<Stored, AppError>> {
  const path = join(folder, FILE)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    return codeOf(cause) === 'ENOENT' ? ok({ found: 'nothing' }) : err(writeError(cause, path, 0))
  }
  const state = text.length <= LARGEST_BYTES ? parse(text, sealKey) : undefined
  return ok(state ? { found: 'state', state, verified: sealKey !== undefined } : { found: 'changed' })
}

function parse(text: string, sealKey: Uint8Array | undefined): SignerState | undefined {
  try {
    const file = fileSchema.parse(JSON.parse(text))
    if (sealKey && macOf(file.state, sealKey) !== file.mac) return undefined
    return stateSchema.parse(JSON.parse(file.state))
  } catch {
    return undefined
  }
}

/** Replaces the file in one step. @errors storage/disk-full, storage/read-only, storage/broken */
export function writeState(folder: string, state: SignerState, sealKey: Uint8Array): Promise<Result<void, AppError>> {
  const text = canonicalJson(state)
  const content = `${JSON.stringify({ mac: macOf(text, sealKey), state: text })}\n`
  return replaceFile(join(folder, FILE), new TextEncoder().encode(content))
}

/** By what a delayed request is known again: what it does, not the price limit, which moves with every quote. */
export function delayKeyOf(intent: unknown): string {
  const text = JSON.stringify(JSON.parse(canonicalJson(intent)), (name, value) =>
    name === 'limitPrice' || name === 'limitRatio' ? undefined : value,
  )
  return createHash('sha256').update(text).digest('hex')
}
