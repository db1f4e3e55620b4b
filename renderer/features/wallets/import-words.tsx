import { useState } from 'react'
import { pastedWords } from '../../../shared/wallet/pasted-words.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { KeyOptions, USUAL_KEY } from './key-options.tsx'
import { KeyWork } from './key-work.tsx'
import { isComplete, NO_DRAFT, PasswordFields, withoutPassword } from './password-fields.tsx'
import { WordsField } from './words-field.tsx'
import { type Diagnosis, repaired, WordsProblem } from './words-problem.tsx'

const COUNTS = [12, 15, 18, 21, 24]

export function ImportWords({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const send = useCommand('wallet.importWords')
  const diagnose = useCommand('wallet.diagnoseWords')
  const [text, setText] = useState('')
  const [found, setFound] = useState<Diagnosis>()
  const [secret, setSecret] = useState(NO_DRAFT)
  const [choice, setChoice] = useState(USUAL_KEY)
  const [asked, setAsked] = useState(false)
  const words = pastedWords(text)
  const fits = COUNTS.includes(words.length)
  const wrong = asked && !fits ? `There are ${words.length} words; a wallet has 12, 15, 18, 21 or 24.` : undefined
  const type = (next: string) => {
    setText(next)
    setFound(undefined)
    send.clear()
  }
  const save = async () => {
    setAsked(true)
    if (!fits) return
    const told = await diagnose.send({ words: words.join(' ') })
    if (!told.ok) return
    setFound(told.value.problem === 'none' ? undefined : told.value)
    if (told.value.problem !== 'none' || !isComplete(secret)) return
    const { name, password } = secret
    const result = await send.send({ name: name.trim(), words: words.join(' '), password, ...choice })
    if (!result.ok) {
      setSecret(withoutPassword)
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
      <WordsField value={text} onType={type} wrong={wrong} />
      {found && <WordsProblem found={found} onChange={(change) => type(repaired(words, change).join(' '))} />}
      <PasswordFields draft={secret} onChange={setSecret} asked={asked} />
      <KeyOptions value={choice} onChange={setChoice} />
      <KeyWork busy={send.busy} />
      {diagnose.error && <ErrorNote error={diagnose.error} />}
      {send.error && <ErrorNote error={send.error} />}
      <div>
        <Button kind="main" large type="submit" busyWith={send.busy ? 'Encrypting the key file' : undefined}>
          Import the wallet
        </Button>
      </div>
    </form>
  )
}
