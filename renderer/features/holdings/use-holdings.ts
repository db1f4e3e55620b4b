import { valueIn } from '../../bridge/loadable.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'

/** A practice chain may make blocks faster than anybody reads, ms. */
const LEAST_MS = 3_000

/** Locks, destinations and what root owes, of the account that is acted for, else of the wallet. Asked every two blocks. */
export function useHoldings() {
  const { blockMs } = useChain()
  const { account } = useActing()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const whose = account?.address ?? wallet?.address
  const everyMs = Math.max(LEAST_MS, blockMs * 2)
  return useQuestion('holdings.state', whose && { account: whose }, { freshForMs: blockMs, everyMs })
}
