import { afterEach, expect, test } from 'vitest'
import { boundsOf, DAY_MS, dayOf, RANGES, spanBefore, spanOf } from './ranges.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/** Clocks are set forward in New York on 2026-03-08 and back on 2026-11-01; on Lord Howe by half an hour; Apia is a day ahead. */
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Pago_Pago']
const MOMENTS = [
  '2026-03-08T04:59:59.999Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T05:59:59.999Z',
  '2026-12-31T23:59:59.999Z',
]

test.each(ZONES)(
  'a day is one of UTC and has 24 hours wherever it is asked for, also where clocks are set: %s',
  (tz) => {
    process.env['TZ'] = tz
    for (const moment of MOMENTS) {
      const now = Date.parse(moment)
      const day = dayOf(now)
      const { fromMs = 0, toMs } = boundsOf({ from: day, to: day })
      expect(new Date(fromMs).toISOString()).toBe(`${moment.slice(0, 10)}T00:00:00.000Z`)
      expect(toMs - fromMs).toBe(DAY_MS)
      expect(fromMs <= now && now < toMs).toBe(true)
    }
  },
)

test('the ranges hold their days, today among them, and lie end to end with those before', () => {
  const now = Date.parse('2026-03-08T23:59:59.999Z')
  const days = RANGES.map((range) => {
    const { from, to } = spanOf(range, now)
    return [range, from === undefined ? undefined : to - from + 1, to === dayOf(now)]
  })
  expect(days).toEqual([
    ['today', 1, true],
    ['7d', 7, true],
    ['30d', 30, true],
    ['365d', 365, true],
    ['all', undefined, true],
  ])
  const week = spanOf('7d', now)
  expect(boundsOf(spanBefore(week) ?? week).toMs).toBe(boundsOf(week).fromMs)
  expect(dayOf(now + 1)).toBe(dayOf(now) + 1)
})
