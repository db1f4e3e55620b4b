import { useDirectory } from '../bridge/use-directory.ts'
import { MoveSteps, MoveTotals, SkippedList } from '../ui/move-steps.tsx'
import { ErrorNote } from '../ui/note.tsx'
import { OneMoveQuote } from '../ui/one-move-quote.tsx'
import { PlanDoubts } from '../ui/plan-doubts.tsx'
import { Loading } from '../ui/states.tsx'
import type { MovesQuote, MovesReview } from './use-moves-review.ts'

export interface MovesQuoteViewProps {
  readonly quote: MovesQuote
  readonly review: MovesReview
  /** A single move, whose place and amount stand in the form already. */
  readonly single?: boolean
}

/** The plan as the chain quotes it now, what contradicts it, or why there is none. */
export function MovesQuoteView({ quote, review, single = false }: MovesQuoteViewProps) {
  const names = useDirectory()
  if (quote.state === 'idle') return null
  if (quote.state === 'loading') return <Loading awaits="a quote of the chain" rows={3} />
  if (quote.state === 'failed')
    // What is missing is asked for beside the field that takes it.
    return quote.error.code === 'stake/limit-needed' ? null : <ErrorNote error={quote.error} />
  const { doubts, agreed, agree } = review.doubts
  return (
    <div className="grid gap-4">
      {doubts.length > 0 && <PlanDoubts doubts={doubts} names={names} agreed={agreed} onAgree={agree} />}
      {single ? (
        <OneMoveQuote plan={quote.value} names={names} />
      ) : (
        <>
          <MoveSteps plan={quote.value} names={names} />
          <MoveTotals plan={quote.value} names={names} />
        </>
      )}
      <SkippedList skipped={quote.value.skipped} names={names} />
    </div>
  )
}
