import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { REQUEST_REASONS, type RequestReason } from '../../../shared/mining/request-reason.ts'
import { REQUEST_WORDS } from '../../../shared/words/request-words.ts'
import { Num } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'

/** Fewer refusals than this say nothing. */
const MANY = 20

/** Reasons of refusals, the most frequent first. */
function refusalsOf({ refused }: MiningStatus): readonly { readonly reason: RequestReason; readonly count: number }[] {
  return REQUEST_REASONS.map((reason) => ({ reason, count: refused[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}

/** How requests ended, with the reason in words. */
export function CountsPanel({ status }: { readonly status: MiningStatus }) {
  const refusals = refusalsOf(status)
  const all = refusals.reduce((sum, { count }) => sum + count, 0)
  const [first] = refusals
  return (
    <section className="pad vrule grid content-start gap-1" aria-label="Requests">
      <h2>Requests</h2>
      <dl className="kv">
        <dt>Answered</dt>
        <dd>
          <Num value={status.answered} />
        </dd>
        <dt>Late</dt>
        <dd>
          <Num value={status.late} />
        </dd>
        {refusals.map(({ reason, count }) => (
          <div className="contents" key={reason}>
            <dt>Refused: {REQUEST_WORDS[reason]}</dt>
            <dd>
              <Num value={count} />
            </dd>
          </div>
        ))}
      </dl>
      {first && all >= MANY && all > status.answered && (
        <Note kind="warn" title="More requests are refused than answered.">
          <p>Most of them: {REQUEST_WORDS[first.reason]}. Whoever is refused does not score this miner.</p>
        </Note>
      )}
    </section>
  )
}
