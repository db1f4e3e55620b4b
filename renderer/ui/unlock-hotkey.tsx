import { type FormEvent, useState } from 'react'
import { valueIn } from '../bridge/loadable.ts'
import { useCommand } from '../bridge/use-command.ts'
import { useSubscription } from '../bridge/use-subscription.ts'
import { cleanName } from '../format/hostile-text.ts'
import { Button } from './button.tsx'
import { ErrorNote } from './note.tsx'
import { beside, PasswordField } from './password-field.tsx'

export interface UnlockHotkeyProps {
  /** Of the wallet that is shown. */
  readonly hotkey: string
  readonly onDone?: () => void
}

/** Opens a sealed hotkey where it is in the way of what was asked for: at once, without a walk to the wallets. */
export function UnlockHotkey({ hotkey, onDone }: UnlockHotkeyProps) {
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const unlock = useCommand('wallet.unlockHotkey')
  const [password, setPassword] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!wallet || unlock.busy) return
    const sending = unlock.send({ wallet: wallet.name, name: hotkey, password })
    setPassword('')
    const opened = await sending
    if (opened.ok) onDone?.()
  }
  const besides = beside(unlock.error)
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => void send(event)}
      aria-label={`Unlock hotkey ${cleanName(hotkey)}`}
    >
      <PasswordField
        label={`Password of the hotkey ${cleanName(hotkey)}`}
        hint="It stays open when the wallet locks, so that a miner goes on. Closing the app closes it."
        value={password}
        onType={setPassword}
        error={unlock.error}
      />
      {besides && <ErrorNote error={besides} />}
      <div>
        <Button type="submit" busyWith={unlock.busy ? 'Opening the key file' : undefined}>
          Unlock the hotkey
        </Button>
      </div>
    </form>
  )
}
