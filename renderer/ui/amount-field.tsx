import { type ReactNode, useId } from 'react'
import type { ErrorCode } from '../../shared/errors.ts'
import type { AmountUnit } from '../format/read-amount.ts'
import { TAO, UnitMark } from './amount.tsx'
import { Wrong } from './field.tsx'

export interface AmountFieldProps {
  readonly label: string
  readonly text: string
  readonly unit: AmountUnit
  /** Name of the unit on its button: `TAO`, `θ8`. */
  readonly unitName: ReactNode
  readonly onType: (text: string) => void
  readonly onUnit: (unit: AmountUnit) => void
  /** Alpha may also be given by what it is worth in TAO. */
  readonly inTao?: boolean
  readonly onPart: (percent: 25 | 50 | 100) => void
  readonly available: ReactNode
  readonly wrong?: string | undefined
  /** Of the refusal that `wrong` puts into words. */
  readonly code?: ErrorCode | undefined
}

/** All digits are seen at once in the narrowest drawer: 10, 13 and 16 of them fit in the first three sizes, 18 in the last. */
const sizeOf = (text: string): string =>
  text.length <= 10 ? 'num' : text.length <= 13 ? 'num t20' : text.length <= 16 ? 'num t16' : 'num t14'

/** Keeps what was typed; says what is wrong with it instead of changing it. */
export function AmountField(props: AmountFieldProps) {
  const id = useId()
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {props.label}
      </label>
      <div className={props.wrong ? 'amount is-bad' : 'amount'}>
        <input
          id={id}
          className={sizeOf(props.text)}
          value={props.text}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => props.onType(event.target.value)}
          aria-invalid={props.wrong !== undefined || undefined}
          aria-describedby={`${id}-wrong ${id}-available`}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: one line of buttons inside the field */}
        <span className="unit seg in" role="group" aria-label="Unit">
          <button type="button" aria-pressed={props.unit === 'whole'} onClick={() => props.onUnit('whole')}>
            {props.unitName}
          </button>
          {props.inTao && (
            <button type="button" aria-pressed={props.unit === 'tao'} onClick={() => props.onUnit('tao')}>
              <UnitMark unit={TAO} />
            </button>
          )}
          <button type="button" aria-pressed={props.unit === 'percent'} onClick={() => props.onUnit('percent')}>
            %
          </button>
        </span>
        <div className="quick">
          <span id={`${id}-available`}>Available {props.available}</span>
          <span className="end row tight">
            <button type="button" onClick={() => props.onPart(25)}>
              25 %
            </button>
            <button type="button" onClick={() => props.onPart(50)}>
              50 %
            </button>
            <button type="button" onClick={() => props.onPart(100)}>
              Max
            </button>
          </span>
        </div>
      </div>
      <Wrong id={`${id}-wrong`} text={props.wrong} code={props.code} />
    </div>
  )
}
