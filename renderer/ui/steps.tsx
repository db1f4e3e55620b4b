import type { ReactNode } from 'react'

export interface Step {
  readonly key: string
  readonly name: string
  readonly note?: ReactNode
  readonly state: 'waiting' | 'now' | 'done' | 'failed'
  /** Money is spent at this step: a line stands before it. */
  readonly gate?: boolean
}
const CLASS = { waiting: '', now: 'now', done: 'done', failed: 'bad' }
const WORD = { waiting: 'to come', now: 'now', done: 'done', failed: 'failed' }

export function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          className={`${CLASS[step.state]}${step.gate ? ' gate' : ''}`}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          {step.gate && <span className="money" aria-hidden="true" />}
          {step.name}
          <span className="vh">, {WORD[step.state]}</span>
          {step.note && <small>{step.note}</small>}
        </li>
      ))}
    </ol>
  )
}
