import type { ReactNode } from 'react'

export interface Segment<T extends string> {
  readonly value: T
  readonly text: ReactNode
}
export interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Segment<T>[]
  readonly onPick: (value: T) => void
  readonly inside?: boolean
}

/** Few choices, all in sight. */
export function Segments<T extends string>({ label, value, choices, onPick, inside = false }: SegmentsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as one line of buttons everywhere
    <div className={inside ? 'seg in' : 'seg'} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onPick(choice.value)}
        >
          {choice.text}
        </button>
      ))}
    </div>
  )
}
