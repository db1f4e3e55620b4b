import type { AlertsView } from '../../../shared/contract/alerts.contract.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { hrefOf } from '../../format/route.ts'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { AlertRules } from './alert-rules.tsx'
import { NoticeList } from './notice-list.tsx'
import { PlacePanel } from './place-panel.tsx'
import { PriceRules } from './price-rules.tsx'
import { WebhookRow } from './webhook-row.tsx'

/** How near each of our places is to being lost, what was told of it, and where that is told. */
export function WatchView() {
  const alerts = useSubscription('alerts.watch')
  return (
    <>
      <Head title="Your places and alerts">
        <a className="btn" href={hrefOf({ view: 'mine', several: true })}>
          Register several hotkeys
        </a>
      </Head>
      <Places />
      <PriceRules />
      {alerts.state === 'loading' && <Loading awaits="the alerts" rows={3} />}
      {alerts.state === 'failed' && <Failed error={alerts.error} />}
      {alerts.state === 'ready' && <Alerts view={alerts.value} />}
    </>
  )
}

function Places() {
  const watch = useSubscription('registration.watch')
  if (watch.state === 'failed') return <Failed error={watch.error} />
  const { data, error } = watch.state === 'ready' ? watch.value : {}
  if (!data) return error ? <Failed error={error} /> : <Loading awaits="your places on subnets" rows={3} />
  return (
    <section aria-label="Your places">
      {error && (
        <div className="pad">
          <ErrorNote error={error} />
        </div>
      )}
      {data.places.length === 0 && (
        <Empty title="No place is held">
          <p>
            None of the hotkeys on this computer has a place on a subnet. When one has, it is watched here.{' '}
            <a href={hrefOf({ view: 'mine' })}>Look at what a place brings</a>
          </p>
        </Empty>
      )}
      {data.places.map((place) => (
        <PlacePanel key={`${place.netuid} ${place.uid}`} place={place} removal={data.removal} />
      ))}
    </section>
  )
}

function Alerts({ view }: { readonly view: AlertsView }) {
  return (
    <>
      <NoticeList view={view} />
      <AlertRules key={JSON.stringify(view.settings)} settings={view.settings} />
      <WebhookRow key={view.settings.webhook?.url ?? ''} view={view} />
    </>
  )
}
