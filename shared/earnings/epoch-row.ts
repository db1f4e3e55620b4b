import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'

/**
 * Why the parts of a row and the change of its stake may differ. `rounding`: stake is counted in shares of all who stake to a
 * hotkey, and each move of anyone there may round the others by one unit. The rest were seen in the blocks of the row.
 */
export const EPOCH_CAUSES = [
  'rounding',
  'dust',
  'hotkey-swap',
  'coldkey-swap',
  'subnet-removed',
  'collateral',
  'root-claim',
] as const
export type EpochCause = (typeof EPOCH_CAUSES)[number]

/**
 * Where a row comes from. `events`: the events of its blocks, and the stake right before and after the epoch. `snapshots`: the
 * stake before and after, and own moves; nothing else. `archive`: read later, from a node that keeps the past.
 */
export const ROW_SOURCES = ['events', 'snapshots', 'archive'] as const
export type RowSource = (typeof ROW_SOURCES)[number]

/**
 * What a row is made of, each read by itself, in 1e-9 alpha:
 * `stakeAfter − stakeBefore = flows + mined + validated + staked + ownerCut + unexplained`.
 */
export interface EpochParts {
  /** `stakeBefore` is the stake at the end of this block. */
  readonly fromBlock: number
  /** Incentive of a miner, by its event; also what another own miner's incentive brought by auto-stake. */
  readonly mined: bigint
  /** Dividends of an own hotkey, its take included: no event tells the two apart. On root the take of its dividends. */
  readonly validated: bigint
  /** Dividends behind the hotkey of somebody else. On root what was claimed. */
  readonly staked: bigint
  /** Of the subnet's owner; where its hotkey validates as well, with its dividends: the chain does not tell them apart. */
  readonly ownerCut: bigint
  /** What nothing above accounts for. */
  readonly unexplained: bigint
  /** A cause of all of `unexplained`; absent where it is 0, and where nothing explains all of it. */
  readonly cause?: EpochCause | undefined
  /** Alpha of the flows that went away as fees: of the pool, or of a transaction that was paid in alpha. */
  readonly feeAlpha: bigint
  /** Of the flows, what came in; never negative. What went is this less the flows. Absent in rows of earlier versions. */
  readonly flowsIn?: bigint | undefined
  /** rao that moves of this position cost: fees of the pool and of the transactions. */
  readonly feeTao: bigint
  /** Incentive of this hotkey that did not come here: auto-stake to `hotkey`, or destroyed where there is none. */
  readonly elsewhere?: { readonly alpha: bigint; readonly hotkey?: Ss58 | undefined } | undefined
}

/** One epoch of one subnet for one (hotkey, coldkey): what came in that was not moved by hand. */
export interface EpochRow {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  /** Block in which the chain ran the epoch. */
  readonly epochBlock: number
  readonly stakeBefore: Alpha
  readonly stakeAfter: Alpha
  /** Own adds less own removals (with their fees) between the two snapshots; signed 1e-9 alpha. */
  readonly flows: bigint
  /** Sum of the parts; where they are not known, `stakeAfter − stakeBefore − flows`, and then negative is possible. */
  readonly earned: bigint
  /** Price right after the epoch. `undefined` when it was not read: then the TAO value is unknown too. */
  readonly price?: RaoPerAlpha | undefined
  readonly earnedTao?: Rao | undefined
  /** `mined`: the hotkey holds a uid with incentive; `staked`: dividends. */
  readonly source: 'mined' | 'staked'
  readonly uid?: number | undefined
  /** More than one epoch passed between the snapshots: the row is their sum. */
  readonly epochs: number
  readonly atMs: number
  /** Absent where only the stake before and after is known. */
  readonly parts?: EpochParts | undefined
  /** Absent in rows of earlier versions, which did not say. */
  readonly via?: RowSource | undefined
}

/**
 * 1e-9 alpha by which the account of an epoch does not close, whether a cause of it is known or not. Rounding of shares is no such
 * difference: it is bounded by what was moved there, a unit for each.
 */
export const redOf = ({ parts }: EpochRow): bigint =>
  parts === undefined || parts.cause === 'rounding' ? 0n : parts.unexplained

/** All that came in without a move of one's own: what the ledger counts, so that it ends at the chain's stake. */
export const creditedOf = (row: EpochRow): bigint => row.earned + (row.parts?.unexplained ?? 0n)
