import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Button } from '../../ui/button.tsx'
import { Head } from '../../ui/head.tsx'
import { KnownAsContext } from '../../ui/known-as-context.ts'
import { Age, Empty, Failed, Loading } from '../../ui/states.tsx'
import { AccountRow } from './account-row.tsx'
import { AddDrawer } from './add-drawer.tsx'
import { ProxyPart } from './proxy-part.tsx'
import { useNames } from './use-names.ts'

/** Accounts of several people, and accounts that somebody else let this wallet act for. */
export function SharedAccountsView() {
  const chain = useChain()
  const others = useSubscription('account.others')
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const names = useNames()
  const [adding, setAdding] = useState(false)
  return (
    <KnownAsContext value={names}>
      <Head title="Shared accounts" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />}>
        <Button kind="main" onPress={() => setAdding(true)}>
          Add a shared account
        </Button>
      </Head>
      {others.state === 'loading' && <Loading awaits="the shared accounts" rows={4} />}
      {others.state === 'failed' && <Failed error={others.error} />}
      {others.state === 'ready' && others.value.shared.length === 0 && (
        <Empty title="No shared account yet">
          <p className="soft">
            A shared account belongs to several members; it acts when enough of them approve. Its address comes from the
            members and the number of approvals alone, so it costs nothing to make, and nobody holds a key of it.
          </p>
        </Empty>
      )}
      {wallet && others.state === 'ready' && (
        <>
          <ul>
            {others.value.shared.map((account) => (
              <AccountRow key={`${wallet.address}/${account.address}`} account={account} wallet={wallet} />
            ))}
          </ul>
          <Proxies wallet={wallet} proxyOf={others.value.proxyOf} />
        </>
      )}
      {adding && wallet && <AddDrawer wallet={wallet} onClose={() => setAdding(false)} />}
    </KnownAsContext>
  )
}

function Proxies(props: { readonly wallet: WalletView; readonly proxyOf: Parameters<typeof ProxyPart>[0]['proxyOf'] }) {
  return (
    <section className="pad grid gap-3" aria-label="Accounts that let this wallet act">
      <ProxyPart key={props.wallet.address} {...props} />
    </section>
  )
}
