import { useState } from 'react'
import { readPairingCode } from '../../../shared/fleet/pairing-code.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'

const WRONG = {
  shape: 'It begins with taoforge-fleet: and ends with seven groups of four letters.',
  mistyped: 'At least one letter is not the one that was shown.',
} as const

export interface AddDrawerProps {
  readonly onAdded: (id: string) => void
  readonly onClose: () => void
}

/** The code that another machine shows. It says where that machine is; from here it may be somewhere else. */
export function AddDrawer({ onAdded, onClose }: AddDrawerProps) {
  const add = useCommand('fleet.add')
  const [pairing, setPairing] = useState('')
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const code = pairing.trim() === '' ? undefined : readPairingCode(pairing)
  const found = code?.ok ? code.value : undefined
  const at = placeOf(place)
  const off = !found
    ? 'Enter the code that the other machine shows.'
    : at === 'wrong'
      ? 'The place is not one.'
      : undefined
  const go = async () => {
    if (off !== undefined || at === 'wrong') return
    const called = name.trim() === '' ? {} : { name: name.trim() }
    const added = await add.send({ pairing: pairing.trim(), ...called, ...at })
    if (added.ok) onAdded(added.value.id)
  }
  return (
    <Drawer
      title="Add a machine"
      onClose={onClose}
      footer={
        <>
          <Button
            kind="main"
            large
            offBecause={off}
            busyWith={add.busy ? 'Going there' : undefined}
            onPress={() => void go()}
          >
            Add the machine
          </Button>
          <span className="why">{off ?? ''}</span>
        </>
      }
    >
      <p className="soft">
        On that machine, open Machines and choose <b>Let another computer look</b>, or write{' '}
        <span className="mono">taoforge fleet invite</span>. It shows a code that works once.
      </p>
      <Field
        label="The code that it shows"
        mono
        value={pairing}
        onType={setPairing}
        wrong={code && !code.ok ? WRONG[code.error] : undefined}
      />
      <Field
        label="Call it"
        hint="As you like; left empty, it is called what it calls itself."
        value={name}
        onType={setName}
      />
      <Field
        label="Where it is found from here"
        hint={
          found
            ? `Left empty, at ${found.address}, port ${found.port}, as the code says.`
            : 'Only if the code says another place, as behind a tunnel: an address or a name, a colon, a port.'
        }
        mono
        value={place}
        onType={setPlace}
        wrong={at === 'wrong' ? 'A place looks like 192.168.1.20:8094 or gpu.example.org:8094.' : undefined}
      />
      {add.error && <ErrorNote error={add.error} />}
    </Drawer>
  )
}

/** `address:port`, an IPv6 address in brackets. */
function placeOf(text: string): { readonly address?: string; readonly port?: number } | 'wrong' {
  if (text.trim() === '') return {}
  const match = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9a-zA-Z.-]{1,253})):([1-9]\d{0,4})$/.exec(text.trim())
  const [address, port] = [match?.[1] ?? match?.[2], Number(match?.[3])]
  return address === undefined || port > 65_535 ? 'wrong' : { address, port }
}
