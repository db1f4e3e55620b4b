import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRao, rao, U64_MAX } from '../units/amounts.ts'
import { boundOf } from './collateral.ts'

test('what is bound is a part of the price, never more than it, and grows with the share', () => {
  expect(boundOf(rao(2_000_000_000n), { share: 0 })).toBe(0n)
  expect(boundOf(rao(2_000_000_000n), { share: 65_535 })).toBe(2_000_000_000n)
  // 62,258 of 65,535: the most that an owner may choose, 95 %.
  expect(boundOf(rao(2_000_000_000n), { share: 62_258 })).toBe(1_899_992_370n)
  fc.assert(
    fc.property(fc.bigInt(0n, U64_MAX), fc.integer({ min: 0, max: 65_534 }), (price, share) => {
      const bound = boundOf(rao(price), { share })
      expect(isRao(bound) && bound <= price && bound <= boundOf(rao(price), { share: share + 1 })).toBe(true)
    }),
  )
})
