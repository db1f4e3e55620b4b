import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NANOS } from '../fiat/fiat-price.ts'
import { dayStart, type EnergySpan, energyCost, rateAt, type Tariff, type WallClock } from './tariff.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** 1970-01-01 was a Thursday. */
const UTC: WallClock = (atMs) => ({
  day: (4 + Math.floor(atMs / DAY)) % 7,
  minute: Math.floor((atMs % DAY) / 60_000),
})
/** On the second day of 1970 the clock is put forward at 02:00, and on the fourth put back at 03:00. */
const FORWARD_MS = DAY + 2 * HOUR
const BACK_MS = 3 * DAY + 2 * HOUR
const summer: WallClock = (atMs) => UTC(atMs >= FORWARD_MS && atMs < BACK_MS ? atMs + HOUR : atMs)
const cents = (n: number) => (BigInt(n) * NANOS) / 100n
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const NIGHT = { days: EVERY_DAY, fromMinute: 22 * 60, toMinute: 6 * 60, nanosPerKwh: cents(10) }
const TWO: Tariff = { nanosPerKwh: cents(30), bands: [NIGHT] }
const kwh = (fromMs: number, toMs: number, wh: number): EnergySpan => ({
  fromMs,
  toMs,
  microWattHours: BigInt(wh) * 1_000_000n,
})

describe('the rate', () => {
  test.each([
    [0, 10],
    [5 * 60 + 59, 10],
    [6 * 60, 30],
    [21 * 60 + 59, 30],
    [22 * 60, 10],
  ])('at minute %d is %d cents', (minute, rate) => {
    expect(rateAt(TWO, { day: 2, minute })).toBe(cents(rate))
  })

  test('of the first band that holds counts, and a weekend is a band of whole days', () => {
    const weekend = { days: [6, 0], fromMinute: 0, toMinute: 0, nanosPerKwh: cents(5) }
    const both: Tariff = { ...TWO, bands: [weekend, NIGHT] }
    expect(rateAt(both, { day: 6, minute: 720 })).toBe(cents(5))
    // The night of Friday goes over midnight, and the weekend stands before it.
    expect(rateAt(both, { day: 6, minute: 60 })).toBe(cents(5))
    expect(rateAt(both, { day: 1, minute: 60 })).toBe(cents(10))
    expect(rateAt(both, { day: 1, minute: 720 })).toBe(cents(30))
  })
})

describe('the cost of energy', () => {
  test('is cut at the edge of a band, to the minute', () => {
    // 20 minutes at 10 and 40 at 30: 23.33 cents.
    const from = 6 * HOUR - 20 * 60_000
    expect(energyCost([kwh(from, from + HOUR, 1_000)], TWO, UTC)).toBe((cents(10) * 20n + cents(30) * 40n) / 60n)
    const odd: Tariff = { ...TWO, bands: [{ ...NIGHT, toMinute: 367 }] }
    expect(energyCost([kwh(from, from + HOUR, 1_000)], odd, UTC)).toBe((cents(10) * 27n + cents(30) * 33n) / 60n)
  })

  test('follows the clock of the wall: an hour that is left out makes the night shorter, one that comes twice longer', () => {
    const six = (from: number) => energyCost([kwh(from, from + 6 * HOUR, 6_000)], TWO, summer)
    expect(six(DAY)).toBe(5n * cents(10) + cents(30))
    // Midnight of the fourth day is an hour earlier in summer; the night lasts seven hours from there.
    const midnight = 3 * DAY - HOUR
    expect(energyCost([kwh(midnight, midnight + 8 * HOUR, 8_000)], TWO, summer)).toBe(7n * cents(10) + cents(30))
  })

  test('may be below zero, where whoever takes energy is paid; of no time it is nothing', () => {
    const paid: Tariff = { ...TWO, bands: [{ ...NIGHT, nanosPerKwh: -cents(5) }] }
    expect(energyCost([kwh(0, HOUR, 1_000)], paid, UTC)).toBe(-cents(5))
    expect(energyCost([kwh(HOUR, HOUR, 1_000)], TWO, UTC)).toBe(0n)
  })

  test('stays between the cheapest and the dearest rate, and does not depend on how time is cut', () => {
    const span = fc.record({ from: fc.integer({ min: 0, max: 1e9 }), minutes: fc.integer({ min: 1, max: 600 }) })
    fc.assert(
      fc.property(span, fc.integer({ min: 1, max: 1e6 }), ({ from, minutes }, wh) => {
        const half = from + minutes * 60_000
        const to = half + minutes * 60_000
        const whole = energyCost([kwh(from, to, 2 * wh)], TWO, UTC)
        const most = (cents(30) * 2n * BigInt(wh)) / 1_000n
        expect(whole <= most + 1n && whole >= most / 3n - 1n).toBe(true)
        const difference = energyCost([kwh(from, half, wh), kwh(half, to, wh)], TWO, UTC) - whole
        // Each part is even within itself, so they differ only where a band cuts the whole unevenly: by rounding.
        expect(difference <= 1n && difference >= -1n).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

test('a day begins at midnight of the wall, and has 23 hours, or 25', () => {
  expect(dayStart(5 * HOUR + 7, UTC)).toBe(0)
  const second = dayStart(DAY + 20 * HOUR, summer)
  const third = dayStart(2 * DAY + 12 * HOUR, summer)
  const fifth = dayStart(4 * DAY + 12 * HOUR, summer)
  const fourth = dayStart(3 * DAY + 12 * HOUR, summer)
  expect([second, third - second, fourth - third, fifth - fourth]).toEqual([DAY, 23 * HOUR, DAY, 25 * HOUR])
})
