import { err, ok, type Result } from '../result.ts'

/** Billionths of one unit of a currency. Prices and amounts in ordinary money are counted in them: whole numbers, no floats. */
export const NANOS = 1_000_000_000n
/** No TAO was ever worth a billionth of this, and no currency counts so small: a source that says so is wrong. */
const MOST = 10n ** 12n * NANOS

/** JSON whose numbers stay the digits that were sent: a float would change a price before it is counted. */
export function parseExact(text: string): unknown {
  // The third argument holds the text of a number; the types of the language do not know it yet.
  const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value
  return JSON.parse(text, keepDigits)
}

/**
 * The price in an answer.
 * @param keys names and places that lead to it
 * @returns billionths of the currency for one whole TAO, above 0, cut after nine decimals
 */
export function priceIn(
  answer: string,
  keys: readonly string[],
): Result<bigint, 'not-json' | 'no-price' | 'not-a-price'> {
  let at: unknown
  try {
    at = parseExact(answer)
  } catch {
    return err('not-json')
  }
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return err('no-price')
    at = (at as Readonly<Record<string, unknown>>)[key]
  }
  const nanos = typeof at === 'string' ? nanosOf(at.trim()) : undefined
  return nanos !== undefined && nanos > 0n && nanos < MOST ? ok(nanos) : err('not-a-price')
}

/** `312.4501`, `3.124501e2` → billionths. */
function nanosOf(text: string): bigint | undefined {
  const match = /^(\d{1,20})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (!match) return undefined
  const [, whole = '0', fraction = '', exponent = '0'] = match
  const shift = Number(exponent) + 9 - fraction.length
  const digits = BigInt(whole + fraction)
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
}

/**
 * What an amount is worth at a price. A mark, as the price is: nobody promises to pay it.
 * @param raoAmount rao, signed
 * @param nanosPerTao billionths of the currency for one whole TAO
 * @returns billionths of the currency, signed, cut towards 0
 */
export const worthInFiat = (raoAmount: bigint, nanosPerTao: bigint): bigint => (raoAmount * nanosPerTao) / NANOS

/** Two decimals, halves away from 0, groups of three: `−1 229.81`. Below a cent six decimals, so that little is not nothing. */
export function writeFiat(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos
  const places = size > 0n && size < NANOS / 100n ? 6 : 2
  const step = 10n ** BigInt(9 - places)
  const rounded = (size + step / 2n) / step
  const digits = rounded.toString().padStart(places + 1, '0')
  const whole = digits.slice(0, -places).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')
  return `${nanos < 0n ? '−' : ''}${whole}.${digits.slice(-places)}`
}
