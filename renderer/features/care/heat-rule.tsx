import { useState } from 'react'
import { type CareSettings, careProblem, DEFAULT_CARE, USUAL_HEAT } from '../../../shared/care/care-settings.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'

type Heat = NonNullable<CareSettings['heat']>
const MINUTE_MS = 60_000
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')))

const typedOf = ({ gpu, processor, atLeastMs }: Heat) => ({
  gpuStop: String(gpu.stopAtC),
  gpuResume: String(gpu.resumeBelowC),
  cpuStop: String(processor.stopAtC),
  cpuResume: String(processor.resumeBelowC),
  minutes: String(atLeastMs / MINUTE_MS),
})

export interface HeatRuleProps {
  readonly heat: CareSettings['heat']
  readonly onSave: (heat: Heat | null) => void
}
/** At which temperature the miner stops, and where it goes on. */
export function HeatRule({ heat, onSave }: HeatRuleProps) {
  const [typed, setTyped] = useState(typedOf(heat ?? USUAL_HEAT))
  const wanted: Heat = {
    gpu: { stopAtC: number(typed.gpuStop), resumeBelowC: number(typed.gpuResume) },
    processor: { stopAtC: number(typed.cpuStop), resumeBelowC: number(typed.cpuResume) },
    atLeastMs: number(typed.minutes) * MINUTE_MS,
    ifUnknown: heat?.ifUnknown ?? USUAL_HEAT.ifUnknown,
  }
  const numbers = [...Object.values(wanted.gpu), ...Object.values(wanted.processor), wanted.atLeastMs]
  const wrong = numbers.some(Number.isNaN) ? 'Enter numbers only.' : careProblem({ ...DEFAULT_CARE, heat: wanted })
  const same = heat !== undefined && JSON.stringify(wanted) === JSON.stringify({ ...heat })
  const field = (label: string, key: keyof typeof typed) => (
    <Field
      label={label}
      inputMode="decimal"
      value={typed[key]}
      onType={(text) => setTyped({ ...typed, [key]: text })}
    />
  )
  return (
    <section className="grid gap-2 form" aria-label="Heat">
      <h2>Heat</h2>
      <label className="pick">
        <input
          type="checkbox"
          checked={heat !== undefined}
          onChange={(event) => onSave(event.target.checked ? (wrong ? USUAL_HEAT : wanted) : null)}
        />
        <span>Hold the miner when a part gets too hot.</span>
      </label>
      {heat && (
        <>
          <div className="care-limits">
            {field('Graphics card stops at, °C', 'gpuStop')}
            {field('goes on below, °C', 'gpuResume')}
            {field('Processor stops at, °C', 'cpuStop')}
            {field('goes on below, °C', 'cpuResume')}
          </div>
          {field('Cools for at least, minutes', 'minutes')}
          <p className="msg bad" aria-live="polite">
            {wrong}
          </p>
          <div>
            <Button
              offBecause={wrong ?? (same ? 'These are the limits already.' : undefined)}
              onPress={() => onSave(wanted)}
            >
              Save the limits
            </Button>
          </div>
          <div className="grid gap-1">
            <span className="lab">Where no temperature can be read</span>
            <Segments
              label="Where no temperature can be read"
              value={heat.ifUnknown}
              choices={[
                { value: 'go-on', text: 'Go on, and say so' },
                { value: 'hold', text: 'Hold the miner' },
              ]}
              onPick={(ifUnknown) => onSave({ ...heat, ifUnknown })}
            />
          </div>
        </>
      )}
    </section>
  )
}
