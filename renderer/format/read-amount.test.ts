import { describe, expect, it } from 'vitest'
import { AMOUNT_WORDS, readAmount } from './read-amount.ts'

const AVAILABLE = 84_209_440_740n

describe('readAmount', () => {
  it.each([
    ['0.1', 100_000_000n],
    [' 25 ', 25_000_000_000n],
    ['84.209440740', AVAILABLE],
    ['3.', 3_000_000_000n],
  ])('reads %j exactly', (text, value) => {
    expect(readAmount(text, 'whole', AVAILABLE)).toEqual({ ok: true, value })
  })
  it.each([
    ['', 'empty'],
    ['1,5', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['-1', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['٣', 'not-a-number'],
    ['0.1234567890', 'too-many-decimals'],
    ['84.209440741', 'above-available'],
    ['99999999999999999999', 'out-of-range'],
  ])('refuses %j as %s', (text, error) => {
    expect(readAmount(text, 'whole', AVAILABLE)).toEqual({ ok: false, error })
    expect(AMOUNT_WORDS[error as keyof typeof AMOUNT_WORDS].length).toBeGreaterThan(10)
  })
  it('takes percentages of what is available, cut and never rounded up', () => {
    expect(readAmount('100', 'percent', AVAILABLE)).toEqual({ ok: true, value: AVAILABLE })
    expect(readAmount('33.33', 'percent', 10n)).toEqual({ ok: true, value: 3n })
    expect(readAmount('0.01', 'percent', 9_999n)).toEqual({ ok: true, value: 0n })
    for (const text of ['101', '-1', '1.234', '100.01', 'x'])
      expect(readAmount(text, 'percent', AVAILABLE)).toEqual({ ok: false, error: 'not-a-percentage' })
  })
  it('takes alpha by what it is worth in TAO, where there is a price', () => {
    expect(readAmount('1', 'tao', AVAILABLE * 1_000n, 500_000_000n)).toEqual({ ok: true, value: 2_000_000_000n })
    expect(readAmount('1', 'tao', 1n, 500_000_000n)).toEqual({ ok: false, error: 'above-available' })
    expect(readAmount('1', 'tao', AVAILABLE)).toEqual({ ok: false, error: 'no-price' })
  })

  it('while nobody knows what is available, nothing is too much, and a percentage is no amount', () => {
    expect(readAmount('5', 'whole', undefined)).toEqual({ ok: true, value: 5_000_000_000n })
    expect(readAmount('5', 'percent', undefined)).toEqual({ ok: false, error: 'not-known' })
  })
})
