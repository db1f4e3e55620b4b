import { expect, test } from 'vitest'
import { meanWatts, SLOT_MS } from './power-series.ts'

const point = (atMs: number, watts?: number) => ({ atMs, watts, partial: false, use: 'off' }) as const

test('the day is drawn in means of five minutes; what was not measured is left out, and is no 0', () => {
  const points = [point(0, 100), point(10_000, 200), point(SLOT_MS), point(3 * SLOT_MS, 50)]
  expect(meanWatts(points)).toEqual([
    { atMs: 0, value: 150 },
    { atMs: 3 * SLOT_MS, value: 50 },
  ])
})
