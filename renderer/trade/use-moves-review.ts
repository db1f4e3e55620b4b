import { useState } from 'react'
import { viaOf } from '../../shared/accounts/acting.ts'
import type { PlanDoubt, StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { useAppActions } from '../bridge/app-actions.ts'
import type { Loadable } from '../bridge/loadable.ts'
import { useActedPlan, useActing, whyNotActed } from '../bridge/use-acting.ts'
import { useChain } from '../bridge/use-chain.ts'
import { useCommand } from '../bridge/use-command.ts'
import { whyNoReview } from '../ui/trade-drawer.tsx'

export type MovesQuote = Loadable<StakeMovesPlan> | { readonly state: 'idle' }

/** Which sources disagree, not by how much: a price that moves on is no new contradiction. */
const nameOf = (doubts: readonly PlanDoubt[]): string =>
  doubts.map((doubt) => (doubt.kind === 'fee' ? 'fee' : `${doubt.netuid}/${doubt.source}`)).join(' ')

/** Contradictions of a plan, and whether the person goes on with these very ones. */
function useDoubts(quoted: StakeMovesPlan | undefined) {
  const [agreedTo, setAgreedTo] = useState('')
  const doubts = quoted?.doubts ?? []
  const name = nameOf(doubts)
  const agreed = doubts.length > 0 && agreedTo === name
  return { doubts, agreed, agree: (yes: boolean) => setAgreedTo(yes ? name : '') }
}
export type Doubts = ReturnType<typeof useDoubts>

/**
 * What stands between a quoted plan and its signature, and the way on: to the confirm dialog, or to a list of signatures.
 * @param lacks why there is no quote yet, besides the amount
 */
export function useMovesReview(
  quote: MovesQuote,
  { wrong, lacks }: { readonly wrong?: string | undefined; readonly lacks?: string | undefined },
  onSent: () => void,
) {
  const { review } = useAppActions()
  const { account } = useActing()
  const chain = useChain()
  const start = useCommand('staking.startQueue')
  const quoted = quote.state === 'ready' ? quote.value : undefined
  const doubts = useDoubts(quoted)
  const plan = quoted && doubts.agreed ? { ...quoted, request: { ...quoted.request, despiteDoubts: true } } : quoted
  const queued = plan?.carry === 'queue' ? plan : undefined
  const unheard = doubts.doubts.length > 0 && !doubts.agreed
  // Nothing is asked in the name of another account before the contradiction is settled.
  const acted = useActedPlan(queued || unheard ? undefined : plan)
  const shut =
    lacks ??
    (quote.state === 'failed' && quote.error.code === 'stake/limit-needed' ? 'Enter a limit first.' : undefined) ??
    whyNoReview({ stale: chain.stale, wrong, quote: quote.state }) ??
    (unheard ? 'Two sources disagree. Look at both first.' : undefined)
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
    doubts,
    startError: start.error,
    off: start.busy ? 'The list is being carried out.' : (shut ?? (queued ? undefined : whyNotActed(acted))),
    onReview: () => {
      if (queued) void begin()
      else if (acted.plan) review(acted.plan, onSent)
    },
  }
}
export type MovesReview = ReturnType<typeof useMovesReview>
