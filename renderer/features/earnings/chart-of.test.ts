import { describe, expect, it } from 'vitest'
import type { EpochRow } from '../../../shared/earnings/epoch-row.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../../shared/units/amounts.ts'
import { chartOf } from './chart-of.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const row = (epochBlock: number, earned: bigint, price?: bigint, epochs = 1): EpochRow => ({
  genesis: '0x1',
  coldkey: KEY,
  hotkey: KEY,
  netuid: netuid(2),
  epochBlock,
  stakeBefore: alpha(0n),
  stakeAfter: alpha(0n),
  flows: 0n,
  earned,
  ...(price === undefined ? {} : { price: raoPerAlpha(price), earnedTao: rao(0n) }),
  source: 'mined',
  epochs,
  atMs: 0,
})

describe('chartOf', () => {
  it('runs from old to new, bars from 0, the largest at nine tenths', () => {
    const chart = chartOf([row(40, 5n, 1n), row(20, 10n, 1n)])
    expect(chart.bars.map((bar) => [bar.block, bar.height])).toEqual([
      [20, 90],
      [40, 45],
    ])
    expect(chart.mostEarned).toBe(10n)
    expect(chart.lead + chart.bars.length).toBe(24)
  })
  it('marks losses and sums of several epochs', () => {
    const kinds = chartOf([row(60, 3n, 1n, 4), row(40, -2n, 1n), row(20, 1n, 1n)]).bars.map((bar) => bar.kind)
    expect(kinds).toEqual(['gain', 'loss', 'gap'])
  })
  it('never bridges a missing price', () => {
    const { priceLines } = chartOf([row(80, 1n, 3n), row(60, 1n, 2n), row(40, 1n), row(20, 1n, 1n)])
    expect(priceLines.map((line) => line.length)).toEqual([1, 2])
    expect(priceLines.flat().every((point) => point.y >= 0 && point.y <= 1)).toBe(true)
  })
  it('draws nothing that is not a number when nothing is known', () => {
    const chart = chartOf([row(20, 0n)])
    expect(chart.bars[0]?.height).toBe(0)
    expect(chart.priceLines).toEqual([])
  })
})
