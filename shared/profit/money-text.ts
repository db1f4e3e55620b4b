import { NANOS } from '../fiat/fiat-price.ts'
import { sizeOf } from './figure.ts'

/**
 * Money as a person types it: `0.3142`, `0,3142`, `-0.05`. Goes by the digits, never through a float.
 * @returns billionths of the currency; `undefined`: no amount, or more than nine decimals
 */
export function readMoney(text: string): bigint | undefined {
  const match = /^([-−])?(\d{1,15})(?:[.,](\d{1,9}))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '0', fraction = ''] = match
  const size = BigInt(whole) * NANOS + BigInt(fraction.padEnd(9, '0'))
  return sign === undefined ? size : -size
}

/** As it is typed: no zeros at the end, no groups. */
export function plainMoney(nanos: bigint): string {
  const digits = sizeOf(nanos).toString().padStart(10, '0')
  const fraction = digits.slice(-9).replace(/0+$/, '')
  return `${nanos < 0n ? '-' : ''}${digits.slice(0, -9)}${fraction === '' ? '' : `.${fraction}`}`
}

/** The last decimal that is written, billionths: cents, and less where the amount is less than one. */
const finest = (amount: bigint): bigint => (amount !== 0n && sizeOf(amount) < NANOS / 100n ? 1_000n : NANOS / 100n)

/** Ten or more of it are in the error, so that no digit is written of which nothing is known. */
function stepFor(amount: bigint, error: bigint): bigint {
  let step = finest(amount)
  while (step * 100n <= error) step *= 10n
  return step
}

function written(nanos: bigint, step: bigint): string {
  const places = step >= NANOS ? 0 : step.toString().length === 10 ? 0 : 10 - step.toString().length
  const size = sizeOf(nanos)
  const digits = (size / 10n ** BigInt(9 - places)).toString().padStart(places + 1, '0')
  const whole = (places === 0 ? digits : digits.slice(0, -places)).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')
  return places === 0 ? whole : `${whole}.${digits.slice(-places)}`
}

/**
 * An amount with its error, in as many digits as the error leaves: `+52.5`, `6.3`. The amount is rounded to the next one, halves away from
 * 0; the error up.
 */
export function writeFigure({ amount, error }: { readonly amount: bigint; readonly error: bigint }): {
  readonly amount: string
  readonly error: string | undefined
} {
  const step = stepFor(amount, error)
  const rounded = ((sizeOf(amount) + step / 2n) / step) * step
  const off = ((error + step - 1n) / step) * step
  const sign = rounded === 0n ? '' : amount < 0n ? '−' : '+'
  return { amount: `${sign}${written(rounded, step)}`, error: error === 0n ? undefined : written(off, step) }
}
