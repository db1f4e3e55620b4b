import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitOf } from './split.ts'

const WHOLE = 1_000_000_000n

test('earned at a price that fell: more alpha, less value', () => {
  const span = {
    start: 100n * WHOLE,
    end: 130n * WHOLE,
    flows: 20n * WHOLE,
    earned: 10n * WHOLE,
    unexplained: 0n,
    priceThen: WHOLE,
  }
  expect(splitOf(span, WHOLE / 2n)).toEqual({
    earned: 5n * WHOLE,
    flows: 10n * WHOLE,
    unexplained: 0n,
    inGaps: 0n,
    price: -50n * WHOLE,
    change: -35n * WHOLE,
  })
  expect(splitOf(span, undefined)).toBeUndefined()
  expect(splitOf({ ...span, priceThen: undefined }, WHOLE)).toBeUndefined()
})

test('the parts always make the change, to the rao', () => {
  const amount = fc.bigInt(-(10n ** 15n), 10n ** 15n)
  const price = fc.bigInt(0n, 10n ** 12n)
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      amount,
      price,
      price,
      (start, end, flows, earned, unexplained, then, now) => {
        const split = splitOf({ start, end, flows, earned, unexplained, priceThen: then }, now)
        const { change = 0n, ...parts } = split ?? {}
        expect(Object.values(parts).reduce((all, one) => all + one, 0n)).toBe(change)
      },
    ),
  )
})
