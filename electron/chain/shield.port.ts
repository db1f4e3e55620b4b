import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import type { ShieldRefusal } from '../../shared/transactions/shield.ts'
import type { Rao, Ss58 } from '../../shared/units/amounts.ts'
import type { PreparedBytes, SubmitEvent } from './chain.port.ts'

/** What the chain says about hiding transactions now. */
export interface ShieldOffer {
  /** Why nothing can be hidden on this chain now. */
  readonly refused?: ShieldRefusal | undefined
  /** Blocks come so fast that what is hidden may be too late. */
  readonly tooFast: boolean
  /** Network fee of the cover, rao; besides that of what it hides. */
  readonly carrierFee?: Rao | undefined
  /** What the account has to keep, rao. */
  readonly existentialDeposit?: Rao | undefined
}

/** The payload of a transaction that shall be hidden: one nonce ahead, good for eight blocks. */
export interface HiddenBytes extends PreparedBytes {
  /** ML-KEM-768; good for about two blocks. */
  readonly shieldKey: Uint8Array
}

export interface HiddenSigned {
  readonly handle: string
  /** The cover, signed and complete. */
  readonly carrier: Uint8Array
  readonly innerHash: string
  /** The pair that a node refused before this one. It may have kept it all the same; both have the same numbers. */
  readonly insteadOf?: HiddenSigned | undefined
}

/** Transactions that nobody but the author of a block can read before they are in it. */
export interface ShieldPort {
  /** Two requests. @param callBytes size of the call that would be hidden */
  shieldOffer(signer: Ss58, callBytes: number): Promise<Result<ShieldOffer, AppError>>
  /**
   * Two requests.
   * @param insteadOf gives its numbers: whatever a node kept of it, at most one of both can ever run
   * @errors shield/not-possible, those of `prepareCall`
   */
  prepareHidden(signer: Ss58, intent: Intent, insteadOf?: HiddenSigned): Promise<Result<HiddenBytes, AppError>>
  /**
   * Sends the cover and follows what it hides to finality. Where it stands in for another pair, both are followed, and a
   * refusal is told only once neither can run any more. An answer that was lost is no refusal: it is followed.
   * @errors shield/stale-key (nothing was paid: prepare and sign again), chain/pool-refused, chain/not-connected
   */
  submitHidden(
    made: HiddenSigned,
    onEvent: (event: SubmitEvent) => void,
  ): Promise<Result<{ readonly txHash: string }, AppError>>
}
