import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import type { GoView } from '../../../shared/contract/one-click.contract.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Head } from '../../ui/head.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { BeforeView } from './before.view.tsx'
import { GoingView } from './go.view.tsx'
import { useMineDraft } from './mine-draft.store.ts'
import { OpenListsNote } from './place-lists.tsx'
import { ProposalView } from './proposal.view.tsx'
import { RunningView } from './running.view.tsx'

export function MineView() {
  const status = useSubscription('mining.status')
  const go = useSubscription('oneClick.watch')
  if (status.state === 'ready' && go.state === 'ready')
    return (
      <>
        <OpenListsNote />
        <Now status={status.value} go={go.value} stale={status.stale} />
      </>
    )
  const failed = [status, go].find(({ state }) => state === 'failed')
  return (
    <>
      <Head title="Mine" />
      {failed?.state === 'failed' ? <Failed error={failed.error} /> : <Loading awaits="the miner" rows={4} />}
    </>
  )
}

interface NowProps {
  readonly status: MiningStatus
  readonly go: GoView
  readonly stale: boolean
}
/** On the way to mining the way is shown; a miner that runs is shown itself; else what could be begun. */
function Now({ status, go, stale }: NowProps) {
  const { otherwise } = useMineDraft()
  const runs = status.state !== 'off' && status.state !== 'failed'
  if (go.phase === 'running' || go.phase === 'asking') return <GoingView view={go} />
  if (runs) return <RunningView status={status} stale={stale} />
  if (otherwise) return <BeforeView status={status} />
  if (go.phase === 'stopped' || go.phase === 'failed') return <GoingView view={go} />
  return <ProposalView view={go} status={status} />
}
