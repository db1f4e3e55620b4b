import type { ReactNode } from 'react'
import { readMinute, WEEK } from '../format/week.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'

/** Hours of some days, as typed. */
export interface TypedHours {
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}
export interface HoursLineProps {
  readonly hours: TypedHours
  readonly number: number
  readonly onChange: (changed: Partial<TypedHours>) => void
  readonly onRemove: () => void
  /** Class of the line of fields. */
  readonly fields: string
  /** Further fields of the line, behind the times. */
  readonly children?: ReactNode
}

const wrong = (text: string) => (readMinute(text) === undefined ? 'Such as 22:00' : undefined)

/** One line of hours of the week that somebody sets. */
export function HoursLine({ hours, number, onChange, onRemove, fields, children }: HoursLineProps) {
  const { days, from, to } = hours
  const toggle = (day: number) =>
    onChange({ days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day] })
  return (
    <fieldset className="band-line">
      <legend className="vh">Hours {number}</legend>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line of buttons everywhere */}
      <div className="seg" role="group" aria-label={`Days of hours ${number}`}>
        {WEEK.map(({ day, short, name }) => (
          <button
            key={day}
            type="button"
            aria-label={`${short}, ${name}`}
            aria-pressed={days.includes(day)}
            onClick={() => toggle(day)}
          >
            {short}
          </button>
        ))}
      </div>
      <div className={fields}>
        <Field label="From" value={from} onType={(text) => onChange({ from: text })} wrong={wrong(from)} />
        <Field label="To" value={to} onType={(text) => onChange({ to: text })} wrong={wrong(to)} />
        {children}
        <Button kind="quiet" onPress={onRemove} label={`Remove hours ${number}`}>
          Remove
        </Button>
      </div>
    </fieldset>
  )
}
