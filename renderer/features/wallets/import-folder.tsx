import { useState } from 'react'
import type { Output } from '../../bridge/client.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { wrongName } from './password-fields.tsx'

type Found = Output<'wallet.inspectFolder'>[number]

/** Looks into a folder first, without opening any key; the original stays as it is. */
export function ImportFolder({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const [typed, setTyped] = useState('~/.bittensor/wallets')
  const [path, setPath] = useState<string>()
  const found = useQuestion('wallet.inspectFolder', path === undefined ? undefined : { path })
  const [chosen, setChosen] = useState<Found>()
  return (
    <div className="grid gap-3 form">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          setChosen(undefined)
          setPath(typed.trim())
        }}
      >
        <Field
          label="Folder"
          mono
          value={typed}
          onType={setTyped}
          hint="A wallet, or the folder that holds several: each has coldkeypub.txt, most have coldkey and hotkeys."
          wrong={path === '' ? 'Enter a folder.' : undefined}
        />
        <div>
          <Button type="submit">Look into the folder</Button>
        </div>
      </form>
      {found.state === 'loading' && <Loading awaits="the folder" rows={2} />}
      {found.state === 'failed' && <ErrorNote error={found.error} />}
      {found.state === 'ready' && found.value.length === 0 && <p>No wallet is in this folder.</p>}
      {found.state === 'ready' && found.value.length > 0 && (
        <ul className="grid gap-2" aria-label="Wallets in this folder">
          {found.value.map((wallet) => (
            <li key={wallet.path} className="row">
              <b className="clip">{wallet.name}</b>
              {wallet.address ? <ShortAddress address={wallet.address} /> : <span className="mute">no address</span>}
              <Chip kind={wallet.watchOnly ? 'dashed' : 'neutral'}>
                {wallet.watchOnly ? 'watch only' : wallet.encrypted ? 'encrypted' : 'not encrypted'}
              </Chip>
              <span className="mute">
                {wallet.hotkeys.length} {wallet.hotkeys.length === 1 ? 'hotkey' : 'hotkeys'}
              </span>
              <span className="end">
                <Button onPress={() => setChosen(wallet)}>Choose {wallet.name}</Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {chosen && <TakeFolder key={chosen.path} wallet={chosen} onAdded={onAdded} />}
    </div>
  )
}

function TakeFolder({ wallet, onAdded }: { readonly wallet: Found; readonly onAdded: (name: string) => void }) {
  const take = useCommand('wallet.importFolder')
  const [name, setName] = useState(wallet.name)
  const save = async () => {
    if (wrongName(name)) return
    const result = await take.send({ path: wallet.path, name: name.trim() })
    if (result.ok) onAdded(result.value.name)
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field label="Name here" value={name} onType={setName} wrong={wrongName(name)} />
      <p className="soft">Its password stays the same. The files are copied; the original is not touched.</p>
      {take.error && <ErrorNote error={take.error} />}
      <div>
        <Button kind="main" large type="submit" busyWith={take.busy ? 'Copying' : undefined}>
          Copy this wallet
        </Button>
      </div>
    </form>
  )
}
