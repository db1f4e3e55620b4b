import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { Holdings, MovesSnapshot, StakeMove } from '../../shared/staking/stake-move.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** Decides, from what is held, what shall be moved. Pure; called once for each snapshot. */
export type ChooseMoves = (holdings: Holdings) => Result<readonly StakeMove[], AppError>

export interface MovesTerms {
  /** A fee for each call instead of one for all. */
  readonly oneByOne?: boolean | undefined
  /** Subnets whose price is needed besides those that are held: of what shall be bought. */
  readonly priced?: readonly Netuid[] | undefined
}

/** The chain seen by whoever plans moves of stake. */
export interface StakingPort {
  /**
   * Everything that a plan of moves needs, all of one block: four requests for what is held, one for the places involved,
   * one or two for each trade, and one for the fee. A runtime that does not tell all prices at once is asked for each.
   * @errors those of `choose`, chain/unsupported, chain/not-connected
   */
  movesSnapshot(coldkey: Ss58, choose: ChooseMoves, terms: MovesTerms): Promise<Result<MovesSnapshot, AppError>>
}
