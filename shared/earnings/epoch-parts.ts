import type { Alpha, Ss58 } from '../units/amounts.ts'
import type { EpochCause, EpochParts } from './epoch-row.ts'

/** What the events of a span of blocks tell of one position besides its own moves. */
export interface SpanFacts {
  /** 1e-9 alpha of the flows that were fees. */
  readonly feeAlpha: bigint
  /** 1e-9 alpha of the flows that came in; absent in marks of earlier versions. */
  readonly flowsIn?: bigint | undefined
  /** rao */
  readonly feeTao: bigint
  /** Moves of anyone behind the same hotkey on the same subnet: each may round this position by one unit. */
  readonly moves: number
  /** Of `moves`, those that are not the account's own; absent in marks of earlier versions. */
  readonly others?: number | undefined
  /** Events that change a position without telling by how much. */
  readonly seen: readonly EpochCause[]
}
export const NOTHING_SEEN: SpanFacts = { feeAlpha: 0n, feeTao: 0n, flowsIn: 0n, moves: 0, others: 0, seen: [] }

/** What one block, in which an epoch ended, tells of one position. Amounts in 1e-9 alpha. */
export interface EpochTold {
  /** Stake at the end of the block before. */
  readonly stakeRightBefore: Alpha
  /** Own moves in this very block, which come after the epoch. */
  readonly flowsInBlock: bigint
  /** Moves of anyone behind the hotkey in this very block, and of those the ones that are not the account's own. */
  readonly movesInBlock: number
  readonly othersInBlock?: number | undefined
  /** Nobody else staked to the hotkey right before: then no share can be rounded but by the moves of others. */
  readonly alone?: boolean | undefined
  /** An event of this very block that changes the position without telling by how much: it explains this block, and no other. */
  readonly upheaval?: EpochCause | undefined
  /** By `IncentiveAlphaEmittedToMiners`, of the hotkey's uid, all mechanisms; 0 without a uid. */
  readonly incentive: bigint
  /** The coldkey owns the hotkey: its incentive and its take come here. */
  readonly owned: boolean
  /** It held a place, and a permit, when the epoch ran. */
  readonly uid?: number | undefined
  readonly permit: boolean
  /** Dividends of its child keys come to the hotkey whether it has a permit or not; absent where the chain does not tell. */
  readonly hasChildren?: boolean | undefined
  /** Root dividends were claimed in this very block. */
  readonly claimed?: boolean | undefined
  /** 1e-9 alpha: so little is cleared after an unstake; absent where the chain does not tell. */
  readonly dustBelow?: bigint | undefined
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
  const cause = causeOf([
    {
      missing: early,
      rounding: roundingBefore(told, span),
      other: span.seen[0],
      isDust: dustIn(early, told, { rest: told.stakeRightBefore, moved: mark.flows - told.flowsInBlock }),
    },
    {
      missing: left,
      rounding: roundingIn(told),
      other: told.upheaval,
      isDust: dustIn(left, told, { rest: stakeAfter, moved: told.flowsInBlock }),
    },
  ])
  return {
    fromBlock: mark.block,
    mined,
    ...rest,
    unexplained,
    ...(cause === undefined ? {} : { cause }),
    feeAlpha: span.feeAlpha,
    feeTao: span.feeTao,
    ...(span.flowsIn === undefined ? {} : { flowsIn: span.flowsIn }),
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

/**
 * Each deposit of the epoch behind the hotkey rounds, whoever gets it, and each move in the block: its incentive, dividends and
 * take, the cut of a subnet's owner. Of one's own hotkey it is known which of these there were; where nobody else stakes to it,
 * nothing rounds but moves of others.
 */
function roundingIn(told: EpochTold): number {
  const others = told.othersInBlock ?? told.movesInBlock
  if (told.alone && others === 0 && told.arrivals === 0) return 0
  const deposits =
    (told.incentive > 0n ? 1 : 0) +
    (told.permit || told.hasChildren !== false ? 2 : 0) +
    (told.takesOwnerCut || !told.owned ? 1 : 0)
  return told.movesInBlock + told.arrivals + deposits
}
const roundingBefore = (told: EpochTold, span: SpanFacts): number => (told.alone && span.others === 0 ? 0 : span.moves)

/** What came beside the incentive. `left`: nothing of the kind could come here. */
function restOf(
  rest: bigint,
  told: EpochTold,
): Pick<EpochParts, 'validated' | 'staked' | 'ownerCut'> & { readonly left: bigint } {
  const none = { validated: 0n, staked: 0n, ownerCut: 0n, left: 0n }
  // A dividend is never negative; a unit may be lost to rounding.
  if (told.upheaval !== undefined || rest < 0n) return { ...none, left: rest }
  if (told.claimed) return { ...none, staked: rest }
  if (told.takesOwnerCut) return { ...none, ownerCut: rest }
  // Without a permit dividends come only from child keys.
  const mayBeChildren = told.hasChildren ?? told.uid === undefined
  if (told.permit || (mayBeChildren && !within(rest, roundingIn(told))))
    return told.owned ? { ...none, validated: rest } : { ...none, staked: rest }
  return { ...none, left: rest }
}

/** After an unstake the chain clears what is too small to stay, and nothing is left. */
const dustIn = (
  missing: bigint,
  { dustBelow }: EpochTold,
  { rest, moved }: { readonly rest: bigint; readonly moved: bigint },
): boolean => missing < 0n && rest === 0n && moved < 0n && dustBelow !== undefined && -missing <= dustBelow

/** What does not add up in one part of the span, and what there is to explain it. */
interface Missing {
  readonly missing: bigint
  /** At most so many units may be rounding. */
  readonly rounding: number
  readonly other: EpochCause | undefined
  readonly isDust: boolean
}

/** A cause is named where all that is missing has one: none explains more than its own part of the span. */
function causeOf(all: readonly Missing[]): EpochCause | undefined {
  const causes = all
    .filter(({ missing }) => missing !== 0n)
    .map(({ missing, rounding, other, isDust }) =>
      within(missing, rounding) ? 'rounding' : (other ?? (isDust ? 'dust' : undefined)),
    )
  if (causes.includes(undefined)) return undefined
  return causes.find((cause) => cause !== 'rounding') ?? causes[0]
}
