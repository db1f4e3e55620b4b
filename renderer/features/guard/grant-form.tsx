import { useState } from 'react'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import type { ProxyType } from '../../../shared/signing/intent.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { AddressEntry, useCheckedAddress } from './address-entry.tsx'
import { GrantRule } from './grant-rule.tsx'
import { isProxyType, PROXY_TYPE_NAMES, readBlocks, writeDelay } from './proxy-words.ts'
import { usePlanning } from './use-planning.ts'

/** Lets another account act for this one. */
export function GrantForm({ view }: { readonly view: ProxyView }) {
  const [text, setText] = useState('')
  const [proxyType, setType] = useState<ProxyType>('Staking')
  const [blocks, setBlocks] = useState('0')
  const checked = useCheckedAddress(text)
  const { plan, busyWith, error, off } = usePlanning()
  const delay = readBlocks(blocks)
  const delegate = checked.lacks ? undefined : checked.report?.address
  const { base, each } = view.costs
  const lacks = off ?? checked.lacks ?? (delay === undefined ? 'The delay is a whole number of blocks.' : undefined)
  const press = () => {
    if (delegate === undefined || delay === undefined) return
    void plan({ kind: 'add-proxy', delegate, proxyType, delay }, { done: () => setText('') })
  }
  return (
    <section aria-labelledby="grant">
      <h2 id="grant">Let another account act for this one</h2>
      <AddressEntry
        label="Account that may act"
        text={text}
        onType={setText}
        checked={checked}
        except={view.facts.account}
      />
      <KindAndDelay kind={proxyType} onKind={setType} blocks={blocks} onBlocks={setBlocks} />
      <GrantRule proxyType={proxyType} rules={view.rules} />
      <p className="soft small">
        The chain keeps back <Amount value={each} unit={TAO} />
        {view.facts.grants.length === 0 && (
          <>
            {' '}
            and <Amount value={base} unit={TAO} /> for the first one
          </>
        )}
        , until it is taken back.
      </p>
      <div className="row wrap">
        <Button kind="main" large offBecause={lacks} busyWith={busyWith} onPress={press}>
          Review the grant
        </Button>
        <span className="why">{lacks ?? 'The coldkey itself signs this.'}</span>
      </div>
      {error && <ErrorNote error={error} />}
    </section>
  )
}

export interface KindAndDelayProps {
  readonly kind: ProxyType
  readonly onKind: (kind: ProxyType) => void
  readonly blocks: string
  readonly onBlocks: (text: string) => void
  readonly kinds?: readonly ProxyType[]
}
export function KindAndDelay({ kind, onKind, blocks, onBlocks, kinds = PROXY_TYPE_NAMES }: KindAndDelayProps) {
  const { blockMs } = useChain()
  const delay = readBlocks(blocks)
  return (
    <div className="fields">
      <Select
        label="Kind of proxy"
        value={kind}
        onPick={(picked) => isProxyType(picked) && onKind(picked)}
        choices={kinds.map((name) => ({ value: name, text: name }))}
        hint="The chain's own names. What each may do is below."
      />
      <Field
        label="Delay, in blocks"
        value={blocks}
        onType={onBlocks}
        inputMode="numeric"
        wrong={delay === undefined ? 'A whole number of blocks, 0 for none.' : undefined}
        hint={`Calls are made ${writeDelay(delay ?? 0, blockMs)}. A delay gives time to reject.`}
      />
    </div>
  )
}
