import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rao, U64_MAX } from '../units/amounts.ts'
import { sumOf } from './position.ts'

describe('the total of a portfolio', () => {
  test('is free TAO and every row, to the rao', () => {
    const amount = fc.bigInt({ min: 0n, max: 1n << 58n })
    fc.assert(
      fc.property(amount, fc.array(amount, { maxLength: 30 }), (free, rows) => {
        expect(sumOf(rao(free), rows.map(rao))).toBe(rows.reduce((sum, row) => sum + row, free))
      }),
    )
  })
  test('is unknown while one row is, and never a number that is too small', () => {
    expect(sumOf(rao(5n), [rao(1n), undefined])).toBeUndefined()
    expect(sumOf(rao(U64_MAX), [rao(1n)])).toBeUndefined()
    expect(sumOf(rao(U64_MAX), [])).toBe(U64_MAX)
  })
})
