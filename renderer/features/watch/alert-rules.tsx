import { useState } from 'react'
import { ALERT_KINDS } from '../../../shared/alerts/alert.ts'
import { ALERT_LIMITS, type AlertSettings } from '../../../shared/alerts/alert-settings.ts'
import { ALERT_NAMES } from '../../../shared/words/alert-words.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { OutsideRow } from './outside-row.tsx'

const LIMITS = [
  {
    name: 'registrationsLeft',
    label: 'A place is in danger with so many registrations left',
    hint: 'Or fewer. It is over when half as many again are left.',
  },
  {
    name: 'keptHours',
    label: 'Or when it is expected to be kept for less than so many hours',
    hint: '0: time alone is no danger.',
  },
  { name: 'immunityHours', label: 'Hours before immunity ends', hint: 'Told once for each place.' },
] as const
type LimitName = (typeof LIMITS)[number]['name']
type Texts = Readonly<Record<LimitName, string>>

const readNumber = (text: string, most: number): number | undefined =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) <= most ? Number(text) : undefined

/** What is an alert. */
export function AlertRules({ settings }: { readonly settings: AlertSettings }) {
  const change = useCommand('alerts.set')
  return (
    <section className="pad rule grid gap-3" aria-label="What is an alert">
      <h2>What is an alert</h2>
      <div className="grid gap-2">
        {ALERT_KINDS.map((kind) => (
          <label className="pick" key={kind}>
            <input
              type="checkbox"
              checked={!settings.off.includes(kind)}
              onChange={(event) => {
                const others = settings.off.filter((one) => one !== kind)
                void change.send({ off: event.target.checked ? others : [...others, kind] })
              }}
            />
            <span>{ALERT_NAMES[kind]}</span>
          </label>
        ))}
      </div>
      <Limits settings={settings} onSave={(limits) => void change.send(limits)} />
      <OutsideRow on={settings.system} onPick={(system) => void change.send({ system })} />
      {change.error && <ErrorNote error={change.error} />}
    </section>
  )
}

interface LimitsProps {
  readonly settings: AlertSettings
  readonly onSave: (limits: Pick<AlertSettings, LimitName>) => void
}
function Limits({ settings, onSave }: LimitsProps) {
  const { registrationsLeft, keptHours, immunityHours } = settings
  const [texts, setTexts] = useState<Texts>({
    registrationsLeft: String(registrationsLeft),
    keptHours: String(keptHours),
    immunityHours: String(immunityHours),
  })
  const read = {
    registrationsLeft: readNumber(texts.registrationsLeft, ALERT_LIMITS.registrationsLeft),
    keptHours: readNumber(texts.keptHours, ALERT_LIMITS.keptHours),
    immunityHours: readNumber(texts.immunityHours, ALERT_LIMITS.immunityHours),
  }
  const wrong = LIMITS.some(({ name }) => read[name] === undefined)
  const same = LIMITS.every(({ name }) => read[name] === settings[name])
  return (
    <form
      className="grid gap-3 form"
      onSubmit={(event) => {
        event.preventDefault()
        onSave({
          registrationsLeft: read.registrationsLeft ?? registrationsLeft,
          keptHours: read.keptHours ?? keptHours,
          immunityHours: read.immunityHours ?? immunityHours,
        })
      }}
    >
      {LIMITS.map(({ name, label, hint }) => (
        <Field
          key={name}
          label={label}
          hint={hint}
          inputMode="numeric"
          value={texts[name]}
          onType={(text) => setTexts({ ...texts, [name]: text })}
          wrong={read[name] === undefined ? `A whole number from 0 to ${ALERT_LIMITS[name]}.` : undefined}
        />
      ))}
      <div>
        <Button
          type="submit"
          offBecause={wrong ? 'Correct what is marked first.' : same ? 'Nothing was changed.' : undefined}
        >
          Save
        </Button>
      </div>
    </form>
  )
}
