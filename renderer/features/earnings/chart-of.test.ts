import { describe, expect, test } from 'vitest'
import { type ChartPoint, chartOf, courseOf } from './chart-of.ts'

const points = (...values: (bigint | undefined)[]): readonly ChartPoint[] =>
  values.map((value, index) => ({ key: String(index), value }))

describe('charts of earnings', () => {
  test('each: bars as high as their part of the largest, a loss is one', () => {
    const { bars } = chartOf(points(100n, -50n, 0n), 'each')
    expect(bars.map(({ height, kind }) => [height, kind])).toEqual([
      [90, 'gain'],
      [45, 'loss'],
      [0, 'gain'],
    ])
  })

  test('added up: a line that what is not known parts, and that goes on where it was', () => {
    const { lines, gaps, most } = chartOf(points(1n, 2n, undefined, undefined, 1n), 'added')
    expect(most).toBe(4n)
    expect(lines.map((line) => line.map(({ y }) => y))).toEqual([[0.25, 0.75], [1]])
    expect(gaps).toEqual([{ from: 0.4, to: 0.8 }])
  })

  test('added up: what is known of a day goes on in the sum, which is a least then', () => {
    const some = [...points(1n, 2n), { key: 'x', value: undefined, least: 4n }, ...points(1n)]
    expect(chartOf(some, 'added')).toMatchObject({ most: 8n, atLeast: true, lines: [[{}, {}], [{}]] })
    expect(chartOf(points(1n, 2n), 'added').atLeast).toBe(false)
  })

  test('many points go together, and their sum stays', () => {
    const many = points(...Array.from({ length: 1_000 }, () => 3n))
    const { bars } = chartOf(many, 'each')
    expect(bars.length).toBeLessThanOrEqual(120)
    expect(chartOf(many, 'added').most).toBe(3_000n)
  })

  test('a day that nobody looked at parts the line also where neighbours go together', () => {
    const days = points(...Array.from({ length: 365 }, (_, day) => (day === 200 ? undefined : 1n)))
    const { lines, gaps, most } = chartOf(days, 'added')
    expect([lines.length, gaps.length, most]).toEqual([2, 1, 364n])
    expect(chartOf(days, 'each').bars.filter(({ kind }) => kind === 'gap').length).toBe(1)
  })

  test('one point, and none', () => {
    expect(chartOf([], 'added')).toMatchObject({ bars: [], lines: [], gaps: [] })
    expect(courseOf(points(5n)).lines).toEqual([[{ x: 0.5, y: 0.5 }]])
  })
})
