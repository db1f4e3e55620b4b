import { useState } from 'react'
import type { PowerFigure, ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { FormEnd } from './form-end.tsx'
import { readNumber, useGiven } from './use-given.ts'

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))
const isNumber = (value: number | undefined): boolean => value === undefined || !Number.isNaN(value)

/** Measured, or by a figure of whoever has a meter in the socket. */
export function WattsForm({ settings }: { readonly settings: ProfitSettings }) {
  const { power } = settings
  const [by, setBy] = useState(power.by)
  const [watts, setWatts] = useState(power.by === 'said' ? text(power.watts) : '')
  const [extra, setExtra] = useState(power.by === 'measured' ? text(power.extraWatts) : '')
  const [idle, setIdle] = useState(text(power.idleWatts))
  const said = { all: readNumber(watts), extra: readNumber(extra), idle: readNumber(idle) }
  const change = powerOf(by, said)
  const { send, ...end } = useGiven(
    settings,
    change && { power: change },
    by === 'said' ? 'Both figures are needed, in watts.' : 'Enter watts, or leave it empty.',
  )
  return (
    <section className="grid gap-2 form" aria-label="Watts">
      <h2>Watts</h2>
      <Segments
        label="Where watts come from"
        value={by}
        choices={[
          { value: 'measured', text: 'Measured' },
          { value: 'said', text: 'My own figure' },
        ]}
        onPick={setBy}
      />
      {by === 'said' ? (
        <div className="care-limits">
          <Field label="While it mines, W" inputMode="decimal" value={watts} onType={setWatts} />
          <Field label="While it does not, W" inputMode="decimal" value={idle} onType={setIdle} />
        </div>
      ) : (
        <>
          <Field
            label="What mining draws that no sensor tells, W"
            inputMode="decimal"
            value={extra}
            onType={setExtra}
            hint="Such as a processor that only the administrator may read, and the losses of the power supply. Left empty, the cost is at least what was measured."
          />
          <Field
            label="At rest, W"
            inputMode="decimal"
            value={idle}
            onType={setIdle}
            hint="Left empty, it is measured while the miner is off or held."
          />
        </>
      )}
      <FormEnd {...end} onSave={() => change && send({ power: change })}>
        Save the watts
      </FormEnd>
    </section>
  )
}

interface Said {
  readonly all: number | undefined
  readonly extra: number | undefined
  readonly idle: number | undefined
}
function powerOf(by: PowerFigure['by'], { all, extra, idle }: Said): PowerFigure | undefined {
  if (by === 'said')
    return all === undefined || idle === undefined || !isNumber(all) || !isNumber(idle)
      ? undefined
      : { by, watts: all, idleWatts: idle }
  if (!isNumber(extra) || !isNumber(idle)) return undefined
  return {
    by,
    ...(extra === undefined ? {} : { extraWatts: extra }),
    ...(idle === undefined ? {} : { idleWatts: idle }),
  }
}
