import type { SubmittableExtrinsic } from '@polkadot/api/types'
import type { Keyring } from '@polkadot/keyring'
import type { ISubmittableResult } from '@polkadot/types/types'

/**
 * Signs with the library of other wallets, without a last block because blocks follow fast here, and waits for the block.
 *
 * For each status the library reads that block, and leaves the reading when the next status arrives: where finality
 * follows faster than a block is read, `isInBlock` is never told, and only `isFinalized` is. Either of them ends the wait.
 *
 * @returns what came of it in its block. @throws when it left the pool, or its block could not be read
 */
export function included(
  tx: SubmittableExtrinsic<'promise'>,
  signer: ReturnType<Keyring['addFromUri']>,
): Promise<ISubmittableResult> {
  return new Promise((resolve, reject) => {
    tx.signAndSend(signer, { nonce: -1, era: 0 }, (result) => {
      if (result.internalError) reject(result.internalError)
      else if (result.status.isInBlock || result.status.isFinalized) resolve(result)
      else if (result.isError) reject(new Error(`left the pool: ${result.status.type}`))
    }).catch(reject)
  })
}
