import type { StakeMovesPlan } from '../../../shared/staking/stake-move.ts'
import type { Loadable } from '../../bridge/loadable.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { MoveSteps, MoveTotals, SkippedList } from '../../ui/move-steps.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'

export type MovesQuote = Loadable<StakeMovesPlan> | { readonly state: 'idle' }

/** The plan as the chain quotes it now, or why there is none. */
export function MovesQuoteView({ quote }: { readonly quote: MovesQuote }) {
  const names = useDirectory()
  if (quote.state === 'idle') return null
  if (quote.state === 'loading') return <Loading awaits="a quote of the chain" rows={3} />
  if (quote.state === 'failed') return <ErrorNote error={quote.error} />
  return (
    <div className="grid gap-4">
      <MoveSteps plan={quote.value} names={names} />
      <MoveTotals plan={quote.value} names={names} />
      <SkippedList skipped={quote.value.skipped} names={names} />
    </div>
  )
}
