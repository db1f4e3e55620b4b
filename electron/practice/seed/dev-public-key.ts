import { sr25519_derive_seed_hard, sr25519_pubkey, sr25519_secret_from_seed } from '@polkadot-labs/schnorrkel-wasm'
import { concatBytes, toHex } from '../scale/hex.ts'

/** Mini-secret of Substrate's published development phrase, "bottom drive obey lake …": play money only. */
const DEV_SEED = Uint8Array.from(Buffer.from('fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e', 'hex'))

/** A number becomes eight little-endian bytes, a text its length and its bytes; both filled up to 32. */
function chainCode(junction: string): Uint8Array {
  const code = new Uint8Array(32)
  if (/^\d+$/.test(junction)) new DataView(code.buffer).setBigUint64(0, BigInt(junction), true)
  else {
    const text = new TextEncoder().encode(junction)
    code.set(concatBytes(Uint8Array.of(text.length << 2), text))
  }
  return code
}

/**
 * Public key of a hard derivation path (`//Alice`, `//A//7`), 0x-hex. Compiled code derives the several hundred keys of
 * a genesis ten times faster than the signing library does.
 * @param uri  hard junctions only, each shorter than 32 bytes
 */
export function devPublicKey(uri: string): string {
  const junctions = uri.split('//').slice(1)
  const seed = junctions.reduce<Uint8Array>(
    (parent, junction) => sr25519_derive_seed_hard(parent, chainCode(junction)),
    DEV_SEED,
  )
  return toHex(sr25519_pubkey(sr25519_secret_from_seed(seed)))
}
