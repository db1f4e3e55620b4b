import type { AppError } from '../../shared/errors.ts'
import type { LedgerFact } from '../../shared/ledger/facts.ts'
import type { Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'

/** What one block did to anybody, as far as a ledger cares. */
export interface BlockFacts {
  readonly number: number
  readonly hash: string
  readonly parentHash: string
  /** By the block's author, ms since 1970. */
  readonly atMs: number
  readonly facts: readonly LedgerFact[]
}

/** An epoch that ran. */
export interface PastEpoch {
  readonly netuid: Netuid
  readonly block: number
  readonly tempo: number
}

export interface LedgerPort {
  /**
   * Blocks `from..to` of the best chain, both ends inclusive: one request a block, behind whatever a person waits for.
   * @errors chain/unsupported where the node has forgotten the state of a block
   */
  ledgerBlocks(range: { readonly from: number; readonly to: number }): Promise<Result<readonly BlockFacts[], AppError>>
  /**
   * Blocks of `from..to` in which an epoch of one of these subnets ran, oldest first. One request, and one for each epoch.
   * @errors chain/unsupported where the node has forgotten the state, or its runtime does not tell
   */
  epochsIn(
    netuids: readonly Netuid[],
    range: { readonly from: number; readonly to: number },
  ): Promise<Result<readonly PastEpoch[], AppError>>
}
