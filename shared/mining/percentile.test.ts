import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentile } from './percentile.ts'

describe('percentile', () => {
  test('is unknown without samples', () => expect(percentile([], 0.5)).toBeUndefined())
  test.each([
    [[7], 0.5, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[1, 2, 3, 4, 5], 0.5, 3],
    [Array.from({ length: 100 }, (_, i) => i + 1), 0.95, 95],
    [[9, 1], 1, 9],
    [[9, 1], 0, 1],
    [[100, 9], 0.5, 9],
  ])('%j at %d is %d', (samples, share, expected) => expect(percentile(samples, share)).toBe(expected))

  test('at least that share of the samples is not above it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, share) => {
          const value = percentile(all, share)!
          expect(all.filter((sample) => sample <= value).length).toBeGreaterThanOrEqual(share * all.length)
        },
      ),
    )
  })
})
