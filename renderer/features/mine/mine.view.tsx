import { useSubscription } from '../../bridge/use-subscription.ts'
import { Head } from '../../ui/head.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { BeforeView } from './before.view.tsx'
import { RunningView } from './running.view.tsx'

export function MineView() {
  const status = useSubscription('mining.status')
  if (status.state === 'ready') {
    const { state } = status.value
    return state === 'off' || state === 'failed' ? (
      <BeforeView status={status.value} />
    ) : (
      <RunningView status={status.value} stale={status.stale} />
    )
  }
  return (
    <>
      <Head title="Mine" />
      {status.state === 'loading' ? <Loading awaits="the miner" rows={4} /> : <Failed error={status.error} />}
    </>
  )
}
