import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partOf, perDay, rootUp, spreadOfSum, spreadPpm, together } from './figure.ts'

test('a root is the least whole number whose square is no less', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 40n), (n) => {
      const root = rootUp(n)
      expect(root * root >= n && (root === 0n || (root - 1n) * (root - 1n) < n)).toBe(true)
    }),
  )
})

test('the spread of a sum is two standard errors, and unknown for two values', () => {
  // s = 1, n = 4: 2·1·2, with s² = Σ(x−m)² ÷ (n−1) = 3 ÷ 3.
  expect(spreadOfSum([9n, 11n, 10n, 10n])).toBe(rootUp((4n * 2n * 4n) / 3n))
  expect(spreadOfSum([7n, 7n, 7n])).toBe(0n)
  expect(spreadOfSum([1n, 2n])).toBeUndefined()
})

test('it agrees with the same sum in floats', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 3, maxLength: 40 }), (values) => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length
      const s = Math.sqrt(values.reduce((a, x) => a + (x - mean) ** 2, 0) / (values.length - 1))
      const spread = spreadOfSum(values.map(BigInt)) ?? -1n
      expect(Math.abs(Number(spread) - 2 * s * Math.sqrt(values.length))).toBeLessThan(2)
      const ppm = spreadPpm(values.map(BigInt))
      if (mean > 0) expect(Math.abs((ppm ?? -1) - (2e6 * s) / mean)).toBeLessThan(2)
    }),
  )
})

test('errors add by their squares, parts are rounded up, and a day is a part of the time', () => {
  expect(together(3n, 4n)).toBe(5n)
  expect(partOf(-1_000_001n, 50_000)).toBe(50_001n)
  expect(perDay(70n, 7 * 86_400_000)).toBe(10n)
  expect(spreadPpm([0n, 0n, 0n])).toBeUndefined()
})
