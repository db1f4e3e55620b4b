import { formatUnits } from '../../shared/units/decimal.ts'
import { writeDifference } from '../format/percent.ts'
import { Amount, type Unit } from './amount.tsx'
import { Scale } from './scale.tsx'

export interface QuoteProps {
  readonly best: bigint
  readonly expected: bigint
  readonly worst: bigint
  readonly unit: Unit
  readonly bestNote: string
  readonly worstNote: string
}

/** Where a value stands on the scale, in units that a picture needs; never shown as a number. */
const asNumber = (units: bigint): number => Number(units)

/** The worst case beside the expected one, in the same size, before the button. */
export function Quote({ best, expected, worst, unit, bestNote, worstNote }: QuoteProps) {
  const room = best > worst ? (best - worst) / 3n : 1n
  const from = asNumber(worst > room ? worst - room : 0n)
  const to = asNumber(best + (room > 3n ? room / 3n : 1n))
  return (
    <div>
      <Scale
        label={`You receive between ${formatUnits(worst)} and ${formatUnits(best)}, expected ${formatUnits(expected)}`}
        from={from}
        to={to}
        pointer={asNumber(expected)}
        zones={[
          { from, to: asNumber(worst), kind: 'bad' },
          { from: asNumber(worst), to: asNumber(best), kind: 'ok' },
        ]}
        limits={[{ at: asNumber(worst), kind: 'bad' }]}
        labels={[
          { at: asNumber(worst), text: 'refused below' },
          { at: asNumber(expected), text: 'expected' },
          { at: asNumber(best), text: 'best' },
        ]}
      />
      <dl className="kv quote" aria-live="polite">
        <dt>
          Best <span className="mute">{bestNote}</span>
        </dt>
        <dd>
          <Amount value={best} unit={unit} />
        </dd>
        <dt className="strong inkc">
          Expected <span className="mute light">{writeDifference(expected, best) ?? ''}</span>
        </dt>
        <dd className="strong">
          <Amount value={expected} unit={unit} />
        </dd>
        <dt>
          Worst <span className="mute">{worstNote}</span>
        </dt>
        <dd>
          <Amount value={worst} unit={unit} />
        </dd>
      </dl>
    </div>
  )
}
