import { computingWords } from '../../../shared/words/books-words.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Note } from '../../ui/note.tsx'

/** A long history is followed line by line before costs and gains are known: says so, and how far it is. */
export function BooksNote() {
  const computing = valueIn(useSubscription('ledger.status'))?.computing
  if (!computing) return null
  return (
    <div className="pad rule" aria-live="polite">
      <Note title="Your history is being gone through.">
        <p>
          {computingWords(computing)} This takes some seconds, once; what is held and what it is worth does not wait for
          it.
        </p>
      </Note>
    </div>
  )
}
