import { useForAccount } from '../../bridge/use-acting.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { needsLimit, useLimitDraft } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { LimitChoice } from '../../ui/limit-choice.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'

/** The whole position in one bounded call: nothing is left behind, not even what it earned a moment ago. */
export function TakeAllForm(form: FormProps) {
  const { netuid, hotkey } = form.position
  const limits = useLimitDraft()
  const { limit, tolerancePpm } = limits
  const forAccount = useForAccount()
  const move = { kind: 'remove-all', netuid, hotkey, ...(limit === undefined ? {} : { limitPrice: limit }) } as const
  const quote = useQuote('staking.planMoves', limits.lacks ? undefined : { moves: [move], tolerancePpm, ...forAccount })
  const review = useMovesReview(quote, limits, form.onClose)
  return (
    <MoveFrame {...form} title="Take all from" review={review}>
      <MovesQuoteView single quote={quote} review={review} />
      {netuid !== 0 && (
        <LimitChoice
          kind="sell"
          draft={limits}
          limitPrice={review.plan?.steps[0]?.limitPrice}
          needed={needsLimit(quote)}
        />
      )}
    </MoveFrame>
  )
}
