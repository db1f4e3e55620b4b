import { useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { ErrorNote } from './note.tsx'

export interface ImportModelProps {
  /** @returns whether it is in the list now */
  readonly onAdd: (path: string, copy: boolean) => Promise<boolean>
  readonly busy: boolean
  readonly error: AppError | undefined
}

/** Takes a file of the user's own into the list. */
export function ImportModel({ onAdd, busy, error }: ImportModelProps) {
  const [open, setOpen] = useState(false)
  const [path, setPath] = useState('')
  const [copy, setCopy] = useState(false)
  const [asked, setAsked] = useState(false)
  const go = async () => {
    setAsked(true)
    if (path.trim() === '' || !(await onAdd(path.trim(), copy))) return
    setOpen(false)
    setPath('')
    setAsked(false)
  }
  if (!open)
    return (
      <div>
        <Button onPress={() => setOpen(true)}>Use a GGUF file of this computer</Button>
      </div>
    )
  return (
    <div className="grid gap-2 form">
      <Field
        label="Path of the GGUF file"
        mono
        value={path}
        onType={setPath}
        hint={copy ? 'The file stays, and a copy of it is checked and used.' : 'The file stays where it is.'}
        wrong={asked && path.trim() === '' ? 'Enter the path of a file.' : undefined}
      />
      <label className="pick">
        <input type="checkbox" checked={copy} onChange={(event) => setCopy(event.target.checked)} />
        <span>Copy it into the folder of the models, so that the original may go.</span>
      </label>
      {error && error.code !== 'contract/cancelled' && <ErrorNote error={error} />}
      <div className="rowline">
        <Button onPress={() => void go()} busyWith={busy ? (copy ? 'Copying' : 'Reading its head') : undefined}>
          Add the file
        </Button>
        <Button kind="quiet" onPress={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
