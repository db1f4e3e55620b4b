import type { Rao } from '../units/amounts.ts'
import type { Policy } from './policy.ts'

/** The limits of a wallet, as the signer holds them. */
export interface PolicyView {
  readonly policy: Policy
  /**
   * `sealed`: verified with the coldkey. `unverified`: the wallet is locked, so nobody could check the seal.
   * `none`: never set. `tampered`: changed, deleted or replaced from outside; nothing is signed.
   */
  readonly state: 'sealed' | 'unverified' | 'none' | 'tampered'
  /** Looser limits that wait for their moment. */
  readonly pending?: { readonly policy: Policy; readonly effectiveAtMs: number }
  /** TAO signed for in the last 24 hours, rao; absent when the log cannot be read. */
  readonly spentToday?: Rao
  /** How long a loosening would wait from now, ms. */
  readonly looseningWaitMs: number
}
