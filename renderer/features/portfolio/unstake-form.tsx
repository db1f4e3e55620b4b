import { useForAccount } from '../../bridge/use-acting.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { needsLimit, useLimitDraft } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { LimitChoice } from '../../ui/limit-choice.tsx'
import { PartialChoice } from '../../ui/partial-choice.tsx'
import { MoveAmount } from './move-amount.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'
import { useMoveDraft } from './use-move-draft.ts'

/** A part of a position, or all that is available of it, sold for TAO. */
export function UnstakeForm(form: FormProps) {
  const { netuid, hotkey } = form.position
  const draft = useMoveDraft(form.position)
  const limits = useLimitDraft()
  const { amount, partial } = draft
  const { limit, tolerancePpm } = limits
  const forAccount = useForAccount()
  const move = amount === undefined ? undefined : ({ kind: 'remove', netuid, hotkey, amount } as const)
  const bounds = { ...(limit === undefined ? {} : { limitPrice: limit }), ...(partial ? { allowPartial: true } : {}) }
  const quote = useQuote(
    'staking.planMoves',
    move && !limits.lacks ? { moves: [{ ...move, ...bounds }], tolerancePpm, ...forAccount } : undefined,
  )
  const review = useMovesReview(quote, { wrong: draft.wrong, lacks: limits.lacks }, form.onClose)
  return (
    <MoveFrame {...form} title="Unstake from" review={review}>
      <MoveAmount label="Alpha to unstake" position={form.position} draft={draft} />
      <MovesQuoteView single quote={quote} review={review} />
      {netuid !== 0 && (
        <>
          <LimitChoice
            kind="sell"
            draft={limits}
            limitPrice={review.plan?.steps[0]?.limitPrice}
            needed={needsLimit(quote)}
          />
          <PartialChoice partial={partial} onPick={draft.setPartial} />
        </>
      )}
    </MoveFrame>
  )
}
