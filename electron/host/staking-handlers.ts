import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `staking.${string}`>

/** Plans of stake. What is confirmed goes through `transaction.prepare` and `transaction.send` like everything else. */
export function stakingHandlers(services: Services): Pick<Handlers<AppContract>, Names> {
  const { stakeMoves, tradePlans } = services
  return {
    'staking.planAdd': (request) => tradePlans.add(request),
    'staking.planRemove': (request) => tradePlans.remove(request),
    'staking.planMoves': (request) => stakeMoves.plan(request),
    'staking.planExit': (request) => stakeMoves.exit(request),
    'staking.planRebalance': (request) => stakeMoves.rebalance(request),
  }
}
