import { useState } from 'react'
import type { PureProxy } from '../../../shared/accounts/proxy.ts'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { isProxyType } from './proxy-words.ts'
import { usePlanning } from './use-planning.ts'

/** Accounts that have no key: only their proxies can use them. */
export function PureAccounts({ view }: { readonly view: ProxyView }) {
  const { plan, busyWith, error, off } = usePlanning()
  const mine = view.pure.filter(({ spawner }) => spawner === view.facts.account)
  const next = mine.length === 0 ? 0 : Math.max(...mine.map(({ index }) => index)) + 1
  return (
    <section aria-labelledby="pure">
      <h2 id="pure">Accounts without a key</h2>
      <p className="soft">
        An account that nobody holds words for: this wallet is its first proxy. It can be handed on by changing its
        proxies. If its last proxy is taken away, nobody can use it any more.
      </p>
      <ul>
        {mine.map((pure) => (
          <li key={pure.address} className="grant">
            <Pure pure={pure} />
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <Button
          offBecause={off ?? (next > 65_535 ? 'There are too many.' : undefined)}
          busyWith={busyWith}
          onPress={() => void plan({ kind: 'create-pure', proxyType: 'Any', delay: 0, index: next })}
        >
          Make an account without a key
        </Button>
        <span className="why">
          The chain keeps back <Amount value={view.costs.base} unit={TAO} /> and{' '}
          <Amount value={view.costs.each} unit={TAO} />.
        </span>
      </div>
      {error && <ErrorNote error={error} />}
    </section>
  )
}

/** Where it was made: without these numbers the chain cannot be told to remove it. */
function Pure({ pure }: { readonly pure: PureProxy }) {
  const { address, spawner, proxyType, delay, index, height, extIndex } = pure
  const [removing, setRemoving] = useState(false)
  return (
    <>
      <div>
        <GroupedAddress address={address} />
        <dl className="kv start">
          <dt>Made by</dt>
          <dd>
            <GroupedAddress address={spawner} />
          </dd>
          <dt>Kind, delay, number</dt>
          <dd>
            {proxyType}, {delay} blocks, {index}
          </dd>
          <dt>Block, extrinsic</dt>
          <dd>
            {height}, {extIndex}
          </dd>
        </dl>
        {removing && <Kill pure={pure} />}
      </div>
      <Button kind="quiet" onPress={() => setRemoving(!removing)}>
        {removing ? 'Keep it' : 'Remove'}
      </Button>
    </>
  )
}

/** What the account holds is lost with it, so its beginning is typed first. */
function Kill({ pure }: { readonly pure: PureProxy }) {
  const { address, spawner, proxyType, index, height, extIndex } = pure
  const [typed, setTyped] = useState('')
  const held = useQuestion('portfolio.get', { coldkey: address }, { freshForMs: 2_000 })
  const { plan, busyWith, error, off } = usePlanning()
  const beginning = address.slice(0, 8)
  const known = isProxyType(proxyType) ? proxyType : undefined
  const lacks = off ?? (typed.replace(/\s+/gu, '') === beginning ? undefined : 'Type its first 8 characters.')
  const press = () =>
    known &&
    void plan(
      { kind: 'kill-pure', spawner, proxyType: known, index, height, extIndex },
      { via: { kind: 'proxy', real: address } },
    )
  return (
    <div className="grid gap-2">
      <Note kind="bad" title="Removed for good, with everything that it still holds.">
        <p>
          {held.state === 'ready' ? (
            <>
              It holds <Amount value={held.value.free} unit={TAO} /> free and {held.value.positions.length} positions.
              Move all of it away first.
            </>
          ) : (
            'What it holds is not known yet.'
          )}
        </p>
      </Note>
      <Field label={`To remove it, type its first 8 characters: ${beginning}`} mono value={typed} onType={setTyped} />
      <div>
        <Button kind="danger" offBecause={lacks} busyWith={busyWith} onPress={press}>
          Review the removal
        </Button>
      </div>
      {error && <ErrorNote error={error} />}
    </div>
  )
}
