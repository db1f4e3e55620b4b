import { blake2AsU8a } from '@polkadot/util-crypto'
import { SPEC_VERSION, TRANSACTION_VERSION } from '../definitions/version.ts'
import { option } from '../scale/composites.ts'
import { concatBytes, fromHex } from '../scale/hex.ts'
import { fixedHex, u32 } from '../scale/primitives.ts'
import { type Extra, encodeExtra } from './extrinsic.ts'

/** What the signature covers besides the extrinsic itself; both hashes as 0x-hex. */
export interface SigningContext {
  readonly genesis: string
  /** Hash of the era's birth block; the genesis hash for an immortal extrinsic. */
  readonly birthHash: string
  /** Digest of the metadata (RFC 78), for extrinsics that say that they cover it. */
  readonly metadataDigest?: string
}

/** A longer payload is replaced by its hash, so that hardware signers never see more. */
const LONGEST_PLAIN = 256

/**
 * The bytes that are signed: call, extra, additional; hashed when longer than 256 bytes.
 * @source sp_runtime `generic::SignedPayload::using_encoded`
 */
export function signingPayload(callBytes: Uint8Array, extra: Extra, context: SigningContext): Uint8Array {
  const digest = extra.metadataHash ? context.metadataDigest : undefined
  const payload = concatBytes(
    callBytes,
    encodeExtra(extra),
    u32.codec.enc(SPEC_VERSION),
    u32.codec.enc(TRANSACTION_VERSION),
    fromHex(context.genesis),
    fromHex(context.birthHash),
    option(fixedHex(32)).codec.enc(digest),
  )
  return payload.length > LONGEST_PLAIN ? blake2AsU8a(payload, 256) : payload
}
