import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decayedPrice, raisedPrice } from '../../electron/practice/runtime/registration/price.ts'
import { type Rao, rao } from '../units/amounts.ts'
import {
  blocksUntil,
  jumpsBetween,
  type PriceRules,
  priceAfter,
  priceAfterRegistration,
  projectedPrices,
} from './price-course.ts'

const TAO = 1_000_000_000n
const RULES: PriceRules = { minPrice: rao(500_000n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 }
/** As the practice chain counts, block by block. */
const OWN = { minBurn: RULES.minPrice, maxBurn: RULES.maxPrice, halfLife: 360, increase: (126n << 64n) / 100n }

const byBlocks = (price: bigint, blocks: number): bigint => {
  let now = price
  for (let block = 0; block < blocks; block++) now = decayedPrice(now, OWN)
  return now
}

describe('a price while nobody registers', () => {
  test.each([
    [0, TAO],
    [360, TAO / 2n],
    [720, TAO / 4n],
    [36_000, 500_000n],
    [1e9, 500_000n],
  ])('after %d blocks', (blocks, price) => {
    expect(priceAfter(rao(TAO), blocks, RULES)).toBe(price)
  })

  test.each([1, 7, 100, 361, 1_999])('is after %d blocks what a chain counts block by block', (blocks) => {
    const counted = byBlocks(TAO, blocks)
    const difference = counted - priceAfter(rao(TAO), blocks, RULES)
    // Half a rao in each block at most.
    expect(difference <= BigInt(blocks) && difference >= -BigInt(blocks)).toBe(true)
  })

  test('never rises, and falls as far over two stretches as over one', () => {
    const price = fc.bigInt(500_000n, 100n * TAO).map(rao)
    const blocks = fc.integer({ min: 0, max: 3_000 })
    fc.assert(
      fc.property(price, blocks, blocks, (from, one, two) => {
        const after = priceAfter(from, one, RULES)
        expect(after <= from).toBe(true)
        const off = priceAfter(after, two, RULES) - priceAfter(from, one + two, RULES)
        expect(off >= -2n && off <= 2n).toBe(true)
      }),
    )
  })

  test('stays where the subnet lets it not fall', () => {
    expect(priceAfter(rao(TAO), 10_000, { ...RULES, halfLife: 0 })).toBe(TAO)
  })
})

test('a registration makes it dearer, up to the highest price', () => {
  expect(priceAfterRegistration(rao(TAO), RULES)).toBe(1_260_000_000n)
  expect(priceAfterRegistration(rao(TAO), RULES) - rao(raisedPrice(TAO, OWN))).toBeLessThanOrEqual(1n)
  expect(priceAfterRegistration(rao(99n * TAO), RULES)).toBe(100n * TAO)
})

describe('waiting for a price', () => {
  test.each<[bigint, number | undefined]>([
    [2n * TAO, 0],
    [TAO / 2n, 360],
    [500_000n, 3_948],
    [499_999n, undefined],
  ])('of %d takes %s blocks', (wanted, blocks) => {
    expect(blocksUntil(rao(wanted), rao(TAO), RULES)).toBe(blocks)
  })

  test('takes exactly as long as it has to', () => {
    const price = fc.bigInt(1_000_000n, 100n * TAO).map(rao)
    fc.assert(
      fc.property(price, fc.bigInt(600_000n, 10n * TAO).map(rao), (now, wanted) => {
        const blocks = blocksUntil(wanted, now, RULES) ?? 0
        expect(priceAfter(now, blocks, RULES) <= wanted || now <= wanted).toBe(true)
        if (blocks > 0) expect(priceAfter(now, blocks - 1, RULES) > wanted).toBe(true)
      }),
    )
  })

  test('never ends where it does not fall', () => {
    expect(blocksUntil(rao(1_000_000n), rao(TAO), { ...RULES, halfLife: 0 })).toBeUndefined()
  })
})

test('a projection begins now and ends where it was asked to', () => {
  const points = projectedPrices({ block: 100, price: rao(TAO) }, RULES, { blocks: 720, steps: 2 })
  expect(points).toEqual([
    { block: 100, price: TAO },
    { block: 460, price: TAO / 2n },
    { block: 820, price: TAO / 4n },
  ])
})

test('registrations between two looks are told from their jumps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 50 }), (jumps, gap) => {
      let price: Rao = rao(TAO)
      let block = 1_000
      for (let n = 0; n < jumps; n++) {
        price = priceAfterRegistration(priceAfter(price, gap, RULES), RULES)
        block += gap
      }
      expect(jumpsBetween({ block: 1_000, price: rao(TAO) }, { block, price }, RULES)).toBe(jumps)
    }),
  )
})
