import { type ReactNode, useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Output } from '../../bridge/client.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Note } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { CopyTextButton, TextToSave } from '../../ui/text-to-save.tsx'
import { AskDialog } from './ask-dialog.tsx'

/** Writes what the official tools read, with the same password, into a folder on the computer of the host. */
export function ExportFolderDialog({ wallet, onClose }: { readonly wallet: WalletView; readonly onClose: () => void }) {
  const write = useCommand('wallet.exportBtwallet')
  const [folder, setFolder] = useState('~/.bittensor/wallets')
  const [password, setPassword] = useState('')
  const [path, setPath] = useState<string>()
  const send = async () => {
    const sending = write.send({ name: wallet.name, password, folder: folder.trim() })
    setPassword('')
    const written = await sending
    if (written.ok) setPath(written.value.path)
  }
  const left = wallet.hotkeys.filter(({ format }) => format === 'vault').length
  if (path !== undefined)
    return (
      <Written title={`${wallet.name} was exported`} onClose={onClose}>
        <p className="break">
          The official tools find it in <span className="mono">{path}</span>.
          {!wallet.watchOnly && ' Its coldkey opens with the same password.'}
        </p>
      </Written>
    )
  return (
    <AskDialog
      title={`Export ${wallet.name} for the official tools`}
      action="Write the folder"
      busyWith={write.busy ? 'Writing the key files' : undefined}
      offBecause={folder.trim() === '' ? 'Enter a folder.' : undefined}
      error={beside(write.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p className="soft">
        {wallet.watchOnly
          ? 'Writes the pub file. There is no key to export.'
          : 'Writes a $NACL coldkey, the pub file and the hotkeys. The wallet here stays as it is.'}
        {left > 0 &&
          ` ${left === 1 ? 'One hotkey stays' : `${left} hotkeys stay`} out: the official tools cannot read the app’s vault.`}
      </p>
      <Field
        label="Into the folder"
        mono
        value={folder}
        onType={setFolder}
        hint={`A folder named ${wallet.name} is made in it. Nothing is written over.`}
      />
      {!wallet.watchOnly && (
        <PasswordField
          hint={wallet.format === 'plain' ? 'The file here is plain. The copy is sealed with this password.' : ''}
          value={password}
          onType={setPassword}
          error={write.error}
        />
      )}
    </AskDialog>
  )
}

export interface ExportJsonDialogProps {
  readonly wallet: string
  readonly hotkey: string | undefined
  readonly onClose: () => void
}
/** The account file as text, sealed with the password: a window may not write files. */
export function ExportJsonDialog({ wallet, hotkey, onClose }: ExportJsonDialogProps) {
  const make = useCommand('wallet.exportPolkadotJson')
  const [password, setPassword] = useState('')
  const [file, setFile] = useState<Output<'wallet.exportPolkadotJson'>>()
  const send = async () => {
    const sending = make.send({ name: wallet, password, ...(hotkey === undefined ? {} : { hotkey }) })
    setPassword('')
    const made = await sending
    if (made.ok) setFile(made.value)
  }
  if (file) return <JsonText file={file} onClose={onClose} />
  return (
    <AskDialog
      title={`Export ${hotkey ?? wallet} for polkadot.js`}
      action="Make the file"
      busyWith={make.busy ? 'Sealing the account file' : undefined}
      offBecause={password === '' ? 'It asks for the password.' : undefined}
      error={beside(make.error)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <p className="soft">
        Makes an account file that polkadot.js, Talisman, SubWallet and Nova import. It is sealed with the same
        password; the words are not in it.
      </p>
      <PasswordField value={password} onType={setPassword} error={make.error} />
    </AskDialog>
  )
}

interface JsonTextProps {
  readonly file: Output<'wallet.exportPolkadotJson'>
  readonly onClose: () => void
}
function JsonText({ file, onClose }: JsonTextProps) {
  return (
    <Written title="The account file" onClose={onClose} action={<CopyTextButton text={file.json} />}>
      <Note title="Sealed, and as strong as its password.">
        <p>The cipher of this format is faster to guess against than the app’s vault. Do not leave it lying around.</p>
      </Note>
      <TextToSave fileName={file.fileName} text={file.json} rows={8} />
    </Written>
  )
}

interface WrittenProps {
  readonly title: string
  readonly onClose: () => void
  readonly action?: ReactNode
  readonly children: ReactNode
}
function Written({ title, onClose, action, children }: WrittenProps) {
  const close = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={title}
      first={close}
      onClose={onClose}
      footer={
        <span className="end">
          {action}
          <Button ref={close} kind="main" onPress={onClose}>
            Done
          </Button>
        </span>
      }
    >
      {children}
    </Dialog>
  )
}
