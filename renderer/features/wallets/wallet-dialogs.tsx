import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Field } from '../../ui/field.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Note } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { AskDialog } from './ask-dialog.tsx'
import type { NewFormat } from './key-options.tsx'
import { isNewPassword, NewPassword, NO_DRAFT, withoutPassword, wrongName } from './password-fields.tsx'
import { WEAKNESS_WORDS } from './wallet-words.ts'

interface WalletDialogProps {
  readonly wallet: WalletView
  readonly onClose: () => void
}

export function RenameDialog(props: WalletDialogProps & { readonly onDone: (name: string) => void }) {
  const rename = useCommand('wallet.rename')
  const [name, setName] = useState(props.wallet.name)
  const send = async () => {
    if (wrongName(name)) return
    const renamed = await rename.send({ name: props.wallet.name, newName: name.trim() })
    if (renamed.ok) props.onDone(renamed.value.name)
  }
  return (
    <AskDialog
      title={`Rename ${props.wallet.name}`}
      action="Rename"
      busyWith={rename.busy ? 'Renaming' : undefined}
      offBecause={name.trim() === props.wallet.name ? 'It is the name already.' : undefined}
      error={rename.error}
      onSubmit={() => void send()}
      onClose={props.onClose}
    >
      <Field label="New name" value={name} onType={setName} wrong={wrongName(name)} />
    </AskDialog>
  )
}

export function RemoveDialog({ wallet, onDone, onClose }: WalletDialogProps & { readonly onDone: () => void }) {
  const remove = useCommand('wallet.remove')
  const send = async () => {
    const removed = await remove.send({ name: wallet.name })
    if (removed.ok) onDone()
  }
  const hotkeys = wallet.hotkeys.length
  return (
    <AskDialog
      title={`Remove ${wallet.name}`}
      action="Move to the trash"
      danger
      busyWith={remove.busy ? 'Moving' : undefined}
      error={remove.error}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <GroupedAddress address={wallet.address} twoLines />
      <p className="soft">
        The wallet{hotkeys > 0 && ` and its ${hotkeys === 1 ? 'hotkey' : `${hotkeys} hotkeys`}`} can be restored from
        the trash. Nothing happens on the chain: what the account holds stays there.
      </p>
    </AskDialog>
  )
}

export interface PasswordDialogProps {
  readonly wallet: string
  readonly hotkey?: string
  /** False: the file is plain text and opens without one. */
  readonly sealed: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}
export function PasswordDialog({ wallet, hotkey, sealed, onClose, onDone }: PasswordDialogProps) {
  const change = useCommand('wallet.changePassword')
  const [password, setPassword] = useState('')
  const [draft, setDraft] = useState(NO_DRAFT)
  const [asked, setAsked] = useState(false)
  const about = hotkey ?? wallet
  const send = async () => {
    setAsked(true)
    if (!isNewPassword(draft)) return
    const request = { name: wallet, password, newPassword: draft.password, ...(hotkey === undefined ? {} : { hotkey }) }
    const sending = change.send(request)
    setPassword('')
    setDraft(withoutPassword)
    setAsked(false)
    const changed = await sending
    if (changed.ok) onDone()
  }
  return (
    <AskDialog
      title={sealed ? `Change the password of ${about}` : `Set a password for ${about}`}
      action={sealed ? 'Change the password' : 'Encrypt the file'}
      busyWith={change.busy ? 'Sealing the key file anew' : undefined}
      error={beside(change.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {sealed && <PasswordField label="Password now" value={password} onType={setPassword} error={change.error} />}
      <NewPassword label="New password" draft={draft} onChange={setDraft} asked={asked} />
      <p className="soft">Copies of the old file, in a backup for example, still open with the old password.</p>
    </AskDialog>
  )
}

export interface ConvertDialogProps extends WalletDialogProps {
  readonly onDone: (format: NewFormat) => void
}
/** Into the vault from any other format; from the vault into `$NACL`. */
export function ConvertDialog({ wallet, onClose, onDone }: ConvertDialogProps) {
  const convert = useCommand('wallet.convert')
  const [password, setPassword] = useState('')
  const [draft, setDraft] = useState(NO_DRAFT)
  const [asked, setAsked] = useState(false)
  const plain = wallet.format === 'plain'
  const format: NewFormat = wallet.format === 'vault' ? 'btwallet' : 'vault'
  const send = async () => {
    setAsked(true)
    if (plain && !isNewPassword(draft)) return
    const sending = convert.send({ name: wallet.name, password: plain ? draft.password : password, format })
    setPassword('')
    setDraft(withoutPassword)
    setAsked(false)
    const converted = await sending
    if (converted.ok) onDone(format)
  }
  return (
    <AskDialog
      title={format === 'vault' ? `Convert ${wallet.name} to the app’s vault` : `Convert ${wallet.name} to $NACL`}
      action={format === 'vault' ? 'Convert to the vault' : 'Convert to $NACL'}
      busyWith={convert.busy ? 'Sealing the key file anew' : undefined}
      error={beside(convert.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      {format === 'btwallet' ? (
        <Note kind="warn" title={WEAKNESS_WORDS['constant-salt'][0].replace('This', 'A $NACL')}>
          <p>{WEAKNESS_WORDS['constant-salt'][1]}</p>
          <p>An export for the official tools keeps the vault and writes a $NACL copy beside it.</p>
        </Note>
      ) : (
        <p className="soft">
          The file is sealed anew with a salt of its own.{' '}
          {plain ? 'It gets a password.' : 'The password stays the same.'} The official tools cannot read a vault; a
          $NACL copy for them can be exported.
        </p>
      )}
      {plain ? (
        <NewPassword label="New password" draft={draft} onChange={setDraft} asked={asked} />
      ) : (
        <PasswordField value={password} onType={setPassword} error={convert.error} />
      )}
    </AskDialog>
  )
}
