import { describe, expect, it } from 'vitest'
import { rao, ss58 } from '../units/amounts.ts'
import { emissionAt, nextHalving, rootConcentration, SUPPLY_CAP } from './network-facts.ts'

const TAO = 1_000_000_000n
const tao = (whole: bigint) => rao(whole * TAO)

describe('emission', () => {
  it.each([
    [0n, TAO],
    [10_499_999n, TAO],
    [10_500_000n, TAO / 2n],
    [15_749_999n, TAO / 2n],
    [15_750_000n, TAO / 4n],
    [20_999_999n, TAO >> 24n],
    [21_000_000n, 0n],
    [22_000_000n, 0n],
  ])('with %s TAO in the world a block issues %s rao', (issued, emission) => {
    expect(emissionAt(tao(issued))).toBe(emission)
  })

  it('is halved exactly at the announced issuance, to the rao, and not one before', () => {
    let issuance = rao(0n)
    for (;;) {
      const next = nextHalving(issuance)
      if (!next) break
      expect(emissionAt(rao(next.atIssuance - 1n))).toBe(emissionAt(issuance))
      expect(emissionAt(next.atIssuance)).toBe(next.emissionAfter)
      expect(next.blocksLeft * emissionAt(issuance)).toBeGreaterThanOrEqual(next.atIssuance - issuance)
      expect((next.blocksLeft - 1n) * emissionAt(issuance)).toBeLessThan(next.atIssuance - issuance)
      issuance = next.atIssuance
    }
    // 1e9 rao can be halved 30 times until nothing is left of it.
    expect(emissionAt(issuance)).toBe(0n)
    expect(SUPPLY_CAP - issuance).toBeGreaterThan(0n)
  })
})

describe('root', () => {
  const keys = ['5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty']
  const seat = (stake: bigint, owner: 0 | 1) => ({
    hotkey: ss58(keys[0]!),
    ownerColdkey: ss58(keys[owner]!),
    stake: tao(stake),
  })
  it('counts the five largest hotkeys, and owners with all their hotkeys', () => {
    const rootSeats = [seat(1n, 1), seat(5n, 0), seat(2n, 0), seat(3n, 0), seat(4n, 0), seat(6n, 0)]
    expect(rootConcentration({ rootSeats, rootStake: tao(42n) })).toEqual({
      ofHotkeys: tao(20n),
      ofOwners: tao(21n),
      total: tao(42n),
    })
  })
  it('is unknown while nothing is staked, and when the parts are more than the whole', () => {
    expect(rootConcentration({ rootSeats: [], rootStake: rao(0n) })).toBeUndefined()
    expect(rootConcentration({ rootSeats: [seat(2n, 0)], rootStake: tao(1n) })).toBeUndefined()
  })
})
