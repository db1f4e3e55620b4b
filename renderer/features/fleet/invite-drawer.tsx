import { useState } from 'react'
import type { FleetInvitation, FleetView } from '../../../shared/contract/fleet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { CopyTextButton } from '../../ui/text-to-save.tsx'

export interface InviteDrawerProps {
  readonly view: FleetView
  readonly onClose: () => void
}

/** Lets one other computer look at this one. */
export function InviteDrawer({ view, onClose }: InviteDrawerProps) {
  const withdraw = useCommand('fleet.withdraw')
  const [shown, setShown] = useState<FleetInvitation & { readonly viewers: number }>()
  const leave = () => {
    if (view.invitation) void withdraw.send({})
    onClose()
  }
  return (
    <Drawer title="Let another computer look" onClose={leave}>
      {shown ? (
        <Shown shown={shown} view={view} />
      ) : (
        <Wish view={view} onShown={(invitation) => setShown({ ...invitation, viewers: view.viewers.length })} />
      )}
    </Drawer>
  )
}

const MAY = [
  { value: 'look', text: 'Look only' },
  { value: 'control', text: 'Also start and stop the miner' },
] as const

function Wish({ view, onShown }: { readonly view: FleetView; readonly onShown: (shown: FleetInvitation) => void }) {
  const invite = useCommand('fleet.invite')
  const [may, setMay] = useState<'look' | 'control'>('look')
  const [typed, setTyped] = useState<string>()
  const [portText, setPortText] = useState<string>()
  const address = (typed ?? view.ownAddresses[0] ?? '').trim()
  const portTyped = portText ?? String(view.door.port ?? 8094)
  const port = /^[1-9]\d{0,4}$/.test(portTyped) && Number(portTyped) <= 65_535 ? Number(portTyped) : undefined
  const wrong = /^[0-9a-zA-Z.:-]{1,253}$/.test(address) ? undefined : 'An address or a name, without its port.'
  const off = wrong ?? (port === undefined ? 'A port is a whole number from 1 to 65535.' : undefined)
  const go = async () => {
    if (port === undefined) return
    // A program of this computer, such as the end of a tunnel, is the only one that comes in there.
    const onlyHere = address === '127.0.0.1' || address === 'localhost'
    const invited = await invite.send({ address, port, onlyHere, mayControl: may === 'control' })
    if (invited.ok) onShown(invited.value)
  }
  return (
    <div className="grid gap-4">
      <p className="soft">
        This computer opens a door of its own for that, with a port that the other one must reach. Behind it is what you
        see of this computer under Machines, and nothing else: no key, no wallet, no setting, nothing that spends.
      </p>
      <div>
        <div className="lab">It may</div>
        <Segments label="It may" value={may} choices={MAY} onPick={setMay} />
        {may === 'control' && (
          <p className="msg">
            It starts what ran here last, with the hotkey that it ran with. Starting tells the chain the miner's
            address; it never registers and never spends.
          </p>
        )}
      </div>
      <Field
        label="Where the other one finds this computer"
        hint="127.0.0.1 for a tunnel that ends here: then nobody else can knock."
        mono
        value={typed ?? view.ownAddresses[0] ?? ''}
        onType={setTyped}
        wrong={wrong}
      />
      <Field
        label="Port"
        inputMode="numeric"
        value={portTyped}
        onType={setPortText}
        wrong={port === undefined ? 'A whole number from 1 to 65535.' : undefined}
      />
      <div>
        <Button kind="main" offBecause={off} busyWith={invite.busy ? 'Opening' : undefined} onPress={() => void go()}>
          Open the door and show a code
        </Button>
      </div>
      {invite.error && <ErrorNote error={invite.error} />}
    </div>
  )
}

interface ShownProps {
  readonly shown: FleetInvitation & { readonly viewers: number }
  readonly view: FleetView
}
function Shown({ shown, view }: ShownProps) {
  const now = useNow(1_000)
  const newest = view.viewers.length > shown.viewers ? view.viewers.at(-1) : undefined
  if (newest)
    return (
      <Note title="It came in.">
        <p>
          <bdi>{newest.name}</bdi> may look at this computer from now on
          {newest.mayControl ? ', and start and stop its miner' : ''}. The code is used up.
        </p>
      </Note>
    )
  if (!view.invitation)
    return (
      <Note kind="warn" title="The code is worth nothing any more.">
        <p>
          It was used, is older than ten minutes, or somebody tried a wrong key too often. Close this and show a new
          one.
        </p>
      </Note>
    )
  return (
    <div className="grid gap-3">
      <p>Enter this at the other computer, under Machines, Add a machine:</p>
      <output className="mono break area">{shown.pairing}</output>
      <div className="rowline">
        <CopyTextButton text={shown.pairing} main />
      </div>
      <p className="soft">
        It works once, for another {writeDuration(shown.expiresAtMs - now)}. Whoever has it first is in: show it to
        nobody else. Closing this takes it back.
      </p>
      {view.invitation.triesLeft < 5 && (
        <Note kind="warn" title="Somebody tried it with a wrong key.">
          <p>
            {view.invitation.triesLeft} more {view.invitation.triesLeft === 1 ? 'try' : 'tries'}, and it is worth
            nothing.
          </p>
        </Note>
      )}
    </div>
  )
}
