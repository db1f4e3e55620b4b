import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata'
import { toHex } from '../scale/hex.ts'
import { metadataBytes } from './metadata.ts'

/** What a hardware signer shows amounts in. @source subtensor `runtime/build.rs`, enable_metadata_hash("TAO", 9) */
export const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const

let known: string | undefined

/**
 * RFC-78 digest of this chain's metadata, 0x-hex; spec name, spec version and address prefix come out of the metadata.
 * It covers types and calls only, so the block time does not change it. Computed on first use: some 70 ms.
 */
export function metadataDigest(): string {
  known ??= toHex(merkleizeMetadata(metadataBytes(15), TOKEN).digest())
  return known
}
