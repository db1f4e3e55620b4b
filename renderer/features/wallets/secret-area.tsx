import { useId } from 'react'

export interface SecretAreaProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onType: (text: string) => void
  /** Also takes the text of a chosen file. */
  readonly accept?: string
}

/** Several lines of text that no spell checker, history or dictionary shall learn; typed, pasted or from a file. */
export function SecretArea({ label, hint, value, onType, accept }: SecretAreaProps) {
  const id = useId()
  const read = async (file: File | undefined) => {
    if (file) onType(await file.text())
  }
  return (
    <div className="grid gap-2">
      {accept && (
        <label className="lab">
          File <input type="file" accept={accept} onChange={(event) => void read(event.target.files?.[0])} />
        </label>
      )}
      <div>
        <label className="lab" htmlFor={id}>
          {label}
        </label>
        <textarea
          id={id}
          className="area"
          value={value}
          onChange={(event) => onType(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-describedby={`${id}-hint`}
        />
        <p className="msg" id={`${id}-hint`}>
          {hint}
        </p>
      </div>
    </div>
  )
}
