import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Note } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { AskDialog } from './ask-dialog.tsx'

const HINTS: Readonly<Partial<Record<WalletView['format'], string>>> = {
  nacl: 'Opening takes some seconds and half a gigabyte of memory: that makes guessing dear.',
  vault: 'Opening takes about a second: that makes guessing dear.',
  plain: 'The key file is not encrypted: it opens with any password. Set one in Wallets.',
}

export interface UnlockDialogProps {
  readonly wallet: WalletView
  readonly onClose: () => void
}
export function UnlockDialog({ wallet, onClose }: UnlockDialogProps) {
  const unlock = useCommand('wallet.unlock')
  const [password, setPassword] = useState('')
  const open = async () => {
    const sending = unlock.send({ name: wallet.name, password })
    setPassword('')
    const result = await sending
    if (result.ok) onClose()
  }
  if (wallet.watchOnly) return <NothingToUnlock wallet={wallet} onClose={onClose} />
  return (
    <AskDialog
      title={`Unlock ${wallet.name}`}
      action="Unlock"
      busyWith={unlock.busy ? 'Opening the key file' : undefined}
      error={beside(unlock.error)}
      onSubmit={() => void open()}
      onClose={onClose}
    >
      <PasswordField
        hint={HINTS[wallet.format] ?? 'Opening takes a moment.'}
        value={password}
        onType={setPassword}
        error={unlock.error}
      />
    </AskDialog>
  )
}

function NothingToUnlock({ wallet, onClose }: UnlockDialogProps) {
  return (
    <Dialog
      title={`${wallet.name} is only watched`}
      narrow
      onClose={onClose}
      footer={
        <span className="end">
          <Button onPress={onClose}>Close</Button>
        </span>
      }
    >
      <Note title="There is no key to unlock.">
        <p>Only the address is on this computer. To sign, import the wallet with its words or its key file.</p>
      </Note>
    </Dialog>
  )
}
