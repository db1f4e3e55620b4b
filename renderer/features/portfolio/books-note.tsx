import { percentOf } from '../../../shared/words/books-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Num } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'

/** A long history is followed line by line before costs and gains are known: says so, and how far it is. */
export function BooksNote() {
  const computing = valueIn(useSubscription('ledger.status'))?.computing
  if (!computing) return null
  return (
    <div className="pad rule" aria-live="polite">
      <Note title="Costs and gains are being computed.">
        <p>
          Every line of the history is followed once: block <Num value={computing.at} /> of <Num value={computing.to} />
          , <Num value={percentOf(computing)} /> %. This takes some seconds.
        </p>
      </Note>
    </div>
  )
}
