import { useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { FormatSelect, USUAL_KEY } from './key-options.tsx'
import { KeyWork } from './key-work.tsx'
import { isComplete, NO_DRAFT, PasswordFields, withoutPassword } from './password-fields.tsx'
import { type Reading, ReadingChoice } from './reading-choice.tsx'
import { SecretArea } from './secret-area.tsx'

/** A seed, a private key or words with a path: first which accounts it can be, then which of them is saved. */
export function ImportSecret({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const inspect = useCommand('wallet.inspectSecret')
  const send = useCommand('wallet.importSecret')
  const [text, setText] = useState('')
  const [readings, setReadings] = useState<readonly Reading[]>()
  const [chosen, setChosen] = useState<Reading>()
  const [draft, setDraft] = useState(NO_DRAFT)
  const [format, setFormat] = useState(USUAL_KEY.format)
  const [asked, setAsked] = useState(false)
  const type = (next: string) => {
    setText(next)
    setReadings(undefined)
    setChosen(undefined)
    inspect.clear()
    send.clear()
  }
  const look = async () => {
    const told = await inspect.send({ secret: text })
    if (!told.ok) return
    setReadings(told.value)
    setChosen(told.value.length === 1 ? told.value[0] : undefined)
  }
  const save = async () => {
    if (!readings) return look()
    setAsked(true)
    if (!chosen || !isComplete(draft)) return
    const { address, cryptoType } = chosen
    const { name, password } = draft
    const result = await send.send({ name: name.trim(), password, secret: text, address, cryptoType, format })
    if (!result.ok) {
      setDraft(withoutPassword)
      setAsked(false)
      return
    }
    setText('')
    onAdded(result.value.name)
  }
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <SecretArea
        label="Seed, private key, or words with a derivation path"
        hint="64 hex digits are a seed, 128 a private key. A path follows the words: //hard/soft///password."
        value={text}
        onType={type}
      />
      {inspect.error && <ErrorNote error={inspect.error} />}
      {!readings && (
        <div>
          <Button type="submit" offBecause={text.trim() === '' ? 'Paste or type it first.' : undefined}>
            Look which account it is
          </Button>
        </div>
      )}
      {readings && (
        <>
          <ReadingChoice
            legend={
              readings.length > 1 ? 'It can be one of these. Choose the address that you know.' : 'It leads here.'
            }
            readings={readings}
            chosen={chosen}
            onChoose={setChosen}
          />
          {asked && !chosen && <p className="msg bad">Choose an address.</p>}
          <PasswordFields draft={draft} onChange={setDraft} asked={asked} />
          <FormatSelect value={format} onPick={setFormat} />
          <KeyWork busy={send.busy} />
          {send.error && <ErrorNote error={send.error} />}
          <div>
            <Button kind="main" large type="submit" busyWith={send.busy ? 'Encrypting the key file' : undefined}>
              Import this account
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
