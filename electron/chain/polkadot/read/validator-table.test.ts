import { describe, expect, test } from 'vitest'
import { alpha, U64_MAX } from '../../../../shared/units/amounts.ts'
import { partOf } from './validator-table.ts'

const float = (mantissa: bigint, exponent = 0n) => ({ mantissa, exponent })

describe('a share of a stake', () => {
  test.each([
    [100n, float(1n), float(4n), 25n],
    [100n, float(1n, 2n), float(4n, 2n), 25n],
    [100n, float(25n, -1n), float(1n, 1n), 25n],
    [7n, float(1n), float(2n), 3n],
    // 21 digits of a third: 5 of 15 is 5, not 4.
    [15n, float(333_333_333_333_333_333_333n, -21n), float(1n), 5n],
    [U64_MAX, float(3n), float(3n), U64_MAX],
    [5n, float(0n), float(4n), 0n],
    [5n, float(1n), float(0n), 0n],
    [5n, float(1n, -90n), float(1n), 0n],
  ])('%s × %o / %o = %s', (whole, share, all, part) => {
    expect(partOf(alpha(whole), share, all)).toBe(part)
  })

  test.each([
    ['an exponent that would make a giant number', float(1n, 1_000_000_000n)],
    ['a share that is more than the chain can hold', float(3n)],
    ['no number at all', { mantissa: 'x' }],
  ])('%s is refused', (_name, share) => {
    expect(() => partOf(alpha(U64_MAX), share, float(1n))).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ code: 'chain/bad-answer' }) }),
    )
  })
})
