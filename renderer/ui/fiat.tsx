import { worthInFiat, writeFiat } from '../../shared/fiat/fiat-price.ts'
import { writeDuration, writeMoment } from '../format/time.ts'
import { Unknown } from './amount.tsx'
import { useFiat } from './fiat-context.ts'

export interface FiatProps {
  /** rao, signed. `undefined`: unknown, and so is this. */
  readonly value: bigint | undefined
}

/** What an amount of TAO is worth in ordinary money now; nothing at all while no source is chosen. */
export function Fiat({ value }: FiatProps) {
  const fiat = useFiat()
  if (!fiat) return null
  const { price, currency, stale } = fiat
  if (value === undefined || !price)
    return (
      <small className="fiat">
        <Unknown why={price ? 'The amount itself is unknown' : 'No price was read yet'} /> {currency}
      </small>
    )
  const text = `${writeFiat(worthInFiat(value, price.nanosPerTao))} ${currency}`
  const at = `At ${writeFiat(price.nanosPerTao)} ${currency} for one TAO, by ${price.host}`
  return (
    <small className={stale ? 'fiat old' : 'fiat'} title={stale ? `${at}. The price is old.` : at}>
      {text}
    </small>
  )
}

/** The one price behind all of them: how much, by whom, when, and what is wrong with it. */
export function FiatNote({ now }: { readonly now: number }) {
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
      {stale && <b className="warn-text">, {writeDuration(now - price.atMs)} old</b>}. A mark, not an offer.
    </p>
  )
}
