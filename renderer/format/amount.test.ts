import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainAmount, splitAmount, splitWhole } from './amount.ts'

const written = (units: bigint, options = {}) => {
  const { sign, parts } = splitAmount(units, options)
  return sign + parts.map((part) => (part.gap ? '|' : '') + (part.low ? part.text.toLowerCase() : part.text)).join('')
}
const inked = (units: bigint) =>
  splitAmount(units)
    .parts.filter((part) => !part.low)
    .map((part) => part.text)
    .join(' ')

describe('splitAmount', () => {
  it('groups by three on both sides of the point', () => {
    expect(written(1_229_810_940_519n)).toBe('1|229.810|940|519')
    expect(written(0n)).toBe('0.000|000|000')
    expect(written(84_211_093_558n, { decimals: 3 })).toBe('84.211')
  })
  it('cuts and never rounds up', () => {
    expect(written(999_999_999n, { decimals: 3 })).toBe('0.999')
    expect(written(12_999_999_999n, { decimals: 3 })).toBe('12.999')
  })
  it('shows what is under a thousandth in full, with grey zeros and inked digits', () => {
    expect(inked(412n)).toBe('412')
    expect(inked(812_004n)).toBe('812 004')
    expect(inked(1_000n)).toBe('1 000')
    expect(written(412n, { decimals: 3 })).toBe('0.000|000|412')
  })
  it('writes the minus sign of typography, and plus only when asked', () => {
    expect(written(-37_960_311_978n)).toBe('−37.960|311|978')
    expect(written(1n, { signed: true })[0]).toBe('+')
    expect(written(0n, { signed: true })[0]).toBe('0')
    expect(written(5_000_000_000n)[0]).toBe('5')
  })
  it('loses no digit, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (units) => {
        const { parts, full } = splitAmount(units)
        const text = parts.map((part) => part.text).join('')
        expect(text).toBe(full)
        expect(BigInt(text.replace('.', ''))).toBe(units)
      }),
    )
  })
})

describe('the other writers', () => {
  it('splits whole numbers', () => {
    expect(splitWhole(9_583_214)).toEqual(['9', '583', '214'])
    expect(splitWhole(0)).toEqual(['0'])
  })
  it('writes plain amounts without zeros at the end', () => {
    expect(plainAmount(2_500_000_000n)).toBe('2.5')
    expect(plainAmount(3_000_000_000n)).toBe('3')
    expect(plainAmount(-1n)).toBe('−0.000000001')
    expect(plainAmount(0n)).toBe('0')
  })
})
