import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `staking.${string}`>

/** Plans of stake. What is confirmed goes through `transaction.prepare` and `transaction.send` like everything else. */
export function stakingHandlers(services: Services): Pick<Handlers<AppContract>, Names> {
  const { stakeMoves, moveQueues, wallets } = services
  return {
    'staking.planMoves': (request) => stakeMoves.plan(request),
    'staking.planExit': (request) => stakeMoves.exit(request),
    'staking.planRebalance': (request) => stakeMoves.rebalance(request),
    'staking.queues': (_input, emit, signal) =>
      followed(
        (listener) => moveQueues.onChange(listener),
        () => emit(moveQueues.queues()),
        signal,
      ),
    'staking.startQueue': ({ plan, via }) => {
      wallets.touch()
      return moveQueues.start(plan, via)
    },
    'staking.runQueue': ({ id }) => {
      wallets.touch()
      return moveQueues.run(id)
    },
    'staking.stopQueue': async ({ id }) => (moveQueues.stop(id) ? ok(null) : err({ code: 'stake/no-queue', id })),
    'staking.dropQueue': async ({ id }) => (moveQueues.drop(id) ? ok(null) : err({ code: 'stake/no-queue', id })),
  }
}
