import type { Envelope } from '../runtime.port.ts'
import { toHex } from '../scale/hex.ts'

const KEY_HASH = 16
const LENGTH = 2
const NONCE = 24

/**
 * Takes a carrier's bytes apart: key hash, u16 length, encapsulation, nonce, rest.
 * @returns undefined when they are too short for what they say
 * @source primitives/shield `ShieldedTransaction::parse`
 */
export function parseEnvelope(ciphertext: Uint8Array): Envelope | undefined {
  const start = KEY_HASH + LENGTH
  if (ciphertext.length < start) return undefined
  const [low = 0, high = 0] = ciphertext.subarray(KEY_HASH, start)
  const end = start + low + 256 * high
  if (ciphertext.length < end + NONCE) return undefined
  return {
    keyHash: toHex(ciphertext.subarray(0, KEY_HASH)),
    encapsulation: ciphertext.slice(start, end),
    nonce: ciphertext.slice(end, end + NONCE),
    sealed: ciphertext.slice(end + NONCE),
  }
}
