import type { ProxyView } from '../../../shared/accounts/views.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Head } from '../../ui/head.tsx'
import { Age, Failed, Loading } from '../../ui/states.tsx'
import { ActingFor } from './acting-for.tsx'
import { Announced } from './announced.tsx'
import { DailyAccount } from './daily-account.tsx'
import { GrantForm } from './grant-form.tsx'
import { Grants } from './grants.tsx'
import { PureAccounts } from './pure-accounts.tsx'

/** Who may act for whom: given away, held, and announced. */
export function ProxiesView() {
  const chain = useChain()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const every = Math.max(2_000, chain.blockMs)
  const answer = useQuestion('proxy.view', wallet && { account: wallet.address }, { freshForMs: 1_000, everyMs: every })
  return (
    <>
      <Head title="Who may act" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />} />
      {answer.state === 'ready' && wallet ? (
        <Parts view={answer.value} again={answer.again} />
      ) : answer.state === 'failed' ? (
        <Failed error={answer.error} again={answer.again} />
      ) : (
        <Loading awaits="the permissions of this account" rows={4} />
      )}
    </>
  )
}

function Parts({ view, again }: { readonly view: ProxyView; readonly again: () => void }) {
  return (
    <div className="guard-parts">
      <Grants view={view} />
      <Announced view={view} />
      <GrantForm view={view} />
      <DailyAccount view={view} again={again} />
      <ActingFor view={view} again={again} />
      <PureAccounts view={view} />
    </div>
  )
}
