import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { xxhashAsU8a } from '@polkadot/util-crypto/xxhash'

/** @source FIPS 203: an ML-KEM-768 encapsulation key */
export const SHIELD_KEY_BYTES = 1184
const NONCE_BYTES = 24

/**
 * Hides bytes for whoever has the secret half of a key.
 * @returns what `MevShield.submit_encrypted` takes: twox-128 of the key, length and bytes of the encapsulated secret, nonce,
 *   sealed bytes; `undefined` when the key is none
 * @source subtensor `primitives/shield`, `pallets/shield`; ML-KEM-768, XChaCha20-Poly1305 without associated data
 */
export function sealFor(key: Uint8Array, plain: Uint8Array): Uint8Array | undefined {
  const encapsulated = encapsulatedFor(key)
  if (!encapsulated) return undefined
  const { cipherText, sharedSecret } = encapsulated
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES))
  const sealed = xchacha20poly1305(sharedSecret, nonce).encrypt(plain)
  sharedSecret.fill(0)
  const length = Uint8Array.of(cipherText.length & 0xff, cipherText.length >> 8)
  return new Uint8Array(Buffer.concat([xxhashAsU8a(key, 128), length, cipherText, nonce, sealed]))
}

/** A key whose numbers are out of range is refused by the library, as the standard demands. */
function encapsulatedFor(key: Uint8Array) {
  if (key.length !== SHIELD_KEY_BYTES) return undefined
  try {
    return ml_kem768.encapsulate(key)
  } catch {
    return undefined
  }
}
