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
  /** Events that change a position without telling by how much. */
  readonly seen: readonly EpochCause[]
}
export const NOTHING_SEEN: SpanFacts = { feeAlpha: 0n, feeTao: 0n, flowsIn: 0n, moves: 0, seen: [] }

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
  // Each deposit of the epoch behind the hotkey rounds, whoever gets it, and each move in the block.
  const isRounding = within(early, span.moves) && within(left, roundingIn(told))
  const isDust =
    dustIn(early, told, { rest: told.stakeRightBefore, moved: mark.flows - told.flowsInBlock }) ||
    dustIn(left, told, { rest: stakeAfter, moved: told.flowsInBlock })
  const cause = unexplained === 0n ? undefined : causeOf(span, { isRounding, isDust })
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

/** To one hotkey in one epoch, besides what arrives from others: its incentive, its take, and the cut of a subnet's owner. */
const DEPOSITS = 3

const roundingIn = (told: EpochTold): number => told.movesInBlock + told.arrivals + DEPOSITS

/** What came beside the incentive. `left`: nothing of the kind could come here. */
function restOf(
  rest: bigint,
  told: EpochTold,
): Pick<EpochParts, 'validated' | 'staked' | 'ownerCut'> & { readonly left: bigint } {
  const none = { validated: 0n, staked: 0n, ownerCut: 0n, left: 0n }
  // A dividend is never negative; a unit may be lost to rounding.
  if (rest < 0n) return { ...none, left: rest }
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

const causeOf = (
  { seen: [seen] }: SpanFacts,
  { isRounding, isDust }: { readonly isRounding: boolean; readonly isDust: boolean },
): EpochCause | undefined => (isRounding ? 'rounding' : (seen ?? (isDust ? 'dust' : undefined)))
