import { type Alpha, type Netuid, type Rao, type Ss58, UNITS_PER_WHOLE } from '../units/amounts.ts'

/** What an account says of itself on chain. Text of a stranger: show it cleaned, never as markup, never fetch what it names. */
export interface StatedIdentity {
  readonly name: string
  readonly url: string
  readonly github: string
  readonly discord: string
  readonly description: string
}

/** A neuron with a permit (on root: with a seat), as the chain describes it. */
export interface ValidatorRow {
  readonly hotkey: Ss58
  readonly ownerColdkey: Ss58
  readonly uid: number
  readonly identity?: StatedIdentity | undefined
  /** Share of dividends the validator keeps, parts per million. `undefined` when it is no delegate. */
  readonly takePpm?: number | undefined
  /** Alpha staked to it on this subnet. */
  readonly stake: Alpha
  /** What its stake on root weighs here, rao. */
  readonly rootWeight: Rao
  /** Both together: what its votes count with. */
  readonly totalStake: Alpha
  /** Alpha that its own coldkey holds in it. `undefined` where the runtime keeps shares in a way we do not know. */
  readonly ownStake?: Alpha | undefined
  /** Its share of the validators' rewards in the last epoch, parts of 65,535. */
  readonly dividendsShare: number
  /** Alpha that the last epoch brought to all who stake to it, after its take. */
  readonly dividends?: Alpha | undefined
  /** Alpha staked to it when the last epoch was paid. */
  readonly stakeLastEpoch?: Alpha | undefined
  /** Block at which it last set weights. */
  readonly lastUpdate: number
  /** Block at which it got its place. */
  readonly registeredAt: number
}

export interface ValidatorTable {
  readonly netuid: Netuid
  readonly block: number
  /** Blocks between epochs. */
  readonly tempo: number
  /** Block of the last epoch; 0 when none ran. */
  readonly lastEpoch: number
  /** A validator that set no weights for more blocks than this has no say. `undefined` where the chain does not tell. */
  readonly activityCutoff?: number | undefined
  /** Largest total stake first. */
  readonly rows: readonly ValidatorRow[]
}

/** `takes-all`: nothing is left for stakers. `silent`: it set no weights for so long that its vote does not count. */
export type ValidatorFlag = 'takes-all' | 'silent'

export function validatorFlags(row: ValidatorRow, table: ValidatorTable): readonly ValidatorFlag[] {
  const flags: ValidatorFlag[] = []
  if (row.takePpm !== undefined && row.takePpm >= 1_000_000) flags.push('takes-all')
  const silentFor = table.block - row.lastUpdate
  // Root sets no weights since the network shares out by price.
  if (table.netuid !== 0 && table.activityCutoff !== undefined && silentFor > table.activityCutoff) flags.push('silent')
  return flags
}

/** Why a yield cannot be told. */
export type NoYield =
  /** Stakers of root are paid by all subnets, not by an epoch of root. */
  | 'root'
  /** The runtime does not tell what the last epoch paid. */
  | 'not-told'
  /** No epoch has been paid yet, or the validator came after it. */
  | 'no-epoch'
  /** Less than one alpha was staked: rounding would be most of the result. */
  | 'too-little'

/**
 * Dividend ÷ stake of the last epoch, in alpha. It says nothing of a year: see `measuredYield`.
 * @returns alpha for each staked alpha, parts per billion
 * @source subtensor `AlphaDividendsPerSubnet` (after take) ÷ `TotalHotkeyAlphaLastEpoch`
 */
export function epochYieldPpb(row: ValidatorRow, table: ValidatorTable): bigint | NoYield {
  if (table.netuid === 0) return 'root'
  if (row.dividends === undefined || row.stakeLastEpoch === undefined) return 'not-told'
  if (table.lastEpoch === 0 || table.tempo === 0 || row.registeredAt > table.lastEpoch) return 'no-epoch'
  if (row.stakeLastEpoch < UNITS_PER_WHOLE) return 'too-little'
  return (row.dividends * 1_000_000_000n) / row.stakeLastEpoch
}
