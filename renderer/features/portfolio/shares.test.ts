import { describe, expect, it } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../../../shared/units/amounts.ts'
import { sharesOfPortfolio } from './shares.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const position = (id: number, value?: bigint) => ({
  netuid: netuid(id),
  hotkey: KEY,
  alpha: alpha(1n),
  available: alpha(1n),
  registered: true,
  ...(value === undefined ? {} : { valueAtSpot: rao(value) }),
})
const portfolio = (free: bigint, ...positions: ReturnType<typeof position>[]) => ({
  coldkey: KEY,
  block: 1,
  free: rao(free),
  positions,
})

describe('sharesOfPortfolio', () => {
  it('orders by value and adds up to the whole with free', () => {
    const { holdings, freeShare } = sharesOfPortfolio(portfolio(10n, position(1, 30n), position(2, 60n)))
    expect(holdings.map((holding) => holding.position.netuid)).toEqual([2, 1])
    expect(holdings.map((holding) => holding.share)).toEqual([600, 300])
    expect(freeShare).toBe(100)
  })
  it('has no shares at all while one price is missing', () => {
    const { holdings, freeShare } = sharesOfPortfolio(portfolio(10n, position(1), position(2, 60n)))
    expect(holdings.map((holding) => holding.share)).toEqual([undefined, undefined])
    expect(freeShare).toBe(undefined)
  })
  it('gives five colours and one for all the rest', () => {
    const { holdings } = sharesOfPortfolio(
      portfolio(0n, ...[1, 2, 3, 4, 5, 6, 7].map((id) => position(id, BigInt(100 - id)))),
    )
    expect(new Set(holdings.slice(0, 5).map((holding) => holding.series)).size).toBe(5)
    expect(holdings[5]?.series).toBe(holdings[6]?.series)
  })
})
