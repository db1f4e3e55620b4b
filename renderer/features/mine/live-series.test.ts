import { expect, test } from 'vitest'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { pathsOf, topOf } from '../../format/series-path.ts'
import { LiveSeries } from './live-series.ts'
import { recentRows } from './recent-rows.ts'

const live = (atMs: number, answered: number, speed?: number) => ({
  atMs,
  answered,
  late: 0,
  refused: 0,
  running: 0,
  waiting: 0,
  ...(speed === undefined ? {} : { speed }),
})

test('numbers of one second become one value, and counters become what came in it', () => {
  const series = new LiveSeries()
  series.add(live(10_000, 100, 5))
  series.add(live(10_100, 103, 6))
  series.add(live(11_000, 104, 7))
  expect(series.slots()).toEqual([
    { atMs: 10_000, answered: 3, late: 0, refused: 0, speed: 6 },
    { atMs: 11_000, answered: 1, late: 0, refused: 0, speed: 7 },
  ])
})

test('what the host kept stands before what this page saw; an app that was started anew counts from 0', () => {
  const series = new LiveSeries()
  series.add(live(10_000, 100))
  series.load([9_000, 10_000].map((atMs) => ({ atMs, answered: 9, late: 0, refused: 0 })))
  series.add(live(11_000, 2))
  expect(series.slots().map(({ atMs, answered }) => [atMs, answered])).toEqual([
    [9_000, 9],
    [10_000, 0],
    [11_000, 2],
  ])
})

test('ten minutes are kept, and no more', () => {
  const series = new LiveSeries()
  for (let second = 0; second < 700; second += 1) series.add(live(second * 1_000, second))
  expect(series.slots()).toHaveLength(600)
  expect(series.slots()[0]?.atMs).toBe(100_000)
})

test('a gap is never bridged, and a lone value can be seen', () => {
  const values = [0, 1_000, 5_000].map((atMs) => ({ atMs, value: 1 }))
  const { line, area } = pathsOf([...values, { atMs: 6_000, value: undefined }], {
    fromMs: 0,
    toMs: 10_000,
    stepMs: 1_000,
    top: 2,
    width: 100,
    height: 10,
  })
  expect(line).toBe('M0.0,5.0L10.0,5.0M50.0,5.0L60.0,5.0')
  expect(area).toBe('M0.0,10L0.0,5.0L10.0,5.0L10.0,10ZM50.0,10L50.0,5.0L60.0,5.0L60.0,10Z')
})

test.each([
  [[0], 1],
  [[92.6, undefined], 100],
  [[101], 120],
  [[7_900], 10_000],
])('an axis of %j ends at %d', (values, top) => {
  expect(topOf(values.map((value) => ({ atMs: 0, value })))).toBe(top)
})

test('a request keeps its name and its object while others come and go', () => {
  const one = (atMs: number): MiningStatus['recent'][number] => ({ atMs, status: 401, reason: 'unsigned', totalMs: 1 })
  const first = recentRows([one(3), one(2), one(1)], [])
  const second = recentRows([one(4), one(3), one(2)], first)
  expect(second.slice(1)).toEqual(first.slice(0, 2))
  expect(second[1]).toBe(first[0])
  expect(new Set(recentRows([one(1), one(1)], []).map(({ key }) => key)).size).toBe(2)
})
