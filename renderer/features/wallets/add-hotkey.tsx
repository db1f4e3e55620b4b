import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { TypeSelect, USUAL_KEY } from './key-options.tsx'
import { isNewPassword, NewPassword, NO_DRAFT, withoutPassword, wrongName } from './password-fields.tsx'
import { type Reading, ReadingChoice } from './reading-choice.tsx'
import { SecretArea } from './secret-area.tsx'

type Way = 'new' | 'secret' | 'file'
const WAYS = [
  { value: 'new', text: 'New' },
  { value: 'secret', text: 'From words, seed or key' },
  { value: 'file', text: 'From a file' },
] as const
const SEALINGS = [
  { value: 'plain', text: 'No password' },
  { value: 'sealed', text: 'Encrypted' },
] as const
const ACTION = { new: 'Create the hotkey', secret: 'Import the hotkey', file: 'Copy the hotkey' }

export interface AddHotkeyDialogProps {
  readonly wallet: string
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}
export function AddHotkeyDialog({ wallet, onClose, onDone }: AddHotkeyDialogProps) {
  const form = useNewHotkey(wallet, onDone)
  const { way, name, asked } = form
  return (
    <AskDialog
      title={`Add a hotkey to ${wallet}`}
      action={way === 'secret' && !form.readings ? 'Look which account it is' : ACTION[way]}
      wide
      busyWith={form.busy ? 'Writing the key file' : undefined}
      error={form.error}
      onSubmit={() => void form.submit()}
      onClose={onClose}
    >
      <div className="[&_.seg]:flex-wrap">
        <Segments label="How to add a hotkey" value={way} choices={WAYS} onPick={form.setWay} />
      </div>
      <Field
        label="Name of the hotkey"
        value={name}
        onType={form.setName}
        wrong={asked || name ? wrongName(name) : undefined}
      />
      {way === 'new' && <TypeSelect value={form.cryptoType} onPick={form.setCryptoType} />}
      {way === 'secret' && (
        <SecretArea
          label="Words, seed or private key"
          hint="64 hex digits are a seed, 128 a private key."
          value={form.secret}
          onType={form.setSecret}
        />
      )}
      {way === 'secret' && form.readings && (
        <ReadingChoice
          legend="The accounts to which it leads"
          readings={form.readings}
          chosen={form.chosen}
          onChoose={form.setChosen}
        />
      )}
      {way === 'secret' && asked && form.readings && !form.chosen && <p className="msg bad">Choose an address.</p>}
      {way === 'file' && (
        <Field
          label="Path of the hotkey file"
          mono
          value={form.path}
          onType={form.setPath}
          wrong={asked && form.path.trim() === '' ? 'Enter a path.' : undefined}
          hint="A file of the official tools, below hotkeys. It is copied as it is, with its password if it has one."
        />
      )}
      {way !== 'file' && (
        <>
          <Segments label="Sealing" value={form.sealing} choices={SEALINGS} onPick={form.setSealing} />
          <p className="soft">
            {form.sealing === 'plain'
              ? 'As everywhere on this network: the miner signs while you are away. Whoever reads the file can act as the miner, and cannot move TAO.'
              : 'The miner can start only after you gave its password.'}
          </p>
          {form.sealing === 'sealed' && (
            <NewPassword label="Password of the hotkey" draft={form.draft} onChange={form.setDraft} asked={asked} />
          )}
        </>
      )}
    </AskDialog>
  )
}

/** What was typed for a new hotkey, and the three ways of saving it. */
function useNewHotkey(wallet: string, onDone: (name: string) => void) {
  const create = useCommand('wallet.createHotkey')
  const inspect = useCommand('wallet.inspectSecret')
  const bring = useCommand('wallet.importHotkey')
  const copy = useCommand('wallet.importHotkeyFile')
  const [way, pickWay] = useState<Way>('new')
  const [name, setName] = useState('')
  const [secret, typeSecret] = useState('')
  const [readings, setReadings] = useState<readonly Reading[]>()
  const [chosen, setChosen] = useState<Reading>()
  const [path, setPath] = useState('')
  const [cryptoType, setCryptoType] = useState(USUAL_KEY.cryptoType)
  const [sealing, setSealing] = useState<'plain' | 'sealed'>('plain')
  const [draft, setDraft] = useState(NO_DRAFT)
  const [asked, setAsked] = useState(false)
  const error: AppError | undefined = { new: create.error, secret: inspect.error ?? bring.error, file: copy.error }[way]
  const setSecret = (text: string) => {
    typeSecret(text)
    setReadings(undefined)
    setChosen(undefined)
    inspect.clear()
    bring.clear()
  }
  const look = async () => {
    const told = await inspect.send({ secret })
    if (!told.ok) return
    setReadings(told.value)
    setChosen(told.value.length === 1 ? told.value[0] : undefined)
  }
  const send = () => {
    const about = { wallet, name: name.trim() }
    const sealed = sealing === 'sealed' ? { password: draft.password } : {}
    if (way === 'file') return copy.send({ ...about, path: path.trim() })
    if (way === 'new') return create.send({ ...about, cryptoType, ...sealed })
    if (!chosen) return undefined
    return bring.send({ ...about, secret, address: chosen.address, cryptoType: chosen.cryptoType, ...sealed })
  }
  const submit = async () => {
    if (way === 'secret' && !readings) return look()
    setAsked(true)
    const ready = way === 'file' ? path.trim() !== '' : sealing === 'plain' || isNewPassword(draft)
    if (wrongName(name) || !ready) return
    const saved = await send()
    if (saved?.ok) return onDone(saved.value.name)
    setDraft(withoutPassword)
  }
  const setWay = (next: Way) => {
    pickWay(next)
    setAsked(false)
  }
  const busy = create.busy || bring.busy || copy.busy
  return {
    ...{ way, setWay, name, setName, secret, setSecret, readings, chosen, setChosen, path, setPath },
    ...{ cryptoType, setCryptoType, sealing, setSealing, draft, setDraft, asked, error, busy, submit },
  }
}
