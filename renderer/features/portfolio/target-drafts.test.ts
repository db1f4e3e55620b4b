import { describe, expect, it } from 'vitest'
import type { Position } from '../../../shared/staking/position.ts'
import { alpha, netuid, rao, ss58 } from '../../../shared/units/amounts.ts'
import { startShares, targetsOf } from './target-drafts.ts'

const hotkey = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const position = (id: number, value: bigint): Position => ({
  netuid: netuid(id),
  hotkey,
  alpha: alpha(value),
  available: alpha(value),
  valueAtSpot: rao(value),
  registered: true,
})

describe('shares to begin with', () => {
  it('are those of now, never more than the whole', () => {
    const drafts = startShares([position(1, 1n), position(2, 1n), position(3, 1n)])
    expect(drafts.map(({ text }) => text)).toEqual(['33.33', '33.33', '33.33'])
    expect(targetsOf(drafts)).toMatchObject({ sumPpm: 999_900, wrong: undefined })
  })
})

describe('shares as typed', () => {
  const typed = (...texts: string[]) =>
    targetsOf(texts.map((text, index) => ({ netuid: netuid(index + 1), hotkey, text })))
  it.each(['', 'x', '-1', '1.234', '1e2', '1000'])('%j is not a share, and it says of which subnet', (text) => {
    expect(typed('50', text).wrong).toContain('netuid 2')
  })
  it('more than the whole is refused', () => {
    expect(typed('60', '40.01').wrong).toContain('more than 100 %')
    expect(typed('60', '40')).toMatchObject({ sumPpm: 1_000_000, wrong: undefined })
  })
})
