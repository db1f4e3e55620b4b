import { useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { FormatSelect, USUAL_KEY } from './key-options.tsx'
import { KeyWork } from './key-work.tsx'
import { isComplete, NO_DRAFT, PasswordFields, withoutPassword } from './password-fields.tsx'
import { type Reading, ReadingChoice } from './reading-choice.tsx'
import { SecretArea } from './secret-area.tsx'

/** An account file of polkadot.js: looked into without its password, then opened with it and sealed anew. */
export function ImportPolkadot({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const client = useClient()
  const [json, setJson] = useState('')
  const [error, setError] = useState<AppError>()
  const [accounts, setAccounts] = useState<readonly Reading[]>()
  const look = async () => {
    const told = await client.call('wallet.inspectPolkadotJson', { json })
    setAccounts(told.ok ? told.value : undefined)
    setError(told.ok ? undefined : told.error)
  }
  const type = (next: string) => {
    setJson(next)
    setAccounts(undefined)
    setError(undefined)
  }
  return (
    <div className="grid gap-3 form">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <SecretArea
          label="or its text"
          hint="Exported by polkadot.js, Talisman, SubWallet or Nova: one account, or several in one file."
          accept=".json,application/json"
          value={json}
          onType={type}
        />
        {error && <ErrorNote error={error} />}
        {!accounts && (
          <div>
            <Button
              type="submit"
              offBecause={json.trim() === '' ? 'Choose a file or paste its text first.' : undefined}
            >
              Look into the file
            </Button>
          </div>
        )}
      </form>
      {accounts && <TakeAccount json={json} accounts={accounts} onAdded={onAdded} />}
    </div>
  )
}

interface TakeAccountProps {
  readonly json: string
  readonly accounts: readonly Reading[]
  readonly onAdded: (name: string) => void
}
function TakeAccount({ json, accounts, onAdded }: TakeAccountProps) {
  const send = useCommand('wallet.importPolkadotJson')
  const [chosen, setChosen] = useState(accounts.length === 1 ? accounts[0] : undefined)
  const [sourcePassword, setSourcePassword] = useState('')
  const [accountPassword, setAccountPassword] = useState('')
  const [draft, setDraft] = useState(NO_DRAFT)
  const [format, setFormat] = useState(USUAL_KEY.format)
  const [asked, setAsked] = useState(false)
  const several = accounts.length > 1
  const save = async () => {
    setAsked(true)
    if (!chosen || !isComplete(draft)) return
    const { name, password } = draft
    const request = { name: name.trim(), json, sourcePassword, password, address: chosen.address, format }
    const result = await send.send(accountPassword === '' ? request : { ...request, accountPassword })
    if (result.ok) return onAdded(result.value.name)
    setSourcePassword('')
    setAccountPassword('')
    setDraft(withoutPassword)
    setAsked(false)
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <ReadingChoice
        legend={several ? 'Choose one account of the file' : 'The account of the file'}
        readings={accounts}
        chosen={chosen}
        onChoose={setChosen}
      />
      {asked && !chosen && <p className="msg bad">Choose an account.</p>}
      <PasswordField
        label="Password of the file"
        hint="Leave it empty if the file has none."
        value={sourcePassword}
        onType={setSourcePassword}
        error={send.error}
      />
      {several && (
        <PasswordField
          label="Password of the account"
          hint="Leave it empty if it is the same as that of the file."
          value={accountPassword}
          onType={setAccountPassword}
        />
      )}
      <PasswordFields draft={draft} onChange={setDraft} asked={asked} />
      <FormatSelect value={format} onPick={setFormat} />
      <KeyWork busy={send.busy} />
      {beside(send.error) && send.error && <ErrorNote error={send.error} />}
      <div>
        <Button
          kind="main"
          large
          type="submit"
          busyWith={send.busy ? 'Opening the file and encrypting anew' : undefined}
        >
          Import this account
        </Button>
      </div>
    </form>
  )
}
