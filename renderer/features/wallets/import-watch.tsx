import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { TypeSelect, USUAL_KEY } from './key-options.tsx'
import { wrongName } from './password-fields.tsx'
import { SecretArea } from './secret-area.tsx'

/** A wallet without its key: balances, stakes and alarms, and nothing that has to be signed. */
export function ImportWatch({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const send = useCommand('wallet.importWatchOnly')
  const [name, setName] = useState('')
  const [source, setSource] = useState('')
  const [cryptoType, setCryptoType] = useState(USUAL_KEY.cryptoType)
  const [asked, setAsked] = useState(false)
  const save = async () => {
    setAsked(true)
    if (wrongName(name) || source.trim() === '') return
    const result = await send.send({ name: name.trim(), source, cryptoType })
    if (result.ok) onAdded(result.value.name)
  }
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <p className="soft">
        The app shows what the account holds and warns you of what others start on it. It cannot sign: the key stays
        where it is.
      </p>
      <SecretArea
        label="Address, or the text of a coldkeypub.txt"
        hint="An address is public. A pub file also tells the key type."
        accept=".txt,text/plain"
        value={source}
        onType={(next) => {
          setSource(next)
          send.clear()
        }}
      />
      {asked && source.trim() === '' && <p className="msg bad">Enter an address.</p>}
      <TypeSelect value={cryptoType} onPick={setCryptoType} />
      <Field
        label="Name of the wallet"
        value={name}
        onType={setName}
        wrong={asked || name ? wrongName(name) : undefined}
      />
      {send.error && <ErrorNote error={send.error} />}
      <div>
        <Button kind="main" large type="submit" busyWith={send.busy ? 'Saving' : undefined}>
          Watch this account
        </Button>
      </div>
    </form>
  )
}
