import { useState } from 'react'
import type { HotkeyView } from '../../../shared/contract/wallet-info.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { AskDialog } from './ask-dialog.tsx'
import { wrongName } from './password-fields.tsx'

interface HotkeyDialogProps {
  readonly wallet: string
  readonly hotkey: string
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}

export function RenameHotkeyDialog({ wallet, hotkey, onClose, onDone }: HotkeyDialogProps) {
  const rename = useCommand('wallet.renameHotkey')
  const [name, setName] = useState(hotkey)
  const send = async () => {
    if (wrongName(name)) return
    const renamed = await rename.send({ wallet, name: hotkey, newName: name.trim() })
    if (renamed.ok) onDone(name.trim())
  }
  return (
    <AskDialog
      title={`Rename hotkey ${hotkey}`}
      action="Rename"
      busyWith={rename.busy ? 'Renaming' : undefined}
      offBecause={name.trim() === hotkey ? 'It is the name already.' : undefined}
      error={rename.error}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <Field label="New name" value={name} onType={setName} wrong={wrongName(name)} />
    </AskDialog>
  )
}

export function UnlockHotkeyDialog({ wallet, hotkey, onClose, onDone }: HotkeyDialogProps) {
  const unlock = useCommand('wallet.unlockHotkey')
  const [password, setPassword] = useState('')
  const send = async () => {
    const sending = unlock.send({ wallet, name: hotkey, password })
    setPassword('')
    const opened = await sending
    if (opened.ok) onDone(hotkey)
  }
  return (
    <AskDialog
      title={`Unlock hotkey ${hotkey}`}
      action="Unlock"
      busyWith={unlock.busy ? 'Opening the key file' : undefined}
      error={beside(unlock.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <PasswordField
        label="Password of the hotkey"
        hint="It stays open when the wallet locks, so that a miner goes on."
        value={password}
        onType={setPassword}
        error={unlock.error}
      />
    </AskDialog>
  )
}

export interface RemoveHotkeyDialogProps {
  readonly wallet: string
  readonly hotkey: HotkeyView
  readonly onClose: () => void
  readonly onDone: () => void
}
export function RemoveHotkeyDialog({ wallet, hotkey, onClose, onDone }: RemoveHotkeyDialogProps) {
  const remove = useCommand('wallet.removeHotkey')
  const send = async () => {
    const removed = await remove.send({ wallet, name: hotkey.name })
    if (removed.ok) onDone()
  }
  return (
    <AskDialog
      title={`Remove hotkey ${hotkey.name}`}
      action="Move to the trash"
      danger
      busyWith={remove.busy ? 'Moving' : undefined}
      error={remove.error}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <GroupedAddress address={hotkey.address} twoLines />
      <p className="soft">
        It can be restored from the trash. A miner that uses it can no longer sign; its place on the chain stays until
        another one takes it.
      </p>
    </AskDialog>
  )
}
