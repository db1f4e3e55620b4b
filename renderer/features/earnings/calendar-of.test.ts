import { expect, test } from 'vitest'
import { calendarOf } from './calendar-of.ts'

const TODAY = 20_779
const day = (ago: number, tao: bigint, redRows = 0) => ({ day: TODAY - ago, tao, rows: 1, unpriced: 0, redRows })

test('whole weeks of a year: earned, not looked at, before the first, and days to come', () => {
  const days = calendarOf([day(10, 100n), day(3, 25n, 1), day(0, 1n)], TODAY)
  expect(days).toHaveLength(371)
  const of = (ago: number) => days.find((one) => one.day === TODAY - ago)
  expect([of(10), of(3), of(0)].map((one) => [one?.level, one?.isRed])).toEqual([
    [4, false],
    [1, true],
    [1, false],
  ])
  expect([of(11)?.kind, of(5)?.kind]).toEqual(['before', 'gap'])
  // 20,779 days after a Thursday is a Sunday: the week is full, and no day of it is to come.
  expect(days.at(-1)).toMatchObject({ day: TODAY, kind: 'earned' })
  expect(calendarOf([], TODAY).every(({ kind }) => kind === 'before')).toBe(true)
  expect(calendarOf([], TODAY + 1).filter(({ kind }) => kind === 'to-come')).toHaveLength(6)
})

test('worth without a price is the least of it or unknown, never nothing; alpha needs no price', () => {
  const without = (ago: number, unpriced: number) => ({ ...day(ago, 0n), rows: 2, unpriced })
  const days = calendarOf([without(3, 2), without(2, 1), { ...without(1, 2), alpha: 7n }, day(0, 1n)], TODAY)
  const of = (ago: number) => days.find((one) => one.day === TODAY - ago)?.known
  expect([of(3), of(2), of(1), of(0)]).toEqual(['nothing', 'partly', 'all', 'all'])
})
