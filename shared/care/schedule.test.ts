import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DAY_MINUTES,
  isWithin,
  nextChange,
  problemOfBands,
  type WallTime,
  type WeekBand,
  wallTime,
} from './schedule.ts'

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const night: WeekBand = { days: [5], fromMinute: 22 * 60, toMinute: 6 * 60 }

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
/** The clock on a wall in Berlin, which is moved on 29 March and 25 October 2026. */
const berlin = (atMs: number): WallTime => {
  const parts = format.formatToParts(atMs)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    day: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(of('weekday')),
    minute: Number(of('hour')) * 60 + Number(of('minute')),
  }
}

const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
const minute = fc.integer({ min: 0, max: DAY_MINUTES - 1 })
const band = fc.record({ days, fromMinute: minute, toMinute: minute })

describe('isWithin', () => {
  test.each<[string, WeekBand, number, number, boolean]>([
    ['the first minute', { days: [1], fromMinute: 60, toMinute: 120 }, 1, 60, true],
    ['the end is outside', { days: [1], fromMinute: 60, toMinute: 120 }, 1, 120, false],
    ['another day', { days: [1], fromMinute: 60, toMinute: 120 }, 2, 60, false],
    ['the evening of a night', night, 5, 23 * 60, true],
    ['the morning after it', night, 6, 5 * 60, true],
    ['the morning before it', night, 5, 5 * 60, false],
    ['the evening after it', night, 6, 23 * 60, false],
    ['Saturday into Sunday', { ...night, days: [6] }, 0, 0, true],
    ['a whole day that begins in the morning', { days: [1], fromMinute: 480, toMinute: 480 }, 2, 479, true],
  ])('%s', (_name, one, day, at, expected) => expect(isWithin([one], { day, minute: at })).toBe(expected))

  test('each minute of the week is within exactly where a count of minutes from its beginning says so', () => {
    fc.assert(
      fc.property(band, fc.integer({ min: 0, max: 6 }), minute, (one, day, at) => {
        const length = (one.toMinute - one.fromMinute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
        const week = 7 * DAY_MINUTES
        const now = day * DAY_MINUTES + at
        const expected = one.days.some(
          (first) => (now - first * DAY_MINUTES - one.fromMinute + 2 * week) % week < length,
        )
        expect(isWithin([one], { day, minute: at })).toBe(expected)
      }),
    )
  })
})

describe('nextChange', () => {
  test('is the first minute that differs, whatever the clock does', () => {
    const begin = Date.UTC(2026, 2, 20)
    const fortnight = fc.integer({ min: 0, max: 14 * DAY_MINUTES })
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 2 }), fortnight, (bands, after) => {
        const now = begin + after * 60_000 + 17_000
        const next = nextChange(bands, now, berlin)
        const within = isWithin(bands, berlin(now))
        if (next === undefined) return
        expect(isWithin(bands, berlin(next))).toBe(!within)
        expect(isWithin(bands, berlin(next - 1))).toBe(within)
      }),
      { numRuns: 8 },
    )
  })

  test('an hour that is left out takes its band with it; an hour that comes twice keeps it on for both', () => {
    const early: WeekBand = { days: EVERY_DAY, fromMinute: 120, toMinute: 180 }
    // 29 March 2026: 01:59 is followed by 03:00. The band of 02:00 to 03:00 is not there that day.
    expect(nextChange([early], Date.UTC(2026, 2, 28, 23), berlin)).toBe(Date.UTC(2026, 2, 30, 0))
    // 25 October 2026: 02:59 is followed by 02:00 once more.
    const begins = Date.UTC(2026, 9, 25, 0)
    expect(nextChange([early], begins - 60_000, berlin)).toBe(begins)
    expect(nextChange([early], begins, berlin)).toBe(begins + 2 * 3_600_000)
  })

  test('hours without an end never change', () =>
    expect(nextChange([{ days: EVERY_DAY, fromMinute: 0, toMinute: 0 }], 0, berlin)).toBeUndefined())

  test('goes by the clock on the wall of this computer unless told otherwise', () => {
    const at = new Date(2026, 5, 5, 13, 45).getTime()
    expect(wallTime(at)).toEqual({ day: 5, minute: 13 * 60 + 45 })
  })
})

test.each<[RegExp, readonly WeekBand[]]>([
  [/without hours/, []],
  [/28 lines/, Array.from({ length: 29 }, () => night)],
  [/needs a day/, [{ ...night, days: [] }]],
  [/day is named/, [{ ...night, days: [7] }]],
  [/day is named/, [{ ...night, days: [1, 1] }]],
  [/00:00 to 23:59/, [{ ...night, toMinute: 1440 }]],
  [/00:00 to 23:59/, [{ ...night, fromMinute: 0.5 }]],
])('%s', (problem, bands) => expect(problemOfBands(bands)).toMatch(problem))

test('a good schedule has no problem', () => expect(problemOfBands([night])).toBeUndefined())
