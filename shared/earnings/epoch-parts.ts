import type { Alpha, Ss58 } from '../units/amounts.ts'
import type { EpochCause, EpochParts } from './epoch-row.ts'

/** What the events of a span of blocks tell of one position besides its own moves. */
export interface SpanFacts {
  /** 1e-9 alpha of the flows that were fees. */
  readonly feeAlpha: bigint
  /** rao */
  readonly feeTao: bigint
  /** Moves of anyone behind the same hotkey on the same subnet: each may round this position by one unit. */
  readonly moves: number
  /** Events that change a position without telling by how much. */
  readonly seen: readonly EpochCause[]
}
export const NOTHING_SEEN: SpanFacts = { feeAlpha: 0n, feeTao: 0n, moves: 0, seen: [] }

/** What one block, in which an epoch ended, tells of one position. Amounts in 1e-9 alpha. */
export interface EpochTold {
  /** Stake at the end of the block before. */
  readonly stakeRightBefore: Alpha
  /** Own moves in this very block, which come after the epoch. */
  readonly flowsInBlock: bigint
  /** Moves of anyone behind the hotkey in this very block. */
  readonly movesInBlock: number
  /** By `IncentiveAlphaEmittedToMiners`, of the hotkey's uid, all mechanisms; 0 without a uid. */
  readonly incentive: bigint
  /** The coldkey owns the hotkey: its incentive and its take come here. */
  readonly owned: boolean
  /** It held a place, and a permit, when the epoch ran. */
  readonly uid?: number | undefined
  readonly permit: boolean
  /** The coldkey owns the subnet: incentive of its own miners is destroyed. */
  readonly ownsSubnet: boolean
  /** The owner's cut goes to this hotkey and coldkey. */
  readonly takesOwnerCut: boolean
  /** By `AutoStakeAdded`: incentive of this hotkey that was sent elsewhere. */
  readonly sent?: { readonly alpha: bigint; readonly hotkey: Ss58 } | undefined
  /** By `AutoStakeAdded`: incentive of own hotkeys that came to this one. */
  readonly arrived: bigint
  /** Of everybody's `AutoStakeAdded` to this hotkey: each may round. */
  readonly arrivals: number
}

interface Before {
  readonly block: number
  readonly alpha: Alpha
  /** All own moves up to the end of the block of the epoch. */
  readonly flows: bigint
}

const within = (amount: bigint, most: number): boolean => (amount < 0n ? -amount : amount) <= BigInt(most)

/**
 * The account of one epoch. Two things can fail to add up: the blocks before the epoch, where stake may change by own moves
 * only, and the epoch itself, where a hotkey without a permit gets its incentive and nothing else.
 *
 * @source protocol.md 6.1, 3.5; subtensor `run_coinbase.rs` distribute_dividends_and_incentives
 */
export function partsOf(mark: Before, stakeAfter: Alpha, told: EpochTold, span: SpanFacts): EpochParts {
  const early = told.stakeRightBefore - mark.alpha - (mark.flows - told.flowsInBlock)
  const credited = stakeAfter - told.stakeRightBefore - told.flowsInBlock
  const { mined, elsewhere } = incentiveOf(told)
  const { left, ...rest } = restOf(credited - mined, told)
  const unexplained = early + left
  // The deposit of the incentive rounds, and that of a take or of the owner's cut, as well as each move in the block.
  const isRounding = within(early, span.moves) && within(left, roundingIn(told))
  const cause = unexplained === 0n ? undefined : causeOf(unexplained, isRounding, { told, span, flows: mark.flows })
  return {
    fromBlock: mark.block,
    mined,
    ...rest,
    unexplained,
    ...(cause === undefined ? {} : { cause }),
    feeAlpha: span.feeAlpha,
    feeTao: span.feeTao,
    ...(elsewhere === undefined ? {} : { elsewhere }),
  }
}

function incentiveOf(told: EpochTold): Pick<EpochParts, 'mined' | 'elsewhere'> {
  if (!told.owned || told.incentive === 0n) return { mined: told.arrived }
  if (told.ownsSubnet) return { mined: told.arrived, elsewhere: { alpha: told.incentive } }
  return told.sent
    ? { mined: told.incentive - told.sent.alpha + told.arrived, elsewhere: told.sent }
    : { mined: told.incentive + told.arrived }
}

const roundingIn = (told: EpochTold): number =>
  told.movesInBlock + told.arrivals + (told.owned && told.incentive > 0n ? 1 : 0) + (told.takesOwnerCut ? 1 : 0) + 1

/** What came beside the incentive. `left`: nothing of the kind could come here. */
function restOf(
  rest: bigint,
  told: EpochTold,
): Pick<EpochParts, 'validated' | 'staked' | 'ownerCut'> & { readonly left: bigint } {
  const none = { validated: 0n, staked: 0n, ownerCut: 0n, left: 0n }
  // A dividend is never negative; a unit may be lost to rounding.
  if (rest < 0n) return { ...none, left: rest }
  if (told.takesOwnerCut) return { ...none, ownerCut: rest }
  if (told.permit) return told.owned ? { ...none, validated: rest } : { ...none, staked: rest }
  // Behind a hotkey without a place dividends come only from its child keys.
  if (told.uid === undefined && !within(rest, roundingIn(told))) return { ...none, staked: rest }
  return { ...none, left: rest }
}

function causeOf(
  unexplained: bigint,
  isRounding: boolean,
  { told, span, flows }: { readonly told: EpochTold; readonly span: SpanFacts; readonly flows: bigint },
): EpochCause | undefined {
  if (isRounding) return 'rounding'
  const [seen] = span.seen
  if (seen !== undefined) return seen
  // After an unstake the chain clears what is too small to stay.
  return unexplained < 0n && flows < 0n && told.stakeRightBefore === 0n ? 'dust' : undefined
}
