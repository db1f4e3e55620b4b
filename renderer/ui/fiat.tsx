import { worthInFiat, writeFiat } from '../../shared/fiat/fiat-price.ts'
import { writeDuration, writeMoment } from '../format/time.ts'
import { Unknown } from './amount.tsx'
import { useFiat } from './fiat-context.ts'

export interface FiatProps {
  /** rao, signed. `undefined`: unknown, and so is this. */
  readonly value: bigint | undefined
  /** Says by whom the price is and of when in the line itself, where no note below does. */
  readonly said?: boolean
}

/** What an amount of TAO is worth in ordinary money now; nothing at all while no source is chosen. */
export function Fiat({ value, said = false }: FiatProps) {
  const fiat = useFiat()
  if (!fiat) return null
  const { price, currency, stale } = fiat
  if (value === undefined || !price)
    return (
      <small className="fiat">
        <Unknown why={price ? 'The amount itself is unknown' : 'No price was read yet'} /> {currency}
      </small>
    )
  const text = `≈ ${writeFiat(worthInFiat(value, price.nanosPerTao))} ${currency}`
  const source = `by ${price.host} at ${writeMoment(price.atMs, Date.now())}`
  const at = `${text}. At ${writeFiat(price.nanosPerTao)} ${currency} for one TAO, ${source}`
  return (
    <small className={stale ? 'fiat old' : 'fiat'} title={stale ? `${at}. The price is old.` : at}>
      {text}
      {said && `, ${source}${stale ? ', old' : ''}`}
    </small>
  )
}

export interface FiatNoteProps {
  readonly now: number
  /** Stands beside amounts of earlier days. */
  readonly past?: boolean
}

/** The one price behind all of them: how much, by whom, when, and what is wrong with it. */
export function FiatNote({ now, past = false }: FiatNoteProps) {
  const fiat = useFiat()
  if (!fiat) return null
  const { price, currency, stale, error } = fiat
  if (!price)
    return (
      <p className="mute small">
        Worth in {currency}:{' '}
        {error ? 'the source gave no price; the settings say why.' : 'the price is being asked for.'}
      </p>
    )
  return (
    <p className="mute small">
      1 TAO = {writeFiat(price.nanosPerTao)} {currency}, by {price.host} at {writeMoment(price.atMs, now)}
      {stale && <b className="warn-text">, {writeDuration(now - price.atMs)} old</b>}. A mark, not an offer
      {past && ', and the price of now, not of the day of each line'}.
    </p>
  )
}
