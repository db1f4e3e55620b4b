import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addRao,
  alpha,
  alphaAtPrice,
  isSs58Shape,
  loweredByPpm,
  raisedByPpm,
  rao,
  raoPerAlpha,
  raoRaisedByPpm,
  subRao,
  U64_MAX,
  valueAtPrice,
} from './amounts.ts'
import { formatUnits, parseTao } from './decimal.ts'

const anyU64 = fc.bigInt({ min: 0n, max: U64_MAX })
const anyPpm = fc.integer({ min: 0, max: 500_000 })

describe('amounts', () => {
  test('saturates above and is undefined below', () => {
    expect(addRao(rao(U64_MAX), rao(1n))).toBe(U64_MAX)
    expect(subRao(rao(1n), rao(2n))).toBeUndefined()
    expect(() => rao(-1n)).toThrow(RangeError)
    expect(() => rao(U64_MAX + 1n)).toThrow(RangeError)
  })

  test('rounds a ceiling down, a floor and a payment up', () => {
    expect(raisedByPpm(raoPerAlpha(3n), 500_000)).toBe(4n)
    expect(loweredByPpm(raoPerAlpha(3n), 500_000)).toBe(2n)
    expect(raoRaisedByPpm(rao(3n), 500_000)).toBe(5n)
  })

  test('a limit is never on the wrong side of the price', () => {
    fc.assert(
      fc.property(anyU64, anyPpm, (price, ppm) => {
        expect(raisedByPpm(raoPerAlpha(price), ppm)).toBeGreaterThanOrEqual(price)
        expect(loweredByPpm(raoPerAlpha(price), ppm)).toBeLessThanOrEqual(price)
      }),
    )
  })

  test('buying at a price and marking at the same price never gains', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (amount, price) => {
        const bought = alphaAtPrice(rao(amount), raoPerAlpha(price))
        expect(bought).toBeDefined()
        expect(valueAtPrice(bought ?? alpha(0n), raoPerAlpha(price))).toBeLessThanOrEqual(amount)
      }),
    )
    expect(alphaAtPrice(rao(1n), raoPerAlpha(0n))).toBeUndefined()
  })

  test('an address has 48 characters of base 58 and begins with 5', () => {
    expect(isSs58Shape('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')).toBe(true)
    expect(isSs58Shape('0GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')).toBe(false)
    expect(isSs58Shape('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQ')).toBe(false)
  })
})

describe('decimal text', () => {
  test.each([
    ['0.1', 100_000_000n],
    ['1229.810940519', 1_229_810_940_519n],
    [' 7 ', 7_000_000_000n],
    ['3.', 3_000_000_000n],
    ['18446744073.709551615', U64_MAX],
  ])('reads %s exactly', (text, value) => {
    expect(parseTao(text)).toEqual({ ok: true, value })
  })

  test.each([
    ['', 'empty'],
    ['1,5', 'not-a-number'],
    ['-1', 'not-a-number'],
    ['1e9', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['0.1234567891', 'too-many-decimals'],
    ['18446744073.709551616', 'out-of-range'],
  ])('refuses %s', (text, error) => {
    expect(parseTao(text)).toEqual({ ok: false, error })
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(anyU64, (n) => {
        expect(parseTao(formatUnits(n))).toEqual({ ok: true, value: n })
      }),
    )
    expect(formatUnits(-5n)).toBe('-0.000000005')
  })
})
