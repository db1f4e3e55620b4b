import type { Netuid, Ss58 } from '../units/amounts.ts'

interface At {
  /** Place among the block's events. */
  readonly index: number
  /** `undefined`: the block's own work. */
  readonly extrinsic: number | undefined
}

/** What the events of a block tell that a ledger cares about. Amounts: rao, or 1e-9 alpha. */
export type LedgerFact = At &
  (
    | {
        readonly what: 'stake-added' | 'stake-removed'
        readonly coldkey: Ss58
        readonly hotkey: Ss58
        readonly netuid: Netuid
        /** Added: gross, with its fee. Removed: what was received. */
        readonly tao: bigint
        /** Added: received. Removed: sold, without its fee. */
        readonly alpha: bigint
        /** Added: rao. Removed: alpha. */
        readonly fee: bigint
      }
    | {
        readonly what: 'stake-moved'
        readonly coldkey: Ss58
        readonly toColdkey: Ss58
        readonly netuid: Netuid
        readonly toNetuid: Netuid
        /** rao, by the chain's word */
        readonly tao: bigint
      }
    | {
        readonly what: 'burned' | 'recycled'
        readonly coldkey: Ss58
        readonly hotkey: Ss58
        readonly netuid: Netuid
        readonly alpha: bigint
      }
    | { readonly what: 'fee'; readonly who: Ss58; readonly tao: bigint }
    | {
        readonly what: 'alpha-fee'
        readonly who: Ss58
        readonly netuid: Netuid
        readonly alpha: bigint
        readonly tao: bigint
      }
    | {
        readonly what: 'transfer'
        readonly from: Ss58
        readonly to: Ss58
        readonly tao: bigint
        /** One of the two is an account of the chain itself: its part in a trade, not somebody who pays. */
        readonly system: boolean
        /** The account of this subnet's pool pays. */
        readonly pool?: Netuid | undefined
      }
    | { readonly what: 'subnet-removed'; readonly netuid: Netuid }
    /** A change of balance that names one account: withdrawn, deposited, burned, minted, lost as dust. Signed rao. */
    | { readonly what: 'balance'; readonly who: Ss58; readonly tao: bigint }
    | { readonly what: 'registered'; readonly netuid: Netuid; readonly hotkey: Ss58 }
    | {
        readonly what: 'hotkey-swapped'
        readonly coldkey: Ss58
        readonly hotkey: Ss58
        readonly toHotkey: Ss58
        /** Absent: on all subnets. */
        readonly netuid?: Netuid | undefined
      }
    | { readonly what: 'coldkey-swapped'; readonly from: Ss58; readonly to: Ss58 }
  )

export type StakeFact = Extract<LedgerFact, { readonly what: 'stake-added' | 'stake-removed' }>
