import { useForAccount } from '../../bridge/use-acting.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { PriceLimit } from '../../ui/trade-drawer.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'
import { MovesQuoteView } from './moves-quote.tsx'
import { useMoveDraft } from './use-move-draft.ts'
import { useMovesReview } from './use-moves-review.ts'

/** The whole position in one bounded call: nothing is left behind, not even what it earned a moment ago. */
export function TakeAllForm(form: FormProps) {
  const { position } = form
  const draft = useMoveDraft(position)
  const { tolerancePpm } = draft
  const quote = useQuote('staking.planMoves', {
    moves: [{ kind: 'remove-all', netuid: position.netuid, hotkey: position.hotkey }],
    tolerancePpm,
    ...useForAccount(),
  })
  const review = useMovesReview(quote, undefined, form.onClose)
  return (
    <MoveFrame {...form} title="Take all from" review={review}>
      <MovesQuoteView quote={quote} />
      {position.netuid !== 0 && (
        <PriceLimit
          refuses="below"
          limitPrice={review.plan?.steps[0]?.limitPrice}
          tolerancePpm={tolerancePpm}
          onPick={draft.setTolerance}
        />
      )}
    </MoveFrame>
  )
}
