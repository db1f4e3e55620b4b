import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'

export interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly wrong?: string | undefined
  /** Of the error that `wrong` puts into words. */
  readonly code?: ErrorCode | undefined
  readonly value: string
  readonly onType: (text: string) => void
  readonly type?: 'text' | 'password' | 'search'
  readonly mono?: boolean
  readonly autoComplete?: string
  readonly icon?: ReactNode
  readonly hideLabel?: boolean
  readonly placeholder?: string
  readonly inputMode?: 'decimal' | 'numeric'
}

/** A line of text with its name, a hint, and what is wrong with it. */
export function Field(props: FieldProps) {
  const id = useId()
  const about = [props.hint ? `${id}-hint` : '', props.wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ')
  return (
    <div>
      <label className={props.hideLabel ? 'vh' : 'lab'} htmlFor={id}>
        {props.label}
      </label>
      <div className={`field${props.wrong ? ' is-bad' : ''}`}>
        {props.icon}
        <input
          id={id}
          className={props.mono ? 'mono' : undefined}
          type={props.type ?? 'text'}
          value={props.value}
          onChange={(event) => props.onType(event.target.value)}
          aria-invalid={props.wrong !== undefined || undefined}
          aria-describedby={about || undefined}
          autoComplete={props.autoComplete ?? 'off'}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={props.placeholder}
          inputMode={props.inputMode}
        />
      </div>
      {props.hint && (
        <p className="msg" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <Wrong id={`${id}-wrong`} text={props.wrong} code={props.code} />
    </div>
  )
}

export interface WrongProps {
  readonly id: string
  readonly text: string | undefined
  readonly code?: ErrorCode | undefined
}
/** A message under a control. Present even when empty, so that screen readers hear it arrive. */
export function Wrong({ id, text, code }: WrongProps) {
  return (
    <div aria-live="polite" id={id}>
      {text && (
        <p className="msg bad">
          <CircleAlert className="ic" />
          <span className="break">
            {text} {code && <span className="mono small mute">{code}</span>}
          </span>
        </p>
      )}
    </div>
  )
}
