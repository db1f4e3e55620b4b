import { ed25519Verify } from '@polkadot/util-crypto'
import { fromHex } from '../scale/hex.ts'
import type { Extrinsic, Signed } from './extrinsic.ts'
import { type SigningContext, signingPayload } from './signing-payload.ts'
import { verifySr25519 } from './sr25519.ts'

/** The account that an extrinsic says it is from, 0x-hex; undefined when it names one in a form other than `Id`. */
export const senderOf = (signed: Signed): string | undefined =>
  signed.address.type === 'Id' ? signed.address.value : undefined

/**
 * Whether the signature is the sender's over exactly this extrinsic on exactly this chain.
 *
 * An ecdsa signature never is: its accounts are hashes of keys, and no wallet of Bittensor makes them. Nor is one that
 * covers a metadata digest when the context has none to compare with.
 */
export function isSignedBySender(extrinsic: Extrinsic, context: SigningContext): boolean {
  const { signed, callBytes } = extrinsic
  const sender = signed === undefined ? undefined : senderOf(signed)
  if (signed === undefined || sender === undefined) return false
  if (signed.metadataHash && context.metadataDigest === undefined) return false
  const payload = signingPayload(callBytes, signed, context)
  return verifies({
    type: signed.signature.type,
    signature: fromHex(signed.signature.value),
    payload,
    key: fromHex(sender),
  })
}

interface Check {
  readonly type: Signed['signature']['type']
  readonly signature: Uint8Array
  readonly payload: Uint8Array
  readonly key: Uint8Array
}

function verifies({ type, signature, payload, key }: Check): boolean {
  if (type === 'Ecdsa') return false
  try {
    return type === 'Sr25519' ? verifySr25519(payload, signature, key) : ed25519Verify(payload, signature, key)
  } catch {
    // Bytes that are no point of the curve, or no signature at all, make the libraries throw.
    return false
  }
}
