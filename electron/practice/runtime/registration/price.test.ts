import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decayedPrice, raisedPrice } from './price.ts'

const rules = { minBurn: 500_000n, maxBurn: 100n * 10n ** 9n, halfLife: 360, increase: 0x1428f5c28f5c29000n }

describe('registration price', () => {
  it('halves in one half-life', () => {
    let price = 100_000_000n
    for (let block = 0; block < 360; block += 1) price = decayedPrice(price, rules)
    expect(price).toBeGreaterThan(49_999_700n)
    expect(price).toBeLessThan(50_000_300n)
  })

  it('rises by 1.26 with a registration', () => {
    expect(raisedPrice(100_000_000n, rules)).toBe(126_000_000n)
  })

  it('stays between its ends', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 13n), fc.integer({ min: 0, max: 36_100 }), (price, halfLife) => {
        for (const next of [decayedPrice(price, { ...rules, halfLife }), raisedPrice(price, rules)]) {
          expect(next).toBeGreaterThanOrEqual(rules.minBurn)
          expect(next).toBeLessThanOrEqual(rules.maxBurn)
        }
      }),
    )
  })
})
