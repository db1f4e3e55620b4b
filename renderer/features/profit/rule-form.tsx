import { useState } from 'react'
import { type ProfitRule, USUAL_RULE } from '../../../shared/profit/profit-rule.ts'
import type { ProfitView } from '../../../shared/profit/profit-view.ts'
import { ruleSentence } from '../../../shared/words/profit-words.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { Field } from '../../ui/field.tsx'
import { FormEnd } from './form-end.tsx'
import { readNumber, useGiven } from './use-given.ts'

const typedOf = (rule: ProfitRule) => ({
  pauseAfterHours: String(rule.pauseAfterHours),
  wakeAfterHours: String(rule.wakeAfterHours),
  leastPauseHours: String(rule.leastPauseHours),
  marginPercent: String(rule.marginPercent),
})
type Typed = ReturnType<typeof typedOf>

/** Pauses mining while it costs more than it brings. Off until a person turns it on. */
export function RuleForm({ view }: { readonly view: ProfitView }) {
  const { settings, rule: stand } = view
  const now = useNow(30_000)
  const [typed, setTyped] = useState(typedOf(settings.rule ?? USUAL_RULE))
  const numbers = Object.entries(typed).map(([key, text]) => [key, readNumber(text) ?? Number.NaN] as const)
  const isRead = numbers.every(([, value]) => !Number.isNaN(value))
  // The cast: the keys are those of a rule, and each has a number.
  const wanted = isRead ? (Object.fromEntries(numbers) as unknown as ProfitRule) : undefined
  const { send, ...end } = useGiven(settings, wanted && { rule: wanted }, 'Enter numbers only.')
  const field = (label: string, key: keyof Typed, hint?: string) => (
    <Field
      label={label}
      inputMode="decimal"
      value={typed[key]}
      onType={(text) => setTyped({ ...typed, [key]: text })}
      hint={hint}
    />
  )
  return (
    <section className="grid gap-2 form" aria-label="Pause by rule">
      <h2>Pause by rule</h2>
      <label className="pick">
        <input
          type="checkbox"
          checked={settings.rule !== undefined}
          onChange={(event) =>
            send({ rule: event.target.checked ? (end.wrong === undefined && wanted ? wanted : USUAL_RULE) : null })
          }
        />
        <span>Pause mining while an hour of it costs more power than it brings.</span>
      </label>
      <p className="soft small" role="status">
        {ruleSentence(stand, settings.currency, (atMs) => writeMoment(atMs, now))}
      </p>
      {settings.rule && (
        <>
          <div className="care-limits">
            {field('Pauses after, hours', 'pauseAfterHours')}
            {field('Goes on after, hours', 'wakeAfterHours')}
            {field('Pauses for at least, hours', 'leastPauseHours')}
            {field('Goes on with more by, %', 'marginPercent')}
          </div>
          <FormEnd {...end} onSave={() => wanted && send({ rule: wanted })}>
            Save the rule
          </FormEnd>
        </>
      )}
      <p className="mute small">
        Only what a pause saves counts: the power that mining adds. The computer and the place are paid either way.
        While it is paused, what it would earn is not known: it goes on when tariff and prices make what it earned
        before worth its power.
        {settings.nanosPerTao === undefined &&
          ' While the rule is on, the source of prices is asked every five minutes.'}
      </p>
    </section>
  )
}
