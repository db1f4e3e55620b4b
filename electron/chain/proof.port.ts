import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

export interface MetadataProof {
  /** RFC-78 proof of every type in the payload. */
  readonly proof: Uint8Array
  /** Bytes at the start of the payload that are the call. */
  readonly callBytes: number
}

/** For signers that have no network. */
export interface ProofPort {
  /**
   * Proves to whoever trusts the digest in a payload how that payload is read. No request.
   * @param metadata of the runtime that the payload was built for, as the node served it
   * @errors chain/unsupported where the runtime does not know such digests, chain/bad-answer
   */
  metadataProof(metadata: Uint8Array, payload: Uint8Array): Promise<Result<MetadataProof, AppError>>
}
