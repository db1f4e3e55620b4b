import type { ProxyView } from '../../../shared/accounts/views.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { writeBlocks, writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { usePlanning } from './use-planning.ts'

/** Calls that a delegate announced against this account. There is time to reject them until their delay is over. */
export function Announced({ view }: { readonly view: ProxyView }) {
  const { blockMs } = useChain()
  const { plan, busyWith, error, off } = usePlanning()
  const { facts, against } = view
  if (against.length === 0) return null
  const delayOf = (delegate: string) =>
    Math.min(...facts.grants.filter((grant) => grant.delegate === delegate).map(({ delay }) => delay))
  return (
    <section aria-labelledby="against">
      <h2 id="against">Announced in the name of this account</h2>
      <Note kind="warn" title="A proxy announced a call. If you do not expect it, reject it, and take the proxy back.">
        <p>The chain holds only the hash of the call. Ask whoever announced it what it is.</p>
      </Note>
      <ul>
        {against.map(({ delegate, callHash, height }) => {
          const left = Math.max(0, height + delayOf(delegate) - facts.atBlock)
          return (
            <li key={`${delegate} ${callHash} ${height}`} className="grant">
              <div>
                <GroupedAddress address={delegate} />
                <span>
                  {left === 0
                    ? 'It can be made now.'
                    : `It can be made in ${writeBlocks(left)}, about ${writeDuration(left * blockMs)}.`}{' '}
                  Announced at block {height}.
                </span>
                <span className="mono small break">{callHash}</span>
              </div>
              <Button
                offBecause={off}
                busyWith={busyWith}
                onPress={() => void plan({ kind: 'reject-announcement', delegate, callHash })}
              >
                Reject
              </Button>
            </li>
          )
        })}
      </ul>
      {error && <ErrorNote error={error} />}
    </section>
  )
}
