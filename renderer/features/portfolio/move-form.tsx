import { useState } from 'react'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { useForAccount } from '../../bridge/use-acting.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { alphaOf } from '../../ui/amount.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { ValidatorChoice } from '../../ui/validator-choice.tsx'
import { MoveAmount } from './move-amount.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'
import { NO_TRADE, useMoveDraft } from './use-move-draft.ts'

const MINUTES_1 = 60_000

/** To another validator of the same subnet. */
export function MoveForm(form: FormProps) {
  const { position } = form
  const { netuid, hotkey } = position
  const draft = useMoveDraft(position)
  const subnet = useDirectory().get(netuid)
  const [picked, setPicked] = useState<string>()
  const validators = useQuestion('subnets.validators', { netuid }, { freshForMs: MINUTES_1 })
  const others = validators.state === 'ready' ? validators.value.filter((row) => row.hotkey !== hotkey) : []
  const to: Ss58 | undefined = (others.find((row) => row.hotkey === picked) ?? others[0])?.hotkey
  const { amount } = draft
  const forAccount = useForAccount()
  const quote = useQuote(
    'staking.planMoves',
    to && amount !== undefined
      ? {
          moves: [{ kind: 'move', netuid, fromHotkey: hotkey, toHotkey: to, amount }],
          tolerancePpm: NO_TRADE,
          ...forAccount,
        }
      : undefined,
  )
  const review = useMovesReview(quote, draft, form.onClose)
  return (
    <MoveFrame {...form} title="Move within" review={review}>
      <p className="soft small">
        No trade happens: the alpha arrives as it leaves, and earns with the other validator.
      </p>
      {validators.state === 'loading' && <Loading awaits="its validators" rows={2} />}
      {validators.state === 'failed' && <ErrorNote error={validators.error} />}
      {validators.state === 'ready' && !to && (
        <Note kind="warn" title="Nobody else.">
          <p>This subnet has no other validator that takes stake.</p>
        </Note>
      )}
      {to && (
        <ValidatorChoice validators={others} hotkey={to} unit={alphaOf(netuid, subnet?.symbol)} onPick={setPicked} />
      )}
      <MoveAmount label="Alpha to move" position={position} draft={draft} />
      <MovesQuoteView quote={quote} review={review} />
    </MoveFrame>
  )
}
