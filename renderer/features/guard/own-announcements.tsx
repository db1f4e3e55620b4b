import type { ProxyAnnouncement } from '../../../shared/accounts/proxy.ts'
import type { ProxyView } from '../../../shared/accounts/views.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { type Planning, usePlanning } from './use-planning.ts'

/** Calls that this wallet announced for others. They are made when their delay is over, by this wallet, or withdrawn. */
export function OwnAnnouncements({ view }: { readonly view: ProxyView }) {
  const planning = usePlanning()
  const { announced, announcedDeposit } = view.facts
  if (announced.length === 0) return null
  return (
    <div className="grid gap-2">
      <h3>Announced by this wallet</h3>
      <ul>
        {announced.map((one) => (
          <li key={`${one.real} ${one.callHash}`} className="grant">
            <Announcement one={one} view={view} planning={planning} />
          </li>
        ))}
      </ul>
      <p className="soft">
        Kept back by the chain as long as these last: <Amount value={announcedDeposit} unit={TAO} />
      </p>
      {planning.error && <ErrorNote error={planning.error} />}
    </div>
  )
}

interface AnnouncementProps {
  readonly one: ProxyAnnouncement
  readonly view: ProxyView
  readonly planning: Planning
}
function Announcement({ one, view, planning }: AnnouncementProps) {
  const { plan, off, busyWith } = planning
  const { real, callHash, height } = one
  const known = view.known.find((call) => call.callHash === callHash)
  const intent = known?.intent
  return (
    <>
      <div>
        <span>
          {known ? <span className="mono small break">{known.text}</span> : 'A call that this app does not know.'}
        </span>
        <GroupedAddress address={real} />
        <span className="soft small">Announced at block {height}</span>
        {!known && <span className="mono small break">{callHash}</span>}
      </div>
      <div className="grid gap-2">
        <Button
          offBecause={off ?? (intent ? undefined : 'Whoever announced it knows the call.')}
          busyWith={busyWith}
          onPress={() => intent && void plan(intent, { via: { kind: 'proxy', real } })}
        >
          Carry out
        </Button>
        <Button
          kind="quiet"
          offBecause={off}
          onPress={() => void plan({ kind: 'remove-announcement', real, callHash })}
        >
          Withdraw
        </Button>
      </div>
    </>
  )
}
