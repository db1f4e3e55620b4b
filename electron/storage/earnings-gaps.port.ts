import type { Ss58 } from '../../shared/units/amounts.ts'
import type { PositionMark } from './storage.port.ts'

/** Changes of stake in the blocks after `fromBlock`, through `throughBlock`, were not looked at. */
export interface EarningsGap {
  readonly fromBlock: number
  readonly throughBlock: number
  /** Where the positions stood when looking ended. */
  readonly marks: readonly PositionMark[]
}

/** A gap that was looked at later: as a whole, or but for what is left. */
export interface GapClosing {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly gap: EarningsGap
  readonly left?: EarningsGap | undefined
}

export interface EarningsGapStorage {
  /** Oldest first. */
  earningsGaps(genesis: string, coldkey: Ss58): readonly EarningsGap[]
}
