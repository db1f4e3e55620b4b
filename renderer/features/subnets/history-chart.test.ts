import { describe, expect, it } from 'vitest'
import { alpha, rao, raoPerAlpha } from '../../../shared/units/amounts.ts'
import { historyChart } from './history-chart.ts'

const sample = (block: number, pool: bigint, price: bigint | undefined = pool) => ({
  block,
  atMs: block * 12_000,
  ...(price === undefined ? {} : { price: raoPerAlpha(price) }),
  taoReserve: rao(pool),
  alphaReserve: alpha(1n),
  alphaOutside: alpha(1n),
})
/** One look in 25 blocks, `pool` by block. */
const run = (from: number, to: number, pool: (block: number) => bigint) =>
  Array.from({ length: (to - from) / 25 + 1 }, (_, index) => sample(from + index * 25, pool(from + index * 25)))

describe('historyChart', () => {
  it('draws one line from least to most where nothing is missing', () => {
    const chart = historyChart(
      run(1_000, 2_000, (block) => BigInt(block)),
      { from: 1_000, to: 2_000 },
    )
    expect(chart.gaps).toEqual([])
    expect(chart.price).toMatchObject({ least: 1_000n, most: 2_000n })
    expect(chart.price?.pieces).toHaveLength(1)
    expect(chart.price?.pieces[0]?.[0]).toEqual({ x: 0, y: 0 })
    expect(chart.price?.pieces[0]?.at(-1)).toEqual({ x: 1, y: 1 })
    // All that came into the pool is in the bars.
    expect(chart.flows.reduce((sum, { value }) => sum + (value ?? 0n), 0n)).toBe(1_000n)
  })

  it('shows what is missing at the start, between and at the end, and never bridges it', () => {
    const looks = [...run(1_300, 1_400, () => 5n), ...run(1_700, 1_800, () => 9n)]
    const chart = historyChart(looks, { from: 1_000, to: 2_000 })
    expect(chart.gaps.map(({ from, to }) => [from, to])).toEqual([
      [0, 0.3],
      [0.4, 0.7],
      [0.8, 1],
    ])
    expect(chart.pool?.pieces.map((piece) => piece.length)).toEqual([5, 5])
    // The four that came in between the two pieces belong to no bar: when they came is not known.
    expect(chart.flows.every(({ value }) => value === undefined || value === 0n)).toBe(true)
  })

  it('knows that old looks are further apart', () => {
    const now = 100_000
    const hourly = [0, 300, 600, 900].map((block) => sample(block, 7n))
    expect(historyChart(hourly, { from: 0, to: now }).gaps).toHaveLength(1)
    expect(
      historyChart(
        hourly.map((one) => ({ ...one, block: one.block + 99_000 })),
        { from: 99_000, to: now },
      ).gaps,
    ).toHaveLength(4)
  })

  it('ends the line at a price that is unknown, and keeps the pool', () => {
    const looks = [sample(100, 1n), { ...sample(125, 2n), price: undefined }, sample(150, 3n)]
    const chart = historyChart(looks, { from: 100, to: 150 })
    expect(chart.price?.pieces.map((piece) => piece.length)).toEqual([1, 1])
    expect(chart.pool?.pieces.map((piece) => piece.length)).toEqual([3])
  })

  it('says that there is nothing when there is nothing', () => {
    const chart = historyChart([], { from: 0, to: 1_000 })
    expect(chart).toMatchObject({ gaps: [{ from: 0, to: 1 }], price: undefined, pool: undefined, largestFlow: 0n })
  })

  it('draws a loss as a loss', () => {
    const chart = historyChart(
      run(0, 100, (block) => 100n - BigInt(block)),
      { from: 0, to: 100 },
    )
    expect(chart.largestFlow).toBe(25n)
    expect(chart.flows.filter(({ value }) => value !== undefined).map(({ value, size }) => [value, size])).toEqual(
      Array.from({ length: 4 }, () => [-25n, 1]),
    )
  })
})
