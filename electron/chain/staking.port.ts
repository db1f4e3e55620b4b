import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Holdings, MovesSnapshot, StakeMove } from '../../shared/staking/stake-move.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** Decides, from what is held, what shall be moved. Pure; called once for each snapshot. */
export type ChooseMoves = (holdings: Holdings) => Result<readonly StakeMove[], AppError>

/** The chain seen by whoever plans moves of stake. */
export interface StakingPort {
  /**
   * Everything that a plan of moves needs, all of one block: four requests for what is held, one for the places involved,
   * one or two for each trade, and one for the fee.
   * @param oneByOne a fee for each call instead of one for all
   * @errors those of `choose`, chain/unsupported, chain/not-connected
   */
  movesSnapshot(coldkey: Ss58, choose: ChooseMoves, oneByOne: boolean): Promise<Result<MovesSnapshot, AppError>>
}
