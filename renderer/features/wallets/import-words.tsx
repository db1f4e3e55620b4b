import { useId, useState } from 'react'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Wrong } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { isComplete, NO_DRAFT, PasswordFields } from './password-fields.tsx'

const COUNTS = [12, 15, 18, 21, 24]

export function ImportWords({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const id = useId()
  const send = useCommand('wallet.importWords')
  const [text, setText] = useState('')
  const [secret, setSecret] = useState(NO_DRAFT)
  const [asked, setAsked] = useState(false)
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const fits = COUNTS.includes(words.length)
  const wrong = asked && !fits ? `There are ${words.length} words; a wallet has 12, 15, 18, 21 or 24.` : undefined
  const save = async () => {
    setAsked(true)
    if (!fits || !isComplete(secret)) return
    const result = await send.send({ name: secret.name.trim(), words: words.join(' '), password: secret.password })
    if (!result.ok) return
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
      <div>
        <label className="lab" htmlFor={id}>
          The words <span>in order, with spaces between them</span>
        </label>
        <textarea
          id={id}
          className={wrong ? 'area is-bad' : 'area'}
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-describedby={`${id}-wrong`}
          aria-invalid={wrong !== undefined || undefined}
        />
        <Wrong id={`${id}-wrong`} text={wrong} code={wrong === undefined ? undefined : 'keys/bad-mnemonic'} />
      </div>
      <PasswordFields draft={secret} onChange={setSecret} asked={asked} />
      {send.error && <ErrorNote error={send.error} />}
      <div>
        <Button kind="main" large type="submit" busyWith={send.busy ? 'Encrypting the key file' : undefined}>
          Import the wallet
        </Button>
      </div>
    </form>
  )
}
