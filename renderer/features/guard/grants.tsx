import type { ProxyGrant } from '../../../shared/accounts/proxy.ts'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { GrantRule } from './grant-rule.tsx'
import { isProxyType, writeDelay } from './proxy-words.ts'
import { type Planning, usePlanning } from './use-planning.ts'

/** Everybody whom this account let act in its name. */
export function Grants({ view }: { readonly view: ProxyView }) {
  const planning = usePlanning()
  const { grants, deposit } = view.facts
  return (
    <section aria-labelledby="grants">
      <h2 id="grants">Who may act for this account</h2>
      {grants.length === 0 ? (
        <p className="soft">Nobody but the coldkey itself.</p>
      ) : (
        <>
          <ul>
            {grants.map((grant) => (
              <li key={`${grant.delegate} ${grant.proxyType} ${grant.delay}`} className="grant">
                <Grant grant={grant} view={view} planning={planning} />
              </li>
            ))}
          </ul>
          <p className="row wrap">
            <span className="soft">
              Kept back by the chain as long as these last: <Amount value={deposit} unit={TAO} />
            </span>
            <span className="end">
              <Button
                offBecause={planning.off}
                busyWith={planning.busyWith}
                onPress={() => void planning.plan({ kind: 'remove-proxies' })}
              >
                Take all back
              </Button>
            </span>
          </p>
        </>
      )}
      {planning.error && <ErrorNote error={planning.error} />}
    </section>
  )
}

interface GrantProps {
  readonly grant: ProxyGrant
  readonly view: ProxyView
  readonly planning: Planning
}
function Grant({ grant, view, planning }: GrantProps) {
  const { blockMs } = useChain()
  const { delegate, proxyType, delay } = grant
  // A kind that this app has no name for can only be taken back with all others.
  const known = isProxyType(proxyType) ? proxyType : undefined
  return (
    <>
      <div>
        <GroupedAddress address={delegate} />
        <span>
          <b className="strong">{proxyType}</b>, acts {writeDelay(delay, blockMs)}
        </span>
        <GrantRule proxyType={proxyType} rules={view.rules} />
      </div>
      <Button
        label={`Take back ${proxyType} from ${delegate}`}
        offBecause={planning.off ?? (known ? undefined : 'This app does not know the kind. Take all back instead.')}
        onPress={() => known && void planning.plan({ kind: 'remove-proxy', delegate, proxyType: known, delay })}
      >
        Take back
      </Button>
    </>
  )
}
