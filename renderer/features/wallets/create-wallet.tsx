import { useState } from 'react'
import type { Output } from '../../bridge/client.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { pickThree } from '../../format/pick-three.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Segments } from '../../ui/segments.tsx'
import { KeyOptions, USUAL_KEY } from './key-options.tsx'
import { KeyWork } from './key-work.tsx'
import { isComplete, NO_DRAFT, PasswordFields, withoutPassword } from './password-fields.tsx'
import { WordList } from './word-list.tsx'

type Draft = Output<'wallet.draft'>
const COUNTS = [
  { value: '12', text: '12 words' },
  { value: '24', text: '24 words' },
] as const

/** Three steps: see the words, give three back, name and password. The words leave the page after the first step. */
export function CreateWallet({ onAdded }: { readonly onAdded: (name: string) => void }) {
  const make = useCommand('wallet.draft')
  const [count, setCount] = useState<'12' | '24'>('12')
  const [draft, setDraft] = useState<Draft>()
  const [written, setWritten] = useState(false)
  const start = async () => {
    const result = await make.send({ count: count === '24' ? 24 : 12 })
    if (result.ok) setDraft(result.value)
  }
  if (!draft)
    return (
      <div className="grid justify-items-start gap-3">
        <p className="soft read">
          The app makes new words. They are the key: who has them has the money, and without them it is lost when this
          computer is. They are shown once. Have paper and pen ready.
        </p>
        <Segments label="How many words" value={count} choices={COUNTS} onPick={setCount} />
        <Button kind="main" large onPress={() => void start()} busyWith={make.busy ? 'Making the words' : undefined}>
          Show me the {count === '24' ? '24' : 'twelve'} words
        </Button>
        {make.error && <ErrorNote error={make.error} />}
      </div>
    )
  if (!written) return <Words words={draft.words} onWritten={() => setWritten(true)} />
  return (
    <Confirm
      draft={draft}
      onAdded={onAdded}
      onAgain={() => {
        setWritten(false)
        setDraft(undefined)
      }}
    />
  )
}

function Words({ words, onWritten }: { readonly words: readonly string[]; readonly onWritten: () => void }) {
  return (
    <div className="grid justify-items-start gap-3">
      <h2>Write these down, in this order</h2>
      <WordList words={words} />
      <Note kind="warn" title="Shown once.">
        <p>No photo, no cloud, no chat. Next you are asked for three of them.</p>
      </Note>
      <Button kind="main" large onPress={onWritten}>
        I have written them down
      </Button>
    </div>
  )
}

interface ConfirmProps {
  readonly draft: Draft
  readonly onAdded: (name: string) => void
  readonly onAgain: () => void
}
function Confirm({ draft, onAdded, onAgain }: ConfirmProps) {
  const create = useCommand('wallet.create')
  const [places] = useState(() => pickThree(draft.words.length))
  const [given, setGiven] = useState<Readonly<Record<number, string>>>({})
  const [secret, setSecret] = useState(NO_DRAFT)
  const [choice, setChoice] = useState(USUAL_KEY)
  const [asked, setAsked] = useState(false)
  const wordOf = (place: number) => (given[place] ?? '').trim().toLowerCase()
  const right = (place: number) => wordOf(place) === draft.words[place]
  const save = async () => {
    setAsked(true)
    if (!places.every(right) || !isComplete(secret)) return
    const checks = places.map((position) => ({ position, word: wordOf(position) }))
    const { name, password } = secret
    const result = await create.send({ draftId: draft.draftId, name: name.trim(), password, checks, ...choice })
    if (result.ok) return onAdded(result.value.name)
    setSecret(withoutPassword)
    setAsked(false)
  }
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2>Three of your words</h2>
      <div className="three">
        {places.map((place) => (
          <Field
            key={place}
            label={`Word ${place + 1}`}
            mono
            value={given[place] ?? ''}
            onType={(word) => setGiven((now) => ({ ...now, [place]: word }))}
            wrong={asked && !right(place) ? 'This is not the word at that place.' : undefined}
          />
        ))}
      </div>
      <PasswordFields draft={secret} onChange={setSecret} asked={asked} />
      <KeyOptions value={choice} onChange={setChoice} />
      <KeyWork busy={create.busy} />
      {create.error && <ErrorNote error={create.error} />}
      <div className="rowline">
        <Button kind="main" large type="submit" busyWith={create.busy ? 'Encrypting the key file' : undefined}>
          Save the wallet
        </Button>
        <Button onPress={onAgain}>Make other words</Button>
      </div>
    </form>
  )
}
