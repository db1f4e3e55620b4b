import { struct } from '../../scale/composites.ts'
import { i64, i128, u128 } from '../../scale/primitives.ts'
import { pathOf, type Shape } from '../../scale/shape.ts'
import type { ScaleType } from '../../scale/type.ts'

/**
 * Fixed-point numbers: the value is `{ bits }`, a whole number that counts the fraction's smallest steps.
 *
 * The registry spells the number of fraction bits in types of binary digits (`UInt<UInt<UTerm, B1>, B0>` is 2).
 */
export interface Fixed {
  bits: bigint
}

const digit = (name: 'B0' | 'B1'): Shape => ({
  kind: 'composite',
  path: pathOf(`substrate_typenum::bit::${name}`),
  parameters: [],
  fields: [],
})
const TERM: Shape = { kind: 'composite', path: pathOf('substrate_typenum::uint::UTerm'), parameters: [], fields: [] }

const typeNumber = (value: number): Shape => {
  if (value === 0) return TERM
  const high = typeNumber(Math.floor(value / 2))
  const low = digit(value % 2 === 1 ? 'B1' : 'B0')
  return {
    kind: 'composite',
    path: pathOf('substrate_typenum::uint::UInt'),
    parameters: [
      { name: 'U', shape: high },
      { name: 'B', shape: low },
    ],
    fields: [
      { name: 'msb', shape: high },
      { name: 'lsb', shape: low },
    ],
  }
}

const fixed = (name: string, bits: ScaleType<bigint>, fractionBits: number): ScaleType<Fixed> =>
  struct<Fixed>(`substrate_fixed::${name}`, { bits }, { Frac: typeNumber(fractionBits) })

/** Value = bits / 2^32. */
export const i96F32 = fixed('FixedI128', i128, 32)
/** Value = bits / 2^32. */
export const u96F32 = fixed('FixedU128', u128, 32)
/** Value = bits / 2^64. */
export const u64F64 = fixed('FixedU128', u128, 64)
/** Value = bits / 2^32. */
export const i64F64 = fixed('FixedI128', i128, 64)
export const i32F32 = fixed('FixedI64', i64, 32)
