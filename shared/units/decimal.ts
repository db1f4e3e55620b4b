import { err, ok, type Result } from '../result.ts'
import { isRao, type Rao } from './amounts.ts'

export type ParseAmountError = 'empty' | 'not-a-number' | 'too-many-decimals' | 'out-of-range'

function parseUnits<T extends bigint>(text: string, is: (n: unknown) => n is T): Result<T, ParseAmountError> {
  const trimmed = text.trim()
  if (trimmed === '') return err('empty')
  const match = /^(\d+)(?:\.(\d*))?$/.exec(trimmed)
  if (!match) return err('not-a-number')
  const [, whole = '0', fraction = ''] = match
  if (fraction.length > 9) return err('too-many-decimals')
  const value = BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
  return is(value) ? ok(value) : err('out-of-range')
}

/**
 * Reads what a person typed as TAO and returns whole rao.
 *
 * Works on the digits of the text, so `0.1` is exactly 100_000_000 rao; it never goes through a float.
 *
 * @param text  decimal TAO, `.` as separator, no grouping, no sign. Unit: TAO.
 * @returns     Unit: rao (1 TAO = 1e9 rao).
 * @errors      `empty`, `not-a-number`, `too-many-decimals` (more than 9), `out-of-range` (u64).
 * @source      subtensor `common/src/currency.rs`: `TaoBalance(u64)`.
 */
export const parseTao = (text: string): Result<Rao, ParseAmountError> => parseUnits(text, isRao)

/**
 * Writes 1e-9 units as a plain decimal, always nine places, no grouping: `1229.810940519`.
 * @param units rao or alpha; negative for a difference (written with an ASCII minus, for machines).
 */
export function formatUnits(units: bigint): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(10, '0')
  return `${sign}${digits.slice(0, -9)}.${digits.slice(-9)}`
}
