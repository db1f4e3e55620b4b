import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { explainError } from '../format/explain-error.ts'
import { Num } from './amount.tsx'
import { Note } from './note.tsx'

/** What a node said against a transaction that may be included all the same. */
export function DoubtNote({ doubt }: { readonly doubt: NonNullable<TransactionRecord['doubt']> }) {
  const { what, why } = explainError(doubt.error)
  return (
    <div role="status">
      <Note kind="warn" title={`It may not have been taken. ${what}`}>
        <p className="break">
          {why} It is watched until block <Num value={doubt.untilBlock} /> in case it was sent anyway. Do not send it
          again before: both could be taken.
        </p>
        <p className="mono small mute">{doubt.error.code}</p>
      </Note>
    </div>
  )
}
