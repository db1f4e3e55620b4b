import { useAppActions } from '../../bridge/app-actions.ts'
import { useActedPlan, whyNotActed } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { whyNoReview } from '../../ui/trade-drawer.tsx'
import type { MovesQuote } from './moves-quote.tsx'

/** What stands between a quoted plan and its signature, and the way on. */
export function useMovesReview(quote: MovesQuote, wrong: string | undefined, onSent: () => void) {
  const { review } = useAppActions()
  const chain = useChain()
  const plan = quote.state === 'ready' ? quote.value : undefined
  const acted = useActedPlan(plan?.carry === 'queue' ? undefined : plan)
  const off = whyNoReview({ stale: chain.stale, wrong, quote: quote.state }) ?? whyNotActed(acted)
  return {
    plan,
    acted,
    off,
    onReview: () => acted.plan && review(acted.plan, onSent),
  }
}
