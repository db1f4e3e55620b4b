import { useId, useState } from 'react'
import type { callersContract } from '../../../shared/contract/callers.contract.ts'
import type { OutputOf } from '../../../shared/contract/contract.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'

type Lists = OutputOf<(typeof callersContract)['callers.get']>

/** One hotkey a line, or with spaces or commas between. */
const linesOf = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '')
const count = (hotkeys: readonly string[]): string => (hotkeys.length === 1 ? '1 hotkey' : `${hotkeys.length} hotkeys`)

function inWords({ denied, allowed }: Lists): string {
  const answered = !allowed
    ? 'Everybody whom the adapter asks for is answered'
    : allowed.length === 0
      ? 'Nobody is answered: the list of those who alone are answered is empty'
      : `Only ${count(allowed)} ${allowed.length === 1 ? 'is' : 'are'} answered, where the adapter asks for them`
  return denied.length === 0 ? `${answered}.` : `${answered}. Never answered: ${count(denied)}.`
}

/** Which hotkeys the miner never answers, and which alone it answers. A running miner follows at once. */
export function CallerLists() {
  const asked = useQuestion('callers.get', {})
  const [open, setOpen] = useState(false)
  if (asked.state === 'failed') return <ErrorNote error={asked.error} />
  if (asked.state !== 'ready') return null
  return (
    <section className="grid gap-2" aria-label="Who is answered">
      <h2>Who is answered</h2>
      <p className="soft small">{inWords(asked.value)}</p>
      {open ? (
        <Form
          lists={asked.value}
          onDone={() => {
            asked.again()
            setOpen(false)
          }}
        />
      ) : (
        <div>
          <Button onPress={() => setOpen(true)}>Change the lists</Button>
        </div>
      )}
    </section>
  )
}

function Form({ lists, onDone }: { readonly lists: Lists; readonly onDone: () => void }) {
  const change = useCommand('callers.set')
  const [denied, setDenied] = useState(lists.denied.join('\n'))
  const [isShort, setShort] = useState(lists.allowed !== undefined)
  const [allowed, setAllowed] = useState((lists.allowed ?? []).join('\n'))
  const save = async () => {
    const typed = { denied: linesOf(denied), ...(isShort ? { allowed: linesOf(allowed) } : {}) }
    if ((await change.send(typed)).ok) onDone()
  }
  return (
    <div className="grid gap-3 form">
      <HotkeyLines
        label="Never answer these hotkeys"
        hint="One a line. They get 403, also where they are on the other list."
        value={denied}
        onType={setDenied}
      />
      <label className="pick">
        <input type="checkbox" checked={isShort} onChange={(event) => setShort(event.target.checked)} />
        Answer some hotkeys only
      </label>
      {isShort && (
        <HotkeyLines
          label="Answer only these hotkeys"
          hint={
            linesOf(allowed).length === 0
              ? 'While this is empty, nobody is answered.'
              : 'One a line. Permit and stake are asked of them all the same.'
          }
          value={allowed}
          onType={setAllowed}
        />
      )}
      {change.error && <ErrorNote error={change.error} />}
      <div className="rowline">
        <Button onPress={() => void save()} busyWith={change.busy ? 'Saving' : undefined}>
          Save
        </Button>
        <Button kind="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

interface HotkeyLinesProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onType: (text: string) => void
}

function HotkeyLines({ label, hint, value, onType }: HotkeyLinesProps) {
  const id = useId()
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="area mono"
        rows={3}
        value={value}
        onChange={(event) => onType(event.target.value)}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        autoCapitalize="off"
      />
      <p className="msg" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  )
}
