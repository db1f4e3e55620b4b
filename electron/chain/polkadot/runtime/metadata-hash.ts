import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata'
import { badAnswer } from '../failure.ts'
import { toHex } from '../scale/bytes.ts'
import type { RuntimeMetadata } from './metadata.ts'

/** What amounts are shown in; the chain has the same two facts built in. @source subtensor `runtime/build.rs`, enable_metadata_hash */
export const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const
const EXTENSION = 'CheckMetadataHash'
/** Older metadata does not name the types of an extrinsic, so there is no digest of it. */
const OLDEST = 15

const known = new WeakMap<RuntimeMetadata, string>()

/**
 * RFC-78 digest of the runtime's metadata, `0x` hex. A transaction that carries it is refused by a chain whose true
 * metadata differs, so a node cannot have a call misread. Some 100 ms, once for each runtime.
 * @returns `undefined` where the chain does not know the extension, or serves old metadata only
 * @errors chain/bad-answer
 */
export function metadataHashOf(metadata: RuntimeMetadata): string | undefined {
  const offered = metadata.extensions.some(({ identifier }) => identifier === EXTENSION)
  if (!offered || metadata.version < OLDEST) return undefined
  const before = known.get(metadata)
  if (before !== undefined) return before
  try {
    // A copy of its own: the library reads from the start of the memory that a view looks into.
    const digest = toHex(merkleizeMetadata(new Uint8Array(metadata.bytes), TOKEN).digest())
    known.set(metadata, digest)
    return digest
  } catch {
    return badAnswer('metadata')
  }
}
