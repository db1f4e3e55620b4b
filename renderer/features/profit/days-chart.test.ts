import { expect, test } from 'vitest'
import type { DayResult } from '../../../shared/profit/days.ts'
import { daysChart } from './days-chart.ts'

const day = (amount: bigint | undefined, error = 0n): DayResult => ({
  ...{ fromMs: 0, toMs: 1, whole: true, miningMs: 1, epochs: 1, atMost: false, verdict: 'earns' },
  ...(amount === undefined ? {} : { net: { amount, error } }),
})

test('0 is in the picture, and so are both ends of each error', () => {
  const chart = daysChart([day(30n, 10n), day(-40n, 20n), day(undefined)])
  expect(chart).toMatchObject({ top: 40n, bottom: -60n, zero: 0.6 })
  expect(chart.bars.map(({ net, low, high }) => [net, low, high])).toEqual([
    [0.9, 0.8, 1],
    [0.2, 0, 0.4],
    [undefined, 0, 0],
  ])
})

test('nothing but nothing is in the middle', () => {
  expect(daysChart([day(0n)])).toMatchObject({ zero: 0.5, bars: [{ net: 0.5, low: 0.5, high: 0.5 }] })
})
