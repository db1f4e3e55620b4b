import { useState } from 'react'
import type { FleetView } from '../../../shared/contract/fleet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'

type Viewer = FleetView['viewers'][number]

/** Who may look at this computer, and the way to end that. */
export function DoorPanel({ view }: { readonly view: FleetView }) {
  const { door, viewers } = view
  const close = useCommand('fleet.closeDoor')
  const now = useNow(1_000)
  return (
    <section className="pad rule grid gap-3" aria-label="Who may look at this computer">
      <h2>Who may look at this computer</h2>
      <p className="soft">
        {door.state === 'open'
          ? `The door is open on port ${door.port}${door.onlyHere ? ', for programs of this computer only' : ''}.`
          : 'The door is closed: nothing listens.'}
      </p>
      {door.error && <ErrorNote error={door.error} />}
      {viewers.length === 0 ? (
        <p>Nobody.</p>
      ) : (
        <ul className="grid gap-2">
          {viewers.map((viewer) => (
            <ViewerLine key={viewer.id} viewer={viewer} now={now} />
          ))}
        </ul>
      )}
      {door.refused > 0 && (
        <Note kind="warn" title="Somebody knocked without a key that fits.">
          <p>
            {door.refused} {door.refused === 1 ? 'time' : 'times'} since the app started
            {door.refusedAtMs === undefined ? '' : `, last ${writeDuration(now - door.refusedAtMs)} ago`}. A computer
            that was removed does that, and so does one that guesses. Nobody came in that way.
          </p>
        </Note>
      )}
      {door.state !== 'off' && (
        <div>
          <Button busyWith={close.busy ? 'Closing' : undefined} onPress={() => void close.send({})}>
            Close the door
          </Button>
        </div>
      )}
      {close.error && <ErrorNote error={close.error} />}
    </section>
  )
}

function ViewerLine({ viewer, now }: { readonly viewer: Viewer; readonly now: number }) {
  const forget = useCommand('fleet.forgetViewer')
  const [asked, setAsked] = useState(false)
  const { id, name, mayControl, present, lastSeenMs } = viewer
  const seen = present
    ? 'looks now'
    : lastSeenMs === undefined
      ? 'never came so far'
      : `came ${writeDuration(now - lastSeenMs)} ago`
  return (
    <li className="row wrap">
      <span className="grow min-w-0">
        <b className="strong">
          <bdi>{cleanName(name)}</bdi>
        </b>{' '}
        <span className="soft">
          {mayControl ? 'may look, and start and stop the miner' : 'may look'}; {seen}
        </span>
      </span>
      {asked ? (
        <>
          <Button kind="danger" onPress={() => void forget.send({ id })}>
            Remove it
          </Button>
          <Button kind="quiet" onPress={() => setAsked(false)}>
            Keep it
          </Button>
        </>
      ) : (
        <Button kind="quiet" label={`Remove ${cleanName(name)}`} onPress={() => setAsked(true)}>
          Remove
        </Button>
      )}
      {forget.error && <ErrorNote error={forget.error} />}
    </li>
  )
}
