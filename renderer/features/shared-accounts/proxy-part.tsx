import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { isSs58Shape, type Ss58 } from '../../../shared/units/amounts.ts'
import { useActing } from '../../bridge/use-acting.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { errorInField } from '../../format/explain-error.ts'
import { hrefOf } from '../../format/route.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { AnnouncedRow } from './announced-row.tsx'

export interface ProxyPartProps {
  readonly wallet: WalletView
  readonly proxyOf: readonly Ss58[]
}

/** Accounts that granted this wallet a proxy, and the calls that it announced for them. */
export function ProxyPart({ wallet, proxyOf }: ProxyPartProps) {
  const { blockMs } = useChain()
  const view = useQuestion(
    'proxy.view',
    { account: wallet.address },
    { freshForMs: 0, everyMs: Math.max(4_000, blockMs * 2) },
  )
  const announced = view.state === 'ready' ? view.value.facts.announced : []
  return (
    <>
      <h2>
        <bdi>{wallet.name}</bdi> as proxy
      </h2>
      {proxyOf.length === 0 && (
        <p className="soft">
          No account is known that lets this wallet act for it. The one who grants a proxy does so with their own
          wallet; then enter their address here.
        </p>
      )}
      <ul>
        {proxyOf.map((account) => (
          <RealAccount key={account} account={account} />
        ))}
      </ul>
      {view.state === 'failed' && <ErrorNote error={view.error} />}
      {view.state === 'ready' && announced.length > 0 && (
        <section aria-label="Announced calls">
          <h3>Announced by this wallet</h3>
          <ul>
            {announced.map((one) => (
              <AnnouncedRow
                key={`${one.real}/${one.callHash}/${one.height}`}
                announced={one}
                known={view.value.known.find(({ callHash }) => callHash === one.callHash)}
                again={view.again}
              />
            ))}
          </ul>
        </section>
      )}
      <RememberAccount />
    </>
  )
}

function RealAccount({ account }: { readonly account: Ss58 }) {
  const { choose } = useActing()
  const stop = useCommand('proxy.stopActingFor')
  return (
    <li className="row wrap">
      <span className="grow">
        <GroupedAddress address={account} />
      </span>
      <Button
        label={`Act for it: ${account}`}
        onPress={() => {
          choose(account)
          location.hash = hrefOf({ view: 'portfolio' })
        }}
      >
        Act for it
      </Button>
      <Button kind="quiet" label={`Forget ${account}`} onPress={() => void stop.send({ account })}>
        Forget
      </Button>
    </li>
  )
}

function RememberAccount() {
  const [text, setText] = useState('')
  const remember = useCommand('proxy.actFor')
  const account = text.replace(/\s+/gu, '')
  const press = async () => {
    if (!isSs58Shape(account)) return
    const known = await remember.send({ account })
    if (known.ok) setText('')
  }
  return (
    <div className="form grid gap-2">
      <Field
        label="Account that granted this wallet a proxy"
        mono
        value={text}
        onType={setText}
        placeholder="5…"
        {...errorInField(remember.error)}
      />
      <span>
        <Button
          offBecause={isSs58Shape(account) ? undefined : 'Enter an address first.'}
          busyWith={remember.busy ? 'Asking the chain' : undefined}
          onPress={() => void press()}
        >
          Ask the chain and remember it
        </Button>
      </span>
    </div>
  )
}
