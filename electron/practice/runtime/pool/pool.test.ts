import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buyAlpha, injectLiquidity, type Pool, sellAlpha, spotPrice, swapFee, WEIGHT_ONE } from './pool.ts'

const even = WEIGHT_ONE / 2n
const reserves = fc.bigInt(1_000_000n, 10_000_000_000_000_000n)
const weight = fc.oneof(fc.constant(even), fc.bigInt(WEIGHT_ONE / 100n, (WEIGHT_ONE * 99n) / 100n))
const pools: fc.Arbitrary<Pool> = fc.record({ tao: reserves, alpha: reserves, taoWeight: weight })
const amount = fc.bigInt(2_000_000n, 1_000_000_000_000_000n)
const feeRate = fc.integer({ min: 0, max: 10_000 })

describe('the pool', () => {
  it('charges the fee that finney charged for 1 TAO on a 33/65535 subnet', () => {
    expect(swapFee(1_000_000_000n, 33)).toBe(503_547n)
  })

  it('is a constant product at equal weights', () => {
    const bought = buyAlpha(
      { tao: 100_000n * 10n ** 9n, alpha: 10n ** 15n, taoWeight: even },
      { amount: 10n ** 9n, feeRate: 0 },
    )
    expect(bought).toMatchObject({ ok: true, value: { swapped: 10n ** 9n, fee: 0n, received: 9_999_900_000n } })
  })

  it('never gives more back than was paid', () => {
    fc.assert(
      fc.property(pools, amount, feeRate, (pool, tao, rate) => {
        const bought = buyAlpha(pool, { amount: tao, feeRate: rate })
        if (!bought.ok) return
        const sold = sellAlpha(bought.value.pool, { amount: bought.value.received, feeRate: rate })
        if (sold.ok) expect(sold.value.received).toBeLessThanOrEqual(tao)
      }),
      { numRuns: 300 },
    )
  })

  it('never gives more alpha back than was sold', () => {
    fc.assert(
      fc.property(pools, amount, feeRate, (pool, alpha, rate) => {
        const sold = sellAlpha(pool, { amount: alpha, feeRate: rate })
        if (!sold.ok) return
        const bought = buyAlpha(sold.value.pool, { amount: sold.value.received, feeRate: rate })
        if (bought.ok) expect(bought.value.received).toBeLessThanOrEqual(alpha)
      }),
      { numRuns: 300 },
    )
  })

  it('conserves reserves and never splits better than whole', () => {
    fc.assert(
      fc.property(pools, amount, (pool, tao) => {
        const whole = buyAlpha(pool, { amount: tao, feeRate: 33 })
        if (!whole.ok) return
        expect(whole.value.swapped + whole.value.fee).toBe(tao)
        expect(whole.value.pool.tao).toBe(pool.tao + whole.value.swapped)
        expect(whole.value.pool.alpha + whole.value.received).toBe(pool.alpha)
        expect(whole.value.pool.alpha).toBeGreaterThan(0n)
        const half = buyAlpha(pool, { amount: tao / 2n, feeRate: 0 })
        const rest = half.ok && buyAlpha(half.value.pool, { amount: tao - tao / 2n, feeRate: 0 })
        const once = buyAlpha(pool, { amount: tao, feeRate: 0 })
        if (half.ok && rest !== false && rest.ok && once.ok)
          expect(half.value.received + rest.value.received).toBeLessThanOrEqual(once.value.received + 2n)
      }),
    )
  })

  it('stops at the limit and keeps the price within it', () => {
    fc.assert(
      fc.property(pools, amount, fc.bigInt(1n, 2_000_000n), (pool, gross, ppm) => {
        const price = spotPrice(pool)
        const ceiling = price + (price * ppm) / 1_000_000n
        const bought = buyAlpha(pool, { amount: gross, feeRate: 33, limitPrice: ceiling })
        if (bought.ok) {
          expect(spotPrice(bought.value.pool)).toBeLessThanOrEqual(ceiling)
          expect(bought.value.swapped + bought.value.fee).toBeLessThanOrEqual(gross)
        } else if (ceiling === price) expect(bought.error).toBe('PriceLimitExceeded')
        const floor = price - (price * (ppm % 1_000_000n)) / 1_000_000n
        const sold = sellAlpha(pool, { amount: gross, feeRate: 33, limitPrice: floor })
        if (sold.ok) expect(spotPrice(sold.value.pool)).toBeGreaterThanOrEqual(floor - 1n)
      }),
      { numRuns: 300 },
    )
  })

  it('reaches the limit when the order is larger than that', () => {
    const pool = { tao: 10n ** 13n, alpha: 10n ** 14n, taoWeight: (WEIGHT_ONE * 4n) / 10n }
    const ceiling = (spotPrice(pool) * 110n) / 100n
    const bought = buyAlpha(pool, { amount: 10n ** 15n, feeRate: 33, limitPrice: ceiling })
    if (!bought.ok) throw new Error(bought.error)
    expect(ceiling - spotPrice(bought.value.pool)).toBeLessThan(3n)
    expect(bought.value.fee).toBe((bought.value.swapped * 33n) / (65_535n - 33n))
  })

  it.each([
    [
      'an input of over 1000 reserves',
      { tao: 10n ** 7n, alpha: 10n ** 9n },
      2n * 10n ** 10n,
      undefined,
      'SwapInputTooLarge',
    ],
    ['a pool with hardly any alpha', { tao: 10n ** 9n, alpha: 999_999n }, 10n ** 7n, undefined, 'ReservesTooLow'],
    ['an output of nothing', { tao: 10n ** 16n, alpha: 10n ** 6n }, 10n ** 7n, undefined, 'ReservesTooLow'],
    [
      'a limit that is passed already',
      { tao: 10n ** 9n, alpha: 10n ** 9n },
      10n ** 7n,
      10n ** 9n,
      'PriceLimitExceeded',
    ],
    ['nothing', { tao: 10n ** 9n, alpha: 10n ** 9n }, 0n, undefined, 'InsufficientInputAmount'],
  ])('refuses %s', (_what, side, gross, limitPrice, error) => {
    const order = { amount: gross, feeRate: 33, ...(limitPrice === undefined ? {} : { limitPrice }) }
    expect(buyAlpha({ ...side, taoWeight: even }, order)).toEqual({ ok: false, error })
  })

  it('keeps the price when emission is added out of proportion', () => {
    fc.assert(
      fc.property(pools, fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 10n ** 9n), (pool, tao, alpha) => {
        const after = injectLiquidity(pool, tao, alpha)
        if (!after) return
        expect(after.taoWeight).toBeGreaterThanOrEqual(WEIGHT_ONE / 100n)
        const [before, now] = [spotPrice(pool), spotPrice(after)]
        const apart = before > now ? before - now : now - before
        expect(apart).toBeLessThanOrEqual(1n + before / 10n ** 15n)
      }),
    )
  })
})
