import * as crypto from 'node:crypto'
import { availableMemory, platform } from 'node:process'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { argon2i } from 'hash-wasm'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'

/** Argon2i cost as btwallet sets it. @source btwallet `src/keyfile.rs`: OPSLIMIT_SENSITIVE, MEMLIMIT_SENSITIVE. */
export interface KdfCost {
  readonly passes: number
  readonly memoryKib: number
}
export const STANDARD_COST: KdfCost = { passes: 8, memoryKib: 524_288 }
/** What at least one other program writes under the same magic; read, never written. */
export const MODERATE_COST: KdfCost = { passes: 6, memoryKib: 131_072 }

const MAGIC = new TextEncoder().encode('$NACL')
const NONCE_LENGTH = 24
const TAG_LENGTH = 16
const KEY_LENGTH = 32
/** The same for every user and every file: equal passwords give equal keys. @source btwallet `NACL_SALT`. */
const SALT = new Uint8Array(Buffer.from('137183dff15a09bc9c90b5518739e9b1', 'hex'))

export const isNacl = (file: Uint8Array): boolean => MAGIC.every((byte, i) => file[i] === byte)

/**
 * Bytes that a process may still get, or `undefined` where the platform cannot say: macOS counts reclaimable memory as
 * used, so its figure would refuse computers that have plenty.
 */
export const memoryLeft = (): number | undefined => (platform === 'darwin' ? undefined : availableMemory())

/**
 * Derives the file key from a password. One at a time: each run holds `cost.memoryKib`.
 * @returns 32 bytes; the caller wipes them.
 * @errors keys/not-enough-memory
 * @source libsodium `crypto_pwhash_ALG_ARGON2I13`, version 1.3, one lane.
 */
export async function deriveKey(
  password: Uint8Array,
  cost: KdfCost = STANDARD_COST,
  leftBytes: number | undefined = memoryLeft(),
): Promise<Result<Uint8Array, AppError>> {
  const neededBytes = cost.memoryKib * 1024
  const refused: Result<never, AppError> = err({ code: 'keys/not-enough-memory', neededBytes })
  if (leftBytes !== undefined && leftBytes < neededBytes) return refused
  try {
    return ok((await nativeArgon(password, cost)) ?? (await wasmArgon(password, cost)))
  } catch (cause) {
    // WebAssembly memory that cannot grow throws one of these two; anything else is our bug.
    if (cause instanceof RangeError || (cause instanceof Error && cause.name === 'RuntimeError')) return refused
    throw cause
  }
}

/** Node's own Argon2: off the event loop and faster. `undefined` where it is missing, as in Electron's BoringSSL. */
export function nativeArgon(password: Uint8Array, cost: KdfCost): Promise<Uint8Array | undefined> {
  if (typeof crypto.argon2 !== 'function') return Promise.resolve(undefined)
  const shape = { message: password, nonce: SALT, parallelism: 1, tagLength: KEY_LENGTH }
  return new Promise((resolve) => {
    // A failure, such as memory that cannot be had, leaves the decision to the other implementation.
    crypto.argon2('argon2i', { ...shape, memory: cost.memoryKib, passes: cost.passes }, (failed, key) =>
      resolve(failed ? undefined : new Uint8Array(key)),
    )
  })
}

export function wasmArgon(password: Uint8Array, cost: KdfCost): Promise<Uint8Array> {
  const shape = { salt: SALT, parallelism: 1, hashLength: KEY_LENGTH, outputType: 'binary' } as const
  return argon2i({ password, iterations: cost.passes, memorySize: cost.memoryKib, ...shape })
}

/** @param key from {@link deriveKey}. @returns magic ‖ nonce ‖ tag ‖ ciphertext. */
export function sealWith(
  key: Uint8Array,
  plain: Uint8Array,
  nonce: Uint8Array = new Uint8Array(crypto.randomBytes(NONCE_LENGTH)),
): Uint8Array {
  const box = xsalsa20poly1305(key, nonce).encrypt(plain)
  const file = new Uint8Array(MAGIC.length + NONCE_LENGTH + box.length)
  file.set(MAGIC)
  file.set(nonce, MAGIC.length)
  file.set(box, MAGIC.length + NONCE_LENGTH)
  return file
}

/** Shorter than magic, nonce and tag: cut off, so that no password could open it. */
export const isTruncated = (file: Uint8Array): boolean => file.length <= MAGIC.length + NONCE_LENGTH + TAG_LENGTH

/** @returns `undefined` when the tag does not fit: wrong key, or changed bytes. The caller wipes the plaintext. */
export function openWith(key: Uint8Array, file: Uint8Array): Uint8Array | undefined {
  const nonce = file.subarray(MAGIC.length, MAGIC.length + NONCE_LENGTH)
  try {
    return xsalsa20poly1305(key, nonce).decrypt(file.subarray(MAGIC.length + NONCE_LENGTH))
  } catch {
    return undefined
  }
}
