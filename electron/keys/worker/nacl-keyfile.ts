import { randomBytes } from 'node:crypto'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { type KdfCost, memoryLeft, type OnProgress, stretch } from './argon.ts'

/** Argon2i cost as btwallet sets it. @source btwallet `src/keyfile.rs`: OPSLIMIT_SENSITIVE, MEMLIMIT_SENSITIVE. */
export const STANDARD_COST: KdfCost = { passes: 8, memoryKib: 524_288 }
/** What at least one other program writes under the same magic; read, never written. */
export const MODERATE_COST: KdfCost = { passes: 6, memoryKib: 131_072 }

const MAGIC = new TextEncoder().encode('$NACL')
const NONCE_LENGTH = 24
const TAG_LENGTH = 16
/** The same for every user and every file: equal passwords give equal keys. @source btwallet `NACL_SALT`. */
const SALT = new Uint8Array(Buffer.from('137183dff15a09bc9c90b5518739e9b1', 'hex'))

export const isNacl = (file: Uint8Array): boolean => MAGIC.every((byte, i) => file[i] === byte)

/**
 * Derives the file key from a password. One at a time: each run holds `cost.memoryKib`.
 * @returns 32 bytes; the caller wipes them.
 * @errors keys/not-enough-memory
 * @source libsodium `crypto_pwhash_ALG_ARGON2I13`, version 1.3, one lane.
 */
export const deriveKey = (
  password: Uint8Array,
  cost: KdfCost = STANDARD_COST,
  { leftBytes = memoryLeft(), onProgress }: { leftBytes?: number | undefined; onProgress?: OnProgress } = {},
): Promise<Result<Uint8Array, AppError>> =>
  stretch(password, { variant: 'argon2i', salt: SALT, cost }, { leftBytes, ...(onProgress ? { onProgress } : {}) })

/** @param key from {@link deriveKey}. @returns magic ‖ nonce ‖ tag ‖ ciphertext. */
export function sealWith(
  key: Uint8Array,
  plain: Uint8Array,
  nonce: Uint8Array = new Uint8Array(randomBytes(NONCE_LENGTH)),
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
