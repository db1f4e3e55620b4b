import { viaOf } from '../../../shared/accounts/acting.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuote } from '../../bridge/use-quote.ts'

export interface HoldingAsk {
  /** Absent while something is missing. */
  readonly intent: Intent | undefined
  /** Why nothing can be planned yet; counts before everything else. */
  readonly lacks: string | undefined
  /** What was typed where alpha is destroyed. */
  readonly typedWords?: string
}

/** Plans a call about a holding as soon as it is complete, with its real fee, and leads to the bytes. */
export function useHoldingPlan({ intent, lacks, typedWords }: HoldingAsk, onSent: () => void) {
  const { review } = useAppActions()
  const { account } = useActing()
  const { stale } = useChain()
  const via = account ? viaOf(account) : ({ kind: 'direct' } as const)
  const typed = typedWords === undefined ? {} : { typedWords }
  const quote = useQuote('account.plan', intent && lacks === undefined ? { via, intent, ...typed } : undefined)
  const plan = quote.state === 'ready' ? quote.value : undefined
  const error = quote.state === 'failed' ? quote.error : undefined
  const waits = { idle: 'Choose first.', loading: 'The fee is being asked for.', failed: 'It was refused.' }
  const off = stale
    ? 'The chain data is old. Signing waits for a new block.'
    : (lacks ?? (quote.state === 'ready' ? undefined : waits[quote.state]))
  return { account, plan, error, state: quote.state, off, onReview: () => plan && review(plan, onSent) }
}
export type HoldingPlan = ReturnType<typeof useHoldingPlan>
