import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockEmission, injection, movedPrice, portions } from './emission.ts'

const MILLION = 10n ** 15n

describe('blockEmission', () => {
  it.each([
    [0n, 1_000_000_000n],
    [10n * MILLION, 1_000_000_000n],
    [(21n * MILLION) / 2n, 500_000_000n],
    [15n * MILLION, 500_000_000n],
    [(63n * MILLION) / 4n, 250_000_000n],
    [21n * MILLION - 1n, 0n],
    [21n * MILLION, 0n],
    [22n * MILLION, 0n],
  ])('of %s issued is %s', (issuance, emission) => {
    expect(blockEmission(issuance)).toBe(emission)
  })
})

describe('injection', () => {
  it('keeps the ratio of the price and the cap of one block', () => {
    expect(injection(100n, 500_000_000n, 1000n)).toEqual({ tao: 100n, alphaIn: 200n, alphaOut: 1000n })
    expect(injection(900n, 500_000_000n, 1000n)).toEqual({ tao: 500n, alphaIn: 1000n, alphaOut: 1000n })
    expect(injection(900n, 0n, 1000n)).toEqual({ tao: 0n, alphaIn: 0n, alphaOut: 1000n })
  })
})

describe('portions', () => {
  it('are 18, 41 and 41 percent', () => {
    const parts = portions(1_000_000_000n, 11_796, { weighted: 1n, alpha: 3n })
    expect(parts).toEqual({ owner: 179_995_422n, miners: 410_002_289n, validators: 307_501_717n, root: 102_500_572n })
  })

  it('lose nothing', () => {
    const big = fc.bigInt(0n, 10n ** 18n)
    fc.assert(
      fc.property(big, fc.integer({ min: 0, max: 65_535 }), big, big, (alpha, cut, weighted, issued) => {
        const { owner, miners, validators, root } = portions(alpha, cut, { weighted, alpha: issued })
        expect(owner + miners + validators + root).toBe(alpha)
        for (const part of [owner, miners, validators, root]) expect(part).toBeGreaterThanOrEqual(0n)
      }),
    )
  })
})

describe('movedPrice', () => {
  it('comes closer to the spot price, never past it, and never above one', () => {
    const one = 1n << 32n
    const speed = { alpha: one / 10n, age: 100n, halving: 100n }
    expect(movedPrice(0n, 500_000_000n, speed)).toBe(107_374_182n)
    expect(movedPrice(one, 9_000_000_000n, speed)).toBe(one)
  })
})
