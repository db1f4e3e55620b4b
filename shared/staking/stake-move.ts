import type { Intent } from '../signing/intent.ts'
import type { MarketSample } from '../subnets/market.ts'
import type { FeeBasis, FeeDoubt } from '../transactions/fee-estimate.ts'
import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'
import type { PoolFacts, PriceDoubt } from './judge-price.ts'

interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}

/**
 * One move of stake with exact amounts. Alpha is that of the subnet it comes from. A limit that is absent follows from
 * the price and the tolerance of the request.
 */
export type StakeMove =
  | ({
      readonly kind: 'add'
      readonly amount: Rao
      readonly limitPrice?: RaoPerAlpha | undefined
      readonly allowPartial?: boolean | undefined
    } & Place)
  | ({
      readonly kind: 'remove'
      readonly amount: Alpha
      readonly limitPrice?: RaoPerAlpha | undefined
      readonly allowPartial?: boolean | undefined
    } & Place)
  /** The whole position, also what it earns until then. */
  | ({ readonly kind: 'remove-all'; readonly limitPrice?: RaoPerAlpha | undefined } & Place)
  /** To another validator of the same subnet: no trade happens. */
  | {
      readonly kind: 'move'
      readonly netuid: Netuid
      readonly fromHotkey: Ss58
      readonly toHotkey: Ss58
      readonly amount: Alpha
    }
  /** To another subnet, with the same validator. @param limitRatio least price of origin per price of destination, times 1e9 */
  | {
      readonly kind: 'swap'
      readonly hotkey: Ss58
      readonly fromNetuid: Netuid
      readonly toNetuid: Netuid
      readonly amount: Alpha
      readonly limitRatio?: bigint | undefined
      readonly allowPartial?: boolean | undefined
    }
  /** Gives stake to another coldkey, on the same subnet and with the same validator. */
  | ({ readonly kind: 'transfer'; readonly to: Ss58; readonly amount: Alpha } & Place)

export type MoveKind = StakeMove['kind']

/** What the moves are for: the words change, the rules do not. */
export type MovesPurpose = 'moves' | 'exit' | 'sweep' | 'rebalance'

export interface StakeMovesRequest {
  readonly purpose: MovesPurpose
  readonly moves: readonly StakeMove[]
  /** Worst accepted price or ratio, parts per million away from that of now. */
  readonly tolerancePpm: number
  /** Signed one after the other, also where one call could carry them all. */
  readonly oneByOne?: boolean | undefined
  /** Two sources disagree, and the person who saw both goes on. Without it such a plan is not signed. */
  readonly despiteDoubts?: boolean | undefined
  /** Whose state counts, when the wallet acts for another account; absent: its own. */
  readonly account?: Ss58 | undefined
  /** The recipient typed in full by hand; needed where the address imitates a known one. */
  readonly typedTo?: string | undefined
}

/** What a coldkey holds, of one block: enough to turn "half of it" into an amount. */
export interface Holdings {
  readonly coldkey: Ss58
  readonly block: number
  /** Free and not frozen, rao. */
  readonly free: Rao
  readonly minStake: Rao
  readonly positions: readonly (Place & { readonly alpha: Alpha; readonly registered: boolean })[]
  /** Alpha that may leave each subnet, over all hotkeys; `undefined`: this runtime has no locks. */
  readonly available: ReadonlyMap<Netuid, Alpha> | undefined
  readonly prices: ReadonlyMap<Netuid, RaoPerAlpha>
}

/**
 * What the chain simulated for one move, as it will be made: behind the moves before it on the same pools. The totals are
 * over those and itself: what the pool takes in after its fee, and what it gives. All zero: the pool cannot.
 */
export interface MoveQuote {
  readonly sale?:
    | { readonly taoOut: Rao; readonly poolFee: Alpha; readonly totalIn: bigint; readonly totalOut: bigint }
    | undefined
  readonly purchase?:
    | { readonly alphaOut: Alpha; readonly poolFee: Rao; readonly totalIn: bigint; readonly totalOut: bigint }
    | undefined
}

/** What the chain said of one subnet. */
export interface SubnetFacts {
  readonly exists: boolean
  readonly started: boolean
  /** `undefined`: this runtime does not tell. */
  readonly transfersAllowed: boolean | undefined
}

/** Everything that a plan needs, of one block. Gathered by the service; the planner asks for no more. */
export interface MovesSnapshot extends Holdings {
  readonly existentialDeposit: Rao
  /** False: the chain does not keep an account, so not even a fee in alpha could be paid. */
  readonly alive: boolean
  readonly moves: readonly StakeMove[]
  /** One for each move, in their order. `undefined` legs: this runtime simulates no swaps. */
  readonly quotes: readonly MoveQuote[]
  readonly subnets: ReadonlyMap<Netuid, SubnetFacts>
  readonly hotkeysKnown: ReadonlyMap<Ss58, boolean>
  /** `hotkey/netuid` of the destinations that have a place there. */
  readonly registeredThere: ReadonlySet<string>
  /** One for each call that is signed: one alone where all go in one. */
  readonly txFees: readonly Rao[]
  readonly canBatch: boolean
  /** Blocks that stake on root has to stay; `undefined`: this runtime has no such rule. */
  readonly rootHoldBlocks?: number | undefined
  /** First block in which stake on root may leave, by hotkey; absent: at once, or this runtime has no such rule. */
  readonly rootHeldUntil?: ReadonlyMap<Ss58, number> | undefined
  /** What else the chain keeps of the pools involved: a second word on their prices. */
  readonly pools: ReadonlyMap<Netuid, PoolFacts>
  /** What pools keep of what goes in, parts of 65,535; absent: this runtime does not tell. */
  readonly feeRates?: ReadonlyMap<Netuid, number> | undefined
  /** By what the runtime weighs calls; absent: as mainnet does. */
  readonly feeBasis?: FeeBasis | undefined
  /** Prices as another endpoint of the chain states them, of about the same time. */
  readonly elsewhere?: ReadonlyMap<Netuid, RaoPerAlpha> | undefined
  /** Looks at the market of earlier blocks, as this computer recorded them. */
  readonly recorded?: ReadonlyMap<Netuid, readonly MarketSample[]> | undefined
  /** Somebody else signs and pays: nothing was asked of the fee. */
  readonly paidByOther?: boolean | undefined
}

/** Two sources that cannot both be right. */
export type PlanDoubt = PriceDoubt | FeeDoubt

/** Something a person should know of one move. */
export type MoveNote =
  | 'no-trade'
  | 'no-quote'
  | 'partial'
  | 'only-a-part'
  | 'leaves-dust'
  | 'earns-nothing-there'
  | 'root-one-to-one'
  | 'root-hold'
  | 'cannot-be-undone'

/** One move as it is confirmed: amounts in 1e-9 of what is received. */
export interface PlannedMove {
  readonly move: StakeMove
  readonly intent: Intent
  /** What leaves: rao of an `add`, else alpha of the origin. For `remove-all` what the position holds now. */
  readonly gives: bigint
  readonly receives: 'tao' | 'alpha'
  /** Spot price of the origin; absent for `add`, or unknown. */
  readonly priceFrom?: RaoPerAlpha | undefined
  /** Spot price of the destination; absent when TAO is received, or unknown. */
  readonly priceTo?: RaoPerAlpha | undefined
  readonly limitPrice?: RaoPerAlpha | undefined
  readonly limitRatio?: bigint | undefined
  readonly best?: bigint | undefined
  readonly expected?: bigint | undefined
  /** The chain gives this much or refuses; unknown where nothing can bound it. */
  readonly worst?: bigint | undefined
  /** The same at spot price, rao. */
  readonly givesRao?: Rao | undefined
  readonly bestRao?: Rao | undefined
  readonly expectedRao?: Rao | undefined
  readonly worstRao?: Rao | undefined
  /** TAO between the two legs of a swap, as simulated. */
  readonly betweenRao?: Rao | undefined
  /** Swap fee at spot price, inside the amount. */
  readonly poolFeeRao?: Rao | undefined
  /** Lost to the size of the trade alone, parts per million of the best case. */
  readonly impactPpm?: number | undefined
  /** Left of the position that is moved from. */
  readonly alphaAfter?: Alpha | undefined
  readonly notes: readonly MoveNote[]
}

/** Why a position is not in a plan of many. */
export type SkipReason =
  | 'locked'
  | 'held'
  | 'not-started'
  | 'pool-cannot'
  | 'moves-price'
  | 'costs-more'
  | 'not-small'
  | 'next-plan'
  /** No TAO for the fee of all: one position pays its own in alpha, and its sale brings what the next plan needs. */
  | 'fee-first'
export interface SkippedPosition extends Place {
  readonly alpha: Alpha
  readonly valueRao?: Rao | undefined
  readonly reason: SkipReason
}

export interface StakeMovesPlan {
  readonly kind: 'stake-moves'
  readonly coldkey: Ss58
  readonly request: StakeMovesRequest
  readonly atBlock: number
  readonly steps: readonly PlannedMove[]
  /** `single` and `batch` are one signature; a `queue` is one for each step. */
  readonly carry: 'single' | 'batch' | 'queue'
  /** What is signed; of a queue its first step. */
  readonly intent: Intent
  /** All network fees, rao. */
  readonly txFee: Rao
  /** The TAO does not reach, so the chain sells this much of the position for the fee. */
  readonly feeInAlpha?: (Place & { readonly alpha: Alpha }) | undefined
  readonly free: Rao
  readonly freeAfter?: Rao | undefined
  readonly freeAfterWorst?: Rao | undefined
  /** What everything costs, fees included, against the spot price; unknown with one unknown step. Signed rao. */
  readonly costRao?: bigint | undefined
  readonly worstCostRao?: bigint | undefined
  readonly rootHoldBlocks?: number | undefined
  readonly skipped: readonly SkippedPosition[]
  /** What contradicts the price or the fee by which it is planned. Not signed unless the request says so. */
  readonly doubts: readonly PlanDoubt[]
}

export const placeKey = (hotkey: Ss58, netuid: Netuid): string => `${hotkey}/${netuid}`

/** The subnet and validator that stake leaves; `undefined` for an `add`. */
export function originOf(move: StakeMove): Place | undefined {
  switch (move.kind) {
    case 'add':
      return undefined
    case 'move':
      return { netuid: move.netuid, hotkey: move.fromHotkey }
    case 'swap':
      return { netuid: move.fromNetuid, hotkey: move.hotkey }
    default:
      return { netuid: move.netuid, hotkey: move.hotkey }
  }
}

/** Where stake arrives; `undefined` where TAO is received. */
export function destinationOf(move: StakeMove): Place | undefined {
  switch (move.kind) {
    case 'remove':
    case 'remove-all':
      return undefined
    case 'move':
      return { netuid: move.netuid, hotkey: move.toHotkey }
    case 'swap':
      return { netuid: move.toNetuid, hotkey: move.hotkey }
    default:
      return { netuid: move.netuid, hotkey: move.hotkey }
  }
}
