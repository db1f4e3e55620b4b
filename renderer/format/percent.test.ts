import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharesOf, writeDifference, writePpm, writePpmShort, writeTenths } from './percent.ts'

describe('sharesOf', () => {
  it('adds up to exactly 100.0 %', () => {
    expect(sharesOf([1n, 1n, 1n])).toEqual([334, 333, 333])
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 1n << 64n }), { minLength: 1, maxLength: 40 }), (amounts) => {
        const sum = sharesOf(amounts).reduce((total, share) => total + share, 0)
        expect(sum).toBe(amounts.some((amount) => amount > 0n) ? 1000 : 0)
      }),
    )
  })
  it('is all zeros without a whole', () => {
    expect(sharesOf([0n, 0n])).toEqual([0, 0])
    expect(sharesOf([])).toEqual([])
  })
})

describe('writers of percentages', () => {
  it('writes tenths and parts per million', () => {
    expect(writeTenths(155)).toBe('15.5 %')
    expect(writeTenths(1000)).toBe('100.0 %')
    expect(writePpm(5_000)).toBe('0.5 %')
    expect(writePpm(300_000)).toBe('30 %')
    expect(writePpmShort(179_904)).toBe('17.99 %')
  })
  it('writes the difference of two amounts, and none without a base', () => {
    expect(writeDifference(99n, 100n)).toBe('−1.000 %')
    expect(writeDifference(100n, 100n)).toBe('0.000 %')
    expect(writeDifference(101n, 100n)).toBe('+1.000 %')
    expect(writeDifference(1n, 0n)).toBe(undefined)
  })
})
