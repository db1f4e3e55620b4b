import { err, ok, type Result } from '../../shared/result.ts'
import { UNITS_PER_WHOLE } from '../../shared/units/amounts.ts'
import { type ParseAmountError, parseTao } from '../../shared/units/decimal.ts'

/** `tao`: alpha that is worth so much TAO at the spot price. */
export type AmountUnit = 'whole' | 'percent' | 'tao'
export type ReadAmountError = ParseAmountError | 'not-a-percentage' | 'above-available' | 'not-known' | 'no-price'

/** Percent with at most two decimals as parts of ten thousand: `12.5` → 1250. */
function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(text)
  if (!match) return undefined
  const value = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return value <= 10_000 ? value : undefined
}

/**
 * Reads what stands in an amount field. What was typed is never corrected: it is understood or it is not.
 * @param available what the percentage is of, and what may not be exceeded; 1e-9 units. `undefined`: nobody knows yet, so
 *   nothing is too much, and no percentage is an amount.
 * @param price spot price of the token, rao for one; needed where the amount is given in TAO.
 * @returns amount in 1e-9 units; a percentage is cut, never rounded up.
 */
export function readAmount(
  text: string,
  unit: AmountUnit,
  available: bigint | undefined,
  price?: bigint | undefined,
): Result<bigint, ReadAmountError> {
  const trimmed = text.trim()
  if (trimmed === '') return err('empty')
  if (unit === 'percent') {
    const parts = readPercent(trimmed)
    if (parts === undefined) return err('not-a-percentage')
    return available === undefined ? err('not-known') : ok((available * BigInt(parts)) / 10_000n)
  }
  const parsed = parseTao(trimmed)
  if (!parsed.ok) return parsed
  if (unit === 'tao' && !price) return err('no-price')
  const amount = unit === 'tao' && price ? (parsed.value * UNITS_PER_WHOLE) / price : parsed.value
  return available !== undefined && amount > available ? err('above-available') : ok(amount)
}

export const AMOUNT_WORDS: Readonly<Record<ReadAmountError, string>> = {
  empty: 'Enter an amount.',
  'not-a-number': 'Write digits, with . before the decimals and nothing between the digits.',
  'too-many-decimals': 'At most nine decimals: there is nothing smaller.',
  'out-of-range': 'More than the chain can hold.',
  'not-a-percentage': 'A percentage from 0 to 100, with at most two decimals.',
  'no-price': 'The chain gave no price, so TAO cannot be turned into alpha. Enter alpha or a percentage.',
  'not-known': 'What is available is not known yet. Enter an amount, or wait a moment.',
  'above-available': 'More than is available. Enter less.',
}
