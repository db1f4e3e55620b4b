import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata'
import type { MetadataProof } from '../../proof.port.ts'
import { badAnswer, fail } from '../failure.ts'
import { metadataHashOf, TOKEN } from '../runtime/metadata-hash.ts'
import { Runtime } from '../runtime/runtime.ts'
import { Cursor } from '../scale/cursor.ts'
import { readCall } from './read-call.ts'

/**
 * The part of the metadata that reads one payload, with the hashes that lead to the digest. Some 300 ms.
 * @errors chain/unsupported, chain/bad-answer
 * @source RFC-78 "Merkleized Metadata"
 */
export function metadataProof(metadata: Uint8Array, payload: Uint8Array): MetadataProof {
  const runtime = new Runtime(metadata)
  if (metadataHashOf(runtime.metadata) === undefined)
    fail({ code: 'chain/unsupported', missing: ['CheckMetadataHash'] })
  const callBytes = readCall(runtime, new Cursor(payload, 'payload')).bytes.length
  try {
    // A copy of its own: the library reads from the start of the memory that a view looks into.
    const tree = merkleizeMetadata(new Uint8Array(metadata), TOKEN)
    return { proof: tree.getProofForExtrinsicPayload(new Uint8Array(payload)), callBytes }
  } catch {
    return badAnswer('payload')
  }
}
