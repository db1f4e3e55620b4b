import { useState } from 'react'
import { useForAccount } from '../../bridge/use-acting.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useQuote, useSettled } from '../../bridge/use-quote.ts'
import { explainError } from '../../format/explain-error.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Note } from '../../ui/note.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'
import { TypedAgain } from '../../ui/typed-again.tsx'
import { MoveAmount } from './move-amount.tsx'
import { type FormProps, MoveFrame } from './move-frame.tsx'
import { NO_TRADE, useMoveDraft } from './use-move-draft.ts'

const bare = (text: string): string => text.replace(/\s+/gu, '')

/** The judgement about who shall get it, once typing rests. */
function useRecipient() {
  const [to, setTo] = useState('')
  const [typedTo, setTypedTo] = useState('')
  const settled = useSettled(to, to)
  const check = useQuestion('addresses.check', settled?.trim() ? { text: settled } : undefined, { freshForMs: 2_000 })
  const report = check.state === 'ready' ? check.value : undefined
  const words = check.state === 'failed' ? explainError(check.error) : undefined
  const lacks =
    report?.mustBeTyped && bare(typedTo) !== report.address
      ? 'Type the whole address first.'
      : report?.findings.some(({ weight }) => weight === 'block')
        ? 'Enter another recipient.'
        : report
          ? undefined
          : 'Enter a recipient first.'
  return { to, setTo, typedTo, setTypedTo, report, lacks, wrong: words && `${words.what} ${words.why} ${words.next}` }
}

/** Stake to another coldkey, on the same subnet and with the same validator. The same checks as for sending TAO. */
export function GiveForm(form: FormProps) {
  const { position } = form
  const { netuid, hotkey } = position
  const draft = useMoveDraft(position)
  const recipient = useRecipient()
  const { report, lacks } = recipient
  const { amount } = draft
  const forAccount = useForAccount()
  const typed = report?.mustBeTyped ? { typedTo: bare(recipient.typedTo) } : {}
  const quote = useQuote(
    'staking.planMoves',
    report && !lacks && amount !== undefined
      ? {
          moves: [{ kind: 'transfer', netuid, hotkey, to: report.address, amount }],
          tolerancePpm: NO_TRADE,
          ...typed,
          ...forAccount,
        }
      : undefined,
  )
  const review = useMovesReview(quote, draft, form.onClose)
  const off = lacks ?? review.off
  return (
    <MoveFrame {...form} title="Give from" review={{ ...review, off }}>
      <Note kind="warn" title="It cannot be undone.">
        <p>The stake belongs to the other coldkey at once. No trade happens, and it stays with the same validator.</p>
      </Note>
      <Field
        label="Recipient (coldkey)"
        mono
        placeholder="5…"
        value={recipient.to}
        onType={recipient.setTo}
        wrong={recipient.wrong}
      />
      {report && <GroupedAddress address={report.address} twoLines />}
      {report && <RecipientFindings report={report} narrow />}
      {report?.mustBeTyped && (
        <TypedAgain address={report.address} typedTo={recipient.typedTo} onType={recipient.setTypedTo} />
      )}
      <MoveAmount label="Alpha to give" position={position} draft={draft} />
      <MovesQuoteView quote={quote} review={review} />
    </MoveFrame>
  )
}
