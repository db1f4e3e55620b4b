import { viaOf } from '../../../shared/accounts/acting.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useActedPlan, useActing, whyNotActed } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { whyNoReview } from '../../ui/trade-drawer.tsx'
import type { MovesQuote } from './moves-quote.tsx'

/** What stands between a quoted plan and its signature, and the way on: to the confirm dialog, or to a list of signatures. */
export function useMovesReview(quote: MovesQuote, wrong: string | undefined, onSent: () => void) {
  const { review } = useAppActions()
  const { account } = useActing()
  const chain = useChain()
  const start = useCommand('staking.startQueue')
  const plan = quote.state === 'ready' ? quote.value : undefined
  const queued = plan?.carry === 'queue' ? plan : undefined
  const acted = useActedPlan(queued ? undefined : plan)
  const shut = whyNoReview({ stale: chain.stale, wrong, quote: quote.state })
  const begin = async () => {
    if (!queued) return
    // What stops it later is told beside the list, where it can go on.
    const begun = await start.send({ plan: queued, via: account ? viaOf(account) : { kind: 'direct' } })
    if (begun.ok) onSent()
  }
  return {
    plan,
    acted,
    queued,
    startError: start.error,
    off: start.busy ? 'The list is being carried out.' : (shut ?? (queued ? undefined : whyNotActed(acted))),
    onReview: () => {
      if (queued) void begin()
      else if (acted.plan) review(acted.plan, onSent)
    },
  }
}
