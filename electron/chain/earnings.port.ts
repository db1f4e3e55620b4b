import type { EpochCause } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Netuid, RaoPerAlpha, Ss58 } from '../../shared/units/amounts.ts'
import type { EpochFacts, StakeAt } from './chain.port.ts'

/** One hotkey on one subnet in one block. */
interface Where {
  readonly block: number
  readonly hotkey: Ss58
  readonly netuid: Netuid
}

/** Own moves of stake in one block, from events. Signed: positive adds to the position, 1e-9 alpha. */
export interface StakeFlow extends Where {
  /** With its fees: what the move changed. */
  readonly alpha: bigint
  /** Of `alpha`, what was a fee; 1e-9 alpha, never negative. */
  readonly feeAlpha: bigint
  /** What the move cost besides: rao. The fee of a transaction counts with the first of its moves. */
  readonly feeTao: bigint
}

/** Miner incentive that went to the hotkey which the owner's coldkey chose. */
export interface AutoStaked {
  readonly block: number
  readonly netuid: Netuid
  readonly destination: Ss58
  readonly hotkey: Ss58
  readonly owner: Ss58
  readonly alpha: bigint
}

/** Something that changes positions without a move of stake. Absent fields: any hotkey, any subnet. */
export interface Upheaval {
  readonly block: number
  readonly cause: EpochCause
  readonly hotkeys?: readonly Ss58[] | undefined
  readonly netuid?: Netuid | undefined
}

/** What the events of some blocks tell an account of its stake. */
export interface StakeEvents {
  readonly flows: readonly StakeFlow[]
  /** Moves of anybody, own ones included. */
  readonly moves: readonly Where[]
  /** One for each epoch that paid: alpha by uid, all mechanisms of the subnet together. */
  readonly incentives: readonly { readonly block: number; readonly netuid: Netuid; readonly byUid: readonly bigint[] }[]
  readonly autoStaked: readonly AutoStaked[]
  readonly upheavals: readonly Upheaval[]
  /** Blocks in which the account claimed root dividends: its stake on root grew without a move. */
  readonly claims: readonly number[]
  /** Blocks in which others moved stake that no event names: a swap of their coldkey, a claim. Each may round a position twice. */
  readonly shifts: readonly number[]
  /** Somebody got a place, a hotkey became another, or a subnet got another owner: what `netuidsOf` said may be different now. */
  readonly placesChanged: boolean
}

/** A hotkey on a subnet as it stood when the epoch ran. */
export interface PlaceAt {
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly owned: boolean
  readonly uid?: number | undefined
  readonly permit: boolean
  /** Absent where the runtime does not tell. */
  readonly hasChildren?: boolean | undefined
  /** All that is staked to the hotkey here is the account's own; absent where the runtime does not tell. */
  readonly alone?: boolean | undefined
  readonly ownsSubnet: boolean
  readonly takesOwnerCut: boolean
}

/** The block of an epoch, and the one before it. */
export interface EpochSnapshot {
  readonly before: readonly StakeAt[]
  readonly after: readonly StakeAt[]
  /** Of every position of these subnets, before or after, and of every hotkey that was asked for. */
  readonly places: readonly PlaceAt[]
  readonly prices: ReadonlyMap<Netuid, RaoPerAlpha>
  /** By subnet: the block of the epoch before. */
  readonly previous: ReadonlyMap<Netuid, number>
  /** rao: a nomination that is worth less is cleared after an unstake; absent where the runtime does not tell. */
  readonly dust?: bigint | undefined
}

export interface EarningsPort {
  /** Epochs of all subnets but root, as they stood at the end of `block`: of one that is final, and so certain. One request. */
  epochsAt(block: number): Promise<Result<readonly EpochFacts[], AppError>>
  /** From the events of blocks `from..to`, both inclusive: one request a block. */
  stakeEvents(
    coldkey: Ss58,
    range: { readonly from: number; readonly to: number },
  ): Promise<Result<StakeEvents, AppError>>
  /** Those of `netuids` whose epochs may pay the account something without any stake of it: it owns the subnet, or one of `hotkeys`,
   *  or of those that the chain says it owns, has a place there. Two requests. */
  netuidsOf(
    coldkey: Ss58,
    among: { readonly netuids: readonly Netuid[]; readonly hotkeys: readonly Ss58[] },
  ): Promise<Result<readonly Netuid[], AppError>>
  /**
   * Stake right before and after the epochs that ran in `block`: one read of each, one of the places, one price a subnet.
   * @errors chain/unsupported where the node has forgotten the state
   */
  epochSnapshot(
    coldkey: Ss58,
    at: { readonly block: number; readonly netuids: readonly Netuid[]; readonly hotkeys: readonly Ss58[] },
  ): Promise<Result<EpochSnapshot, AppError>>
}
