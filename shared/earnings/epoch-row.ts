import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'

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
  /** `stakeAfter − stakeBefore − flows`; negative is possible (dust swept, collateral) and is then explained as such. */
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
}
