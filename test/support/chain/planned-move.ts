import type { StakingPort } from '../../../electron/chain/staking.port.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { type AskedMove, exactMoves } from '../../../shared/staking/asked-move.ts'
import { planMoves } from '../../../shared/staking/plan-moves.ts'
import type { StakeMovesPlan } from '../../../shared/staking/stake-move.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'

/** One move, planned as the app plans it, for whoever only needs a transaction. Of blocks before it knows nothing. */
export async function plannedMove(
  chain: StakingPort,
  coldkey: Ss58,
  { tolerancePpm, ...move }: AskedMove & { readonly tolerancePpm: number },
): Promise<Result<StakeMovesPlan, AppError>> {
  const read = await chain.movesSnapshot(coldkey, (holdings) => exactMoves([move as AskedMove], holdings), {})
  return read.ok ? planMoves({ purpose: 'moves', moves: [], tolerancePpm }, read.value) : read
}
