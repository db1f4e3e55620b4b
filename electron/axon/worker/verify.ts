import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { CallerScheme } from '../axon.port.ts'
import { Sr25519Batch } from './sr25519-batch.ts'

/** Checks signatures of one key under one scheme. */
export interface Verifier {
  /** Alone and at once. */
  check(text: string, signature: Uint8Array): boolean
  /** With what others sent in this turn of the event loop, where that costs less. */
  checkSoon(text: string, signature: Uint8Array): boolean | Promise<boolean>
}

/** DER head of an ed25519 public key. @source RFC 8410, 4 */
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** Of all keys of this process: what is checked together comes from many of them. */
const batch = new Sr25519Batch()

const sr25519Verifier = (key: Uint8Array): Verifier => ({
  check: (text, signature) => batch.check({ key, text, signature }),
  checkSoon: (text, signature) => batch.checkSoon({ key, text, signature }),
})

function ed25519Verifier(publicKey: Uint8Array): Verifier {
  let key: KeyObject | undefined
  try {
    key = createPublicKey({ key: Buffer.concat([ED25519_HEAD, publicKey]), format: 'der', type: 'spki' })
  } catch {
    // No point of the curve: nothing can be signed with it.
  }
  const check = (text: string, signature: Uint8Array): boolean =>
    key !== undefined && signature.length === 64 && verify(null, Buffer.from(text), key, signature)
  return { check, checkSoon: check }
}

/** @param scheme the one pinned to the key by our records; another one is never tried. */
export const verifierOf = (scheme: CallerScheme, publicKey: Uint8Array): Verifier =>
  scheme === 'sr25519' ? sr25519Verifier(publicKey) : ed25519Verifier(publicKey)
