import { type ChangeEvent, type ClipboardEvent, type DragEvent, type ReactNode, useId, useState } from 'react'
import { Wrong } from './field.tsx'

/** How text gets into a field without having been typed. */
const NOT_TYPED = /^insertFrom(Paste|Drop|Yank)|^insertReplacementText/

export interface TypedFieldProps {
  readonly label: ReactNode
  readonly text: string
  readonly onType: (text: string) => void
  readonly wrong: string | undefined
  /** What to do, said to somebody who pasted. */
  readonly instead: string
  /** Read with the field: what is to be typed stands above it, how far it is below. */
  readonly above?: string
  readonly below?: string
}

/** A field that takes nothing but keys: pasting, dropping and completing do nothing. */
export function TypedField({ label, text, onType, wrong, instead, above, below }: TypedFieldProps) {
  const id = useId()
  const [tried, setTried] = useState(false)
  const refuse = (event: ClipboardEvent | DragEvent) => {
    event.preventDefault()
    setTried(true)
  }
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const { inputType } = event.nativeEvent as InputEvent
    if (inputType && NOT_TYPED.test(inputType)) return setTried(true)
    setTried(false)
    onType(event.target.value)
  }
  const said = tried ? `Pasting does nothing here. ${instead}` : wrong
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      {above !== undefined && (
        <p className="mono break" id={`${id}-above`}>
          {above}
        </p>
      )}
      <div className={`field${said ? ' is-bad' : ''}`}>
        <input
          id={id}
          className="mono"
          value={text}
          onChange={onChange}
          onPaste={refuse}
          onDrop={refuse}
          aria-invalid={said !== undefined || undefined}
          aria-describedby={`${above === undefined ? '' : `${id}-above `}${id}-wrong${below === undefined ? '' : ` ${id}-below`}`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
      </div>
      {below !== undefined && (
        <p className="msg" id={`${id}-below`}>
          {below}
        </p>
      )}
      <Wrong id={`${id}-wrong`} text={said} />
    </div>
  )
}
