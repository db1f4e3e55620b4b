import { type SplitOptions, splitAmount, splitWhole } from '../format/amount.ts'
import { cleanSymbol, isDrawn } from '../format/hostile-text.ts'
import { usePlay } from './play-context.ts'

export type Unit =
  | { readonly kind: 'tao' }
  | { readonly kind: 'alpha'; readonly netuid: number; readonly symbol?: string | undefined }
export const TAO: Unit = { kind: 'tao' }
export const alphaOf = (netuid: number, symbol?: string): Unit => ({ kind: 'alpha', netuid, symbol })

/** `TAO`, `play TAO`, `θ8`, `play β2`; as text for titles, labels and screen readers. */
export function unitText(unit: Unit, play: boolean): string {
  const own = unit.kind === 'tao' ? 'TAO' : `${symbolText(unit.symbol)}${unit.netuid}`
  return play ? `play ${own}` : own
}
/** Ours, where there is no symbol that the fonts draw. */
const WORD = 'alpha '
const symbolText = (symbol: string | undefined): string => {
  const clean = cleanSymbol(symbol ?? '')
  return isDrawn(clean) ? clean : WORD
}

export function UnitMark({ unit }: { readonly unit: Unit }) {
  const play = usePlay()
  if (unit.kind === 'tao') return <span className={play ? 'u play' : 'u'}>{play ? 'play TAO' : 'TAO'}</span>
  const text = symbolText(unit.symbol)
  return (
    <span className={`u al${play ? ' play' : ''}${text === WORD ? ' word' : ''}`}>
      {play ? 'play ' : ''}
      <bdi>{text}</bdi>
      <small>{unit.netuid}</small>
    </span>
  )
}

export interface AmountProps extends SplitOptions {
  /** 1e-9 units. `undefined`: unknown, and it says so. */
  readonly value: bigint | undefined
  readonly unit: Unit
  /** False where the column head names the unit. */
  readonly showUnit?: boolean
  /** Why it is unknown. */
  readonly why?: string
}

/** One amount. Read as one by screen readers; copied without spaces. */
export function Amount({ value, unit, showUnit = true, why, ...options }: AmountProps) {
  const play = usePlay()
  if (value === undefined) return <Unknown {...(why ? { why } : {})} />
  const split = splitAmount(value, options)
  return (
    <span className="amt" title={`${split.full} ${unitText(unit, play)}`}>
      <span className="vh">{`${split.full} ${unitText(unit, play)}`}</span>
      <span aria-hidden="true">
        <span className="n">
          {split.sign}
          {split.parts.map((part, index) => (
            // Parts of one number have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <i key={index} className={`${part.gap ? 'g' : ''}${part.low ? ' lo' : ''}`}>
              {part.text}
            </i>
          ))}
        </span>
        {showUnit && <UnitMark unit={unit} />}
      </span>
    </span>
  )
}

/** The word, never a zero and never a dash. */
export function Unknown({ why = 'Not known yet' }: { readonly why?: string }) {
  return (
    <span className="unk" title={why}>
      unknown
    </span>
  )
}

/** A whole number: blocks, counts. */
export function Num({ value }: { readonly value: number }) {
  return (
    <span className="nu">
      <span className="vh">{value}</span>
      <span aria-hidden="true" className="n">
        {value < 0 ? '−' : ''}
        {splitWhole(value).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one number
          <i key={index} className={index > 0 ? 'g' : ''}>
            {group}
          </i>
        ))}
      </span>
    </span>
  )
}
