import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { sr25519_verify } from '@polkadot-labs/schnorrkel-wasm'
import type { CallerScheme } from '../axon.port.ts'

/** Checks signatures of one key under one scheme. */
export type Verifier = (message: Uint8Array, signature: Uint8Array) => boolean

/** Order of the group: a Schnorr scalar at or above it is not canonical. @source RFC 9496, 4.4 */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
/** DER head of an ed25519 public key. @source RFC 8410, 4 */
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The WASM module traps on a signature that is not well formed: it prints a stack and leaks a little of its memory.
 * Hostile senders would do that all day, so the form is checked here first.
 * @source schnorrkel `Signature::from_bytes`: bit 7 of the last byte marks Schnorr signatures, the scalar is canonical
 */
function isWellFormed(signature: Uint8Array): boolean {
  const last = signature[63]
  if (signature.length !== 64 || last === undefined || (last & 0x80) === 0) return false
  let scalar = BigInt(last & 0x7f)
  for (let i = 62; i >= 32; i--) scalar = (scalar << 8n) | BigInt(signature[i] ?? 0)
  return scalar < ORDER
}

function sr25519Verifier(publicKey: Uint8Array): Verifier {
  // A key that is no point of the group cannot sign; asking again would trap again.
  let broken = false
  return (message, signature) => {
    if (broken || !isWellFormed(signature)) return false
    try {
      return sr25519_verify(publicKey, message, signature)
    } catch {
      broken = true
      return false
    }
  }
}

function ed25519Verifier(publicKey: Uint8Array): Verifier {
  let key: KeyObject | undefined
  try {
    key = createPublicKey({ key: Buffer.concat([ED25519_HEAD, publicKey]), format: 'der', type: 'spki' })
  } catch {
    // No point of the curve: nothing can be signed with it.
  }
  return (message, signature) => key !== undefined && signature.length === 64 && verify(null, message, key, signature)
}

/** @param scheme the one pinned to the key by our records; another one is never tried. */
export const verifierOf = (scheme: CallerScheme, publicKey: Uint8Array): Verifier =>
  scheme === 'sr25519' ? sr25519Verifier(publicKey) : ed25519Verifier(publicKey)
