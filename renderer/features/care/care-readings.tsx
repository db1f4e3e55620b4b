import type { ReactNode } from 'react'
import type { HeatLimits } from '../../../shared/care/care-settings.ts'
import type { CareState } from '../../../shared/care/care-state.ts'
import { powerSources } from '../../../shared/care/power.ts'
import type { PowerPart, Reading } from '../../../shared/care/readings.ts'
import { unknownSentence } from '../../../shared/words/care-words.ts'
import { writeDuration } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'
import { energyText } from './energy-text.ts'

const LOWEST_C = 20
const HIGHEST_C = 110

export function CareReadings({ state }: { readonly state: CareState }) {
  const { readings, settings, power, today } = state
  if (!readings) return <p className="soft">The first look at this computer is under way.</p>
  const { gpus, processorC, battery, idleMs } = readings
  return (
    <>
      {gpus.state === 'known' ? (
        gpus.value.map((card) => (
          <Temperature
            key={card.name}
            name={card.model ? `${card.name}, ${card.model}` : card.name}
            celsius={card.temperatureC}
            why={`${card.source} does not tell its temperature.`}
            source={card.source}
            limits={settings.heat?.gpu}
          />
        ))
      ) : (
        <Temperature
          name="Graphics card"
          celsius={undefined}
          why={unknownSentence(gpus.why, gpus.source)}
          source={gpus.source}
          limits={settings.heat?.gpu}
        />
      )}
      <Temperature
        name="Processor"
        celsius={processorC.state === 'known' ? processorC.value : undefined}
        why={processorC.state === 'unknown' ? unknownSentence(processorC.why, processorC.source) : ''}
        source={processorC.source}
        limits={settings.heat?.processor}
      />
      <Power power={power} today={today} />
      <section aria-label="Battery and input">
        <dl className="kv">
          <Fact name="Power comes from" reading={battery}>
            {({ onBattery, chargePercent }) =>
              `${onBattery ? 'the battery' : 'the mains'}${chargePercent === undefined ? '' : `, battery at ${Math.round(chargePercent)} %`}`
            }
          </Fact>
          <Fact name="Last touched" reading={idleMs}>
            {(ms) => `${writeDuration(ms)} ago`}
          </Fact>
        </dl>
      </section>
    </>
  )
}

interface TemperatureProps {
  readonly name: string
  readonly celsius: number | undefined
  readonly why: string
  readonly source: string
  readonly limits: HeatLimits | undefined
}
function Temperature({ name, celsius, why, source, limits }: TemperatureProps) {
  const marks = limits
    ? [
        { at: limits.resumeBelowC, kind: 'warn' as const },
        { at: limits.stopAtC, kind: 'bad' as const },
      ]
    : []
  return (
    <section aria-label={`Temperature, ${name}`}>
      <div className="row wrap">
        <span className="lbl grow break">{name}</span>
        <b className="strong">{celsius === undefined ? <Unknown why={why} /> : `${Math.round(celsius)} °C`}</b>
      </div>
      <Scale
        label={
          celsius === undefined ? `The temperature is not known. ${why}` : `${Math.round(celsius)} °C, by ${source}`
        }
        from={LOWEST_C}
        to={HIGHEST_C}
        unknown={celsius === undefined}
        {...(celsius === undefined ? {} : { pointer: celsius })}
        limits={marks}
        labels={[
          { at: LOWEST_C, text: `${LOWEST_C} °C` },
          ...(limits ? [{ at: limits.stopAtC, text: `stops at ${limits.stopAtC}` }] : []),
          // Beside a high limit there is no room for the end.
          ...((limits?.stopAtC ?? 0) > 88 ? [] : [{ at: HIGHEST_C, text: String(HIGHEST_C) }]),
        ]}
      />
      <p className="mute small">{celsius === undefined ? why : `By ${source}.`}</p>
    </section>
  )
}

const watts = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} W`

function Power({ power, today }: Pick<CareState, 'power' | 'today'>) {
  if (!power) return null
  const known = power.watts !== undefined
  const sources = powerSources(power.parts)
  return (
    <section className="grid gap-1" aria-label="Power">
      <div className="row wrap">
        <span className="lbl grow">Power</span>
        <b className="strong">
          {power.watts === undefined ? (
            <Unknown why="No part of this computer tells what it takes" />
          ) : (
            `${power.partial ? 'at least ' : ''}${watts(power.watts)}`
          )}
        </b>
      </div>
      <dl className="kv">
        {power.parts.map((part) => (
          <PartRow key={`${part.name} ${part.source}`} part={part} />
        ))}
        {known && (
          <>
            <dt>Since this app started</dt>
            <dd>{energyText(power.sinceStart.wattHours)}</dd>
            <dt>Of it while mining</dt>
            <dd>{energyText(power.sinceStart.miningWattHours)}</dd>
          </>
        )}
        {today && (
          <>
            <dt>Today, while it was measured</dt>
            <dd>{energyText(today.wattHours)}</dd>
          </>
        )}
      </dl>
      <p className="mute small">
        {known ? `Measured: ${sources}. Screens, disks and losses of the power supply are not in it.` : ''}
      </p>
    </section>
  )
}

function PartRow({ part }: { readonly part: PowerPart }) {
  return (
    <>
      <dt>{part.name}</dt>
      <dd>{'watts' in part ? watts(part.watts) : <Why text={unknownSentence(part.why, part.source)} />}</dd>
    </>
  )
}

/** Unknown, with its reason to be read and not only to be hovered. */
function Why({ text }: { readonly text: string }) {
  return (
    <>
      <Unknown why={text} /> <span className="mute small">{text}</span>
    </>
  )
}

interface FactProps<T> {
  readonly name: string
  readonly reading: Reading<T>
  readonly children: (value: T) => ReactNode
}
function Fact<T>({ name, reading, children }: FactProps<T>) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {reading.state === 'known' ? (
          children(reading.value)
        ) : (
          <Why text={unknownSentence(reading.why, reading.source)} />
        )}
      </dd>
    </>
  )
}
