import { ErrorNote, Note } from '../ui/note.tsx'
import type { MovesReview as Review } from './use-moves-review.ts'

export const queueAction = ({ queued }: Review): string | undefined =>
  queued && `Sign all ${queued.steps.length}, one after the other`

/** Why there is no single signature, and what happens instead. */
export function QueueNote({ review: { queued, startError } }: { readonly review: Review }) {
  return (
    <>
      {queued && (
        <Note title="Each move is signed by itself.">
          <p>
            One call cannot carry them all here. The list is kept: what stops it, a lock or a limit of yours, stops it
            between two moves, and it goes on from there. Each keeps the limit that stands above.
          </p>
        </Note>
      )}
      {startError && <ErrorNote error={startError} />}
    </>
  )
}
