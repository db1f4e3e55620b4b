import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alpha, isRao, rao, U64_MAX } from '../units/amounts.ts'
import { boundOf, chargeAt } from './collateral.ts'

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

test('what stands from before is taken off what has to be bound, and never off what is gone', () => {
  const share = { share: 32_768 }
  const first = chargeAt(rao(1_000_000_000n), share)
  expect(first.spent + first.bound).toBe(1_000_000_000n)
  const again = chargeAt(rao(1_000_000_000n), { ...share, stands: { alpha: alpha(9n), worth: rao(200_000_000n) } })
  expect(again).toEqual({ spent: first.spent, bound: first.bound - 200_000_000n, pays: 800_000_000n })
  const enough = chargeAt(rao(1_000_000_000n), { ...share, stands: { alpha: alpha(9n), worth: rao(9_000_000_000n) } })
  expect(enough).toEqual({ spent: first.spent, bound: 0n, pays: first.spent })
  fc.assert(
    fc.property(
      fc.bigInt(0n, U64_MAX),
      fc.bigInt(0n, U64_MAX),
      fc.integer({ min: 0, max: 65_535 }),
      (price, worth, part) => {
        const { spent, bound, pays } = chargeAt(rao(price), {
          share: part,
          stands: { alpha: alpha(0n), worth: rao(worth) },
        })
        expect(spent + bound === pays && pays <= price).toBe(true)
      },
    ),
  )
})
