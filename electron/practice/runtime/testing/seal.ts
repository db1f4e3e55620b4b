import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { xxhashAsU8a } from '@polkadot/util-crypto'
import { concatBytes } from '../../scale/hex.ts'

/** What a client does with `NextKey`: the bytes that `MevShield.submit_encrypted` takes. */
export function seal(key: Uint8Array, extrinsic: Uint8Array): Uint8Array {
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(key)
  const nonce = new Uint8Array(randomBytes(24))
  const length = Uint8Array.of(cipherText.length & 0xff, cipherText.length >> 8)
  const sealed = xchacha20poly1305(sharedSecret, nonce).encrypt(extrinsic)
  return concatBytes(xxhashAsU8a(key, 128), length, cipherText, nonce, sealed)
}
