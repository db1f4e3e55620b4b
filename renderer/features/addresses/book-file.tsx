import { useId, useRef, useState } from 'react'
import type { ImportProblem } from '../../../shared/addresses/address-book.ts'
import { ADDRESS_PROBLEMS } from '../../../shared/words/explain-address-error.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { CopyTextButton, TextToSave } from '../../ui/text-to-save.tsx'

const OWN_PROBLEMS = {
  name: 'its name is missing, too long, or has characters that cannot be seen.',
  note: 'its note is too long, or has characters that cannot be seen.',
  'name-taken': 'its name already belongs to another address.',
  'already-there': 'it has a name already, which was kept.',
}
const wordsOf = (problem: ImportProblem): string =>
  Object.hasOwn(OWN_PROBLEMS, problem)
    ? OWN_PROBLEMS[problem as keyof typeof OWN_PROBLEMS]
    : ADDRESS_PROBLEMS[problem as keyof typeof ADDRESS_PROBLEMS][0]

/** The book as text. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null)
  const book = useQuestion('addresses.export', {}, { freshForMs: 0 })
  return (
    <Dialog
      title="Export the address book"
      onClose={onClose}
      first={close}
      footer={
        <span className="end">
          <Button ref={close} onPress={onClose}>
            Close
          </Button>
          {book.state === 'ready' && <CopyTextButton main text={book.value.text} />}
        </span>
      }
    >
      {book.state === 'loading' && <Loading awaits="the address book" rows={3} />}
      {book.state === 'failed' && <Failed error={book.error} />}
      {book.state === 'ready' && <TextToSave fileName={book.value.fileName} text={book.value.text} />}
    </Dialog>
  )
}

/** Takes the text of such a file, chosen or pasted. Entries that are there already stay as they are. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const id = useId()
  const close = useRef<HTMLButtonElement>(null)
  const bring = useCommand('addresses.import')
  const [text, setText] = useState('')
  const [done, setDone] = useState<Awaited<ReturnType<typeof bring.send>>>()
  const result = done?.ok ? done.value : undefined
  const read = async (file: File | undefined) => {
    if (file) setText(await file.text())
  }
  return (
    <Dialog
      title="Import addresses"
      onClose={onClose}
      first={close}
      footer={
        <span className="end">
          <Button ref={close} onPress={onClose}>
            {result ? 'Close' : 'Cancel'}
          </Button>
          {!result && (
            <Button
              kind="main"
              offBecause={text.trim() === '' ? 'Choose a file or paste its text first.' : undefined}
              onPress={() => void bring.send({ text }).then(setDone)}
            >
              Add these addresses
            </Button>
          )}
        </span>
      }
    >
      {!result && (
        <>
          <p className="soft">
            A name decides whom you trust. Take in only a file that you made yourself, or that reached you unchanged.
          </p>
          <label className="lab">
            File <input type="file" accept=".json,application/json" onChange={(e) => void read(e.target.files?.[0])} />
          </label>
          <div>
            <label className="lab" htmlFor={id}>
              or its text
            </label>
            <textarea
              id={id}
              className="area"
              rows={8}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        </>
      )}
      {bring.error && <ErrorNote error={bring.error} />}
      {result && (
        <Note title={`${result.added} ${result.added === 1 ? 'address was' : 'addresses were'} added.`}>
          {result.skipped.length > 0 && (
            <ul>
              {result.skipped.map(({ row, problem }) => (
                <li key={row}>
                  Row {row} was left out: {wordsOf(problem)}
                </li>
              ))}
            </ul>
          )}
        </Note>
      )}
    </Dialog>
  )
}
