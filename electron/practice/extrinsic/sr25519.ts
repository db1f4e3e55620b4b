import { ed25519, ristretto255 } from '@noble/curves/ed25519.js'
import { sr25519_verify } from '@polkadot-labs/schnorrkel-wasm'

/** Marks a schnorrkel signature, so that it cannot be taken for one of ed25519. */
const MARKER = 0x80

/**
 * Whether a signature of scheme sr25519, context "substrate", is the key's over the message.
 *
 * The compiled schnorrkel is some twenty times faster than one in JavaScript, but aborts with a report on stderr when a
 * key or signature cannot be one at all. Strangers send those, so they are sorted out before.
 */
export const verifySr25519 = (message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean =>
  isSignature(signature) && isPoint(publicKey) && sr25519_verify(publicKey, message, signature)

function isPoint(publicKey: Uint8Array): boolean {
  try {
    ristretto255.Point.fromBytes(publicKey)
    return true
  } catch {
    return false
  }
}

function isSignature(signature: Uint8Array): boolean {
  if (signature.length !== 64 || ((signature[63] ?? 0) & MARKER) === 0) return false
  // The second half is a number below the curve's order, little-endian, with the marker on top.
  const scalar = signature.slice(32)
  scalar[31] = (scalar[31] ?? 0) & ~MARKER
  return scalar.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n) < ed25519.Point.Fn.ORDER
}
