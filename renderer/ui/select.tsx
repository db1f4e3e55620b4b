import { ChevronDown } from 'lucide-react'
import { useId } from 'react'

export interface Choice {
  readonly value: string
  readonly text: string
  readonly off?: boolean
}
export interface SelectProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onPick: (value: string) => void
  readonly hint?: string | undefined
  readonly hideLabel?: boolean
}

/** The system's own list: works with every screen reader and in forced colours. */
export function Select({ label, value, choices, onPick, hint, hideLabel = false }: SelectProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label className={hideLabel ? 'vh' : 'lab'} htmlFor={id}>
        {label}
      </label>
      <div className="field">
        <select
          id={id}
          value={value}
          onChange={(event) => onPick(event.target.value)}
          aria-describedby={hint ? `${id}-hint` : undefined}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} disabled={choice.off}>
              {choice.text}
            </option>
          ))}
        </select>
        <ChevronDown className="ic s" />
      </div>
      {hint && (
        <p className="msg" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
