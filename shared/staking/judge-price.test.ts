import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buyAlpha, type Pool, sellAlpha, spotPrice, WEIGHT_ONE } from '../../electron/practice/runtime/pool/pool.ts'
import { alpha, netuid, rao, raoPerAlpha } from '../units/amounts.ts'
import { type JudgedPrice, type PoolFacts, priceDoubts, priceOfReserves, recordedPrices } from './judge-price.ts'

const ONE = netuid(1)
const FEE_RATE = 33
const reserve = fc.bigInt(10n ** 9n, 10n ** 15n)
const pools = fc.record({
  tao: reserve,
  alpha: reserve,
  taoWeight: fc.oneof(fc.constant(WEIGHT_ONE / 2n), fc.bigInt(WEIGHT_ONE / 100n, (WEIGHT_ONE * 99n) / 100n)),
})
const factsOf = ({ tao, alpha: inPool, taoWeight }: Pool, more: Partial<PoolFacts> = {}): PoolFacts => ({
  taoReserve: rao(tao),
  alphaReserve: alpha(inPool),
  taoWeight,
  stable: false,
  ...more,
})
const EVEN: Pool = { tao: 20_000_000_000_000n, alpha: 400_000_000_000_000n, taoWeight: WEIGHT_ONE / 2n }
const PRICE = spotPrice(EVEN)
const judge = (stated: bigint, more: Partial<JudgedPrice> = {}) =>
  priceDoubts({
    netuid: ONE,
    block: 10_000,
    stated: raoPerAlpha(stated),
    pool: factsOf(EVEN),
    legs: [],
    recorded: [],
    ...more,
  })
const sources = (...found: readonly { readonly source: string }[]) => found.map(({ source }) => source)

describe('a price is held against', () => {
  test('the reserves of the same block: an honest pool of any weights is never doubted, a lie of 2 % always is', () => {
    fc.assert(
      fc.property(pools, fc.boolean(), (pool, up) => {
        const price = spotPrice(pool)
        fc.pre(price > 100_000n && price < 10n ** 18n)
        expect(judge(price, { pool: factsOf(pool) })).toEqual([])
        const lie = up ? (price * 102n) / 100n : (price * 100n) / 102n
        expect(sources(...judge(lie, { pool: factsOf(pool) }))).toEqual(['reserves'])
      }),
    )
  })

  test('its own simulation: no honest trade in any pool is doubted, one that beats the spot price is', () => {
    fc.assert(
      fc.property(pools, fc.integer({ min: 1, max: 3_000_000 }), fc.boolean(), (pool, ppm, buys) => {
        const price = spotPrice(pool)
        fc.pre(price > 100_000n && price < 10n ** 15n)
        const amount = ((buys ? pool.tao : pool.alpha) * BigInt(ppm)) / 1_000_000n
        const order = { amount, feeRate: FEE_RATE }
        const traded = buys ? buyAlpha(pool, order) : sellAlpha(pool, order)
        // Amounts of some hundred smallest units are rounding, not prices.
        fc.pre(traded.ok && traded.value.received > 100_000n && traded.value.swapped > 100_000n)
        if (!traded.ok) return
        const { swapped: totalIn, received: totalOut } = traded.value
        const leg = { side: buys ? 'purchase' : 'sale', totalIn, totalOut } as const
        expect(judge(price, { pool: factsOf(pool), legs: [leg] })).toEqual([])
        const fair = buys ? (totalIn * 1_000_000_000n) / price : (totalIn * price) / 1_000_000_000n
        const better = { ...leg, totalOut: (fair * 103n) / 100n }
        expect(sources(...judge(price, { pool: factsOf(pool), legs: [better] }))).toEqual(['simulation'])
      }),
    )
  })

  test('what the pool can do: a small trade that is said to cost a third of itself', () => {
    const leg = { side: 'sale', totalIn: 1_000_000_000n, totalOut: (PRICE * 2n) / 3n } as const
    expect(sources(...judge(PRICE, { legs: [leg] }))).toEqual(['simulation'])
    // Of a pool that is not known nothing can be said.
    expect(judge(PRICE, { legs: [leg], pool: undefined })).toEqual([])
  })

  test('the slow average, where it had the time to follow', () => {
    const old = (average: bigint, ageBlocks: number) =>
      judge(PRICE, { pool: factsOf(EVEN, { average: raoPerAlpha(average), ageBlocks }) })
    expect(sources(...old(PRICE / 5n, 300_000))).toEqual(['average'])
    expect(old(PRICE / 3n, 300_000)).toEqual([])
    expect(old(PRICE / 5n, 100_000)).toEqual([])
  })

  test('another endpoint, a tenth either way', () => {
    const said = (price: bigint) => judge(PRICE, { elsewhere: raoPerAlpha(price) })
    expect(sources(...said(PRICE * 2n))).toEqual(['elsewhere'])
    expect(sources(...said((PRICE * 88n) / 100n))).toEqual(['elsewhere'])
    expect(said((PRICE * 109n) / 100n)).toEqual([])
  })

  test('what was recorded: of the last hour closely, of the last day by its middle', () => {
    const at = (block: number, price: bigint) => ({ block, price: raoPerAlpha(price) })
    expect(sources(...judge(PRICE, { recorded: [at(9_900, PRICE / 3n)] }))).toEqual(['recorded'])
    expect(judge(PRICE, { recorded: [at(9_000, PRICE / 3n)] })).toEqual([])
    const day = [3_000, 5_000, 7_000, 9_000].map((block) => at(block, PRICE / 5n))
    // The last looks repeat the lie; the middle of the day does not.
    expect(sources(...judge(PRICE, { recorded: [...day, at(9_950, PRICE), at(9_975, PRICE)] }))).toEqual(['recorded'])
    // Looks of other days, of later blocks and without a price say nothing.
    expect(judge(PRICE, { recorded: [at(100, 1n), at(10_000, 1n), { block: 9_999 }] })).toEqual([])
  })
})

test('a pool of a kind that is not known, and one without reserves, make no price; a stable one is one to one', () => {
  expect(priceOfReserves(factsOf(EVEN, { taoWeight: undefined }))).toBeUndefined()
  expect(priceOfReserves(factsOf({ ...EVEN, alpha: 0n }))).toBeUndefined()
  expect(priceOfReserves(factsOf({ ...EVEN, alpha: 0n }, { stable: true }))).toBe(1_000_000_000n)
  expect(recordedPrices([], 5)).toEqual([])
})
