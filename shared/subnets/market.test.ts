import { describe, expect, it } from 'vitest'
import { alpha, rao, raoPerAlpha, U64_MAX } from '../units/amounts.ts'
import { exitCost, marketValue } from './market.ts'

const pool = { alphaReserve: alpha(3_000_000_000n), alphaOutside: alpha(1_000_000_001n) }

describe('marketValue', () => {
  it('counts alpha in the pool and outside, rounded down', () => {
    expect(marketValue({ ...pool, price: raoPerAlpha(500_000_000n) })).toBe(2_000_000_000n)
  })
  it('is unknown without a price, and where the chain could not count it', () => {
    expect(marketValue(pool)).toBeUndefined()
    expect(marketValue({ ...pool, price: raoPerAlpha(U64_MAX) })).toBeUndefined()
  })
})

describe('exitCost', () => {
  const exit = { size: rao(100n), alpha: alpha(1n) }
  it('is what is missing against the spot price, unknown where the pool cannot, never negative', () => {
    expect(exitCost({ ...exit, taoOut: rao(97n) })).toBe(3n)
    expect(exitCost(exit)).toBeUndefined()
    expect(exitCost({ ...exit, taoOut: rao(101n) })).toBe(0n)
  })
})
