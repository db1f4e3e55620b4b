import { useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { errorInField } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'

export function UnlockDialog({ wallet, onClose }: { readonly wallet: WalletView; readonly onClose: () => void }) {
  const unlock = useCommand('wallet.unlock')
  const [password, setPassword] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const open = async () => {
    const result = await unlock.send({ name: wallet.name, password })
    if (result.ok) onClose()
  }
  return (
    <Dialog
      title={`Unlock ${wallet.name}`}
      narrow
      onClose={onClose}
      footer={
        <span className="end">
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="main"
            onPress={() => form.current?.requestSubmit()}
            busyWith={unlock.busy ? 'Opening the key file' : undefined}
          >
            Unlock
          </Button>
        </span>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onType={setPassword}
          hint="Opening takes some seconds and half a gigabyte of memory: that makes guessing dear."
          {...errorInField(unlock.error)}
        />
      </form>
    </Dialog>
  )
}
