import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { holdSentence } from '../../../shared/words/hold-words.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration } from '../../format/time.ts'
import { Note } from '../../ui/note.tsx'

/** It runs and lets callers wait: since when, and why, each in a sentence. */
export function HeldNote({ held }: { readonly held: NonNullable<MiningStatus['held']> }) {
  const now = useNow()
  return (
    <div className="pad rule-after" role="status">
      <Note kind="warn" title={`Held for ${writeDuration(now - held.sinceMs)}: requests are told to come back later.`}>
        {held.reasons.length === 0 && <p>Nothing speaks against it any more. The model is being loaded again.</p>}
        {held.reasons.map((reason) => (
          <p key={reason.kind}>{holdSentence(reason)}</p>
        ))}
        {held.modelFreed && held.reasons.length > 0 && <p>The model left the memory meanwhile.</p>}
      </Note>
    </div>
  )
}
