import { describe, expect, test } from 'vitest'
import { netuid, type Rao, rao, ss58 } from '../units/amounts.ts'
import { type OutlookFacts, outlookAt, outlookOf, payPerDay } from './outlook.ts'
import type { Place } from './places.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const TAO = 1_000_000_000n
const place = (uid: number, emission: bigint, change: Partial<Place> = {}): Place => ({
  uid,
  hotkey: KEY,
  emission,
  incentive: 0,
  registeredAt: 0,
  permit: false,
  ownersOwn: false,
  ...change,
})
/** Eight miners with 0 to 7 alpha an epoch, and a validator that gets 1,000. */
const FACTS: OutlookFacts = {
  netuid: netuid(7),
  block: 100_000,
  price: rao(TAO),
  rules: { minPrice: rao(500_000n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 },
  open: true,
  tempo: 360,
  lastEpochBlock: 99_900,
  most: 9,
  immunityBlocks: 4_096,
  minNonImmune: 2,
  places: [
    ...Array.from({ length: 8 }, (_, uid) => place(uid, BigInt(uid) * TAO)),
    place(8, 1_000n * TAO, { permit: true }),
  ],
}
/** Every miner that registered in the last day. */
const BUSY = { ...FACTS, places: FACTS.places.map((one) => (one.uid < 4 ? { ...one, registeredAt: 95_000 } : one)) }
const look = (facts: OutlookFacts, sold: readonly (Rao | undefined)[]) => outlookOf(facts, sold, rao(TAO))

describe('what a place would bring', () => {
  test('is the mean of the epochs that are known, up to the first one in which too few mined', () => {
    const times = (factor: bigint) => Array.from({ length: 8 }, (_, uid) => BigInt(uid) * TAO * factor)
    const few = [TAO, TAO]
    const earlier = [times(2n), times(6n), few, times(100n)].map((emissions, index) => ({
      block: 99_000 - index,
      emissions,
    }))
    const outlook = look({ ...FACTS, earlier }, [rao(1n), rao(2n), rao(3n)])
    const one = look(FACTS, [rao(1n), rao(2n), rao(3n)])
    expect([one.epochs, outlook.epochs]).toEqual([1, 3])
    expect(outlook.groups.map(({ alphaPerEpoch }) => alphaPerEpoch)).toEqual(
      one.groups.map(({ alphaPerEpoch }) => 3n * alphaPerEpoch),
    )
    expect(payPerDay({ ...FACTS, earlier })).toEqual(payPerDay(FACTS).map((pay) => 3n * pay))
    // Who earns what is told of the last one.
    expect(outlook.distribution).toEqual(one.distribution)
    expect(look({ ...FACTS, places: FACTS.places.slice(0, 2), earlier }, []).epochs).toBe(0)
  })

  test('is told by quartiles of those that mine, by the day', () => {
    // 20 epochs a day.
    expect(payPerDay(FACTS)).toEqual([20n * TAO, 60n * TAO, 100n * TAO])
    expect(payPerDay({ ...FACTS, tempo: 0 })).toEqual([0n, 0n, 0n])
    expect(payPerDay({ ...FACTS, places: FACTS.places.slice(5) })).toEqual([])
  })

  test('is set against its cost and against how long it is likely kept', () => {
    const { groups } = look(BUSY, [rao(0n), rao(TAO / 2n), rao(1_000n * TAO)])
    expect(groups.map(({ who, earnsBackBlocks }) => [who, earnsBackBlocks])).toEqual([
      ['lowQuartile', undefined],
      ['median', 14_400],
      ['highQuartile', 8],
    ])
    expect(groups.map((group) => group.earnsBackInTime)).toEqual(['no', 'unsure', 'yes'])
  })

  test('is unknown where the chain could not sell it, and where too few mine', () => {
    const { groups } = look(BUSY, [undefined, undefined, undefined])
    expect(groups.map((group) => group.earnsBackInTime)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(look({ ...FACTS, places: FACTS.places.slice(5) }, [])).toMatchObject({ distribution: undefined, groups: [] })
  })

  test('is never surely in time where nobody was seen to register, unless its immunity lasts', () => {
    const [, median] = look(FACTS, [rao(0n), rao(TAO / 100n), rao(0n)]).groups
    expect(median).toMatchObject({ earnsBackBlocks: 720_000, earnsBackInTime: 'unsure' })
    expect(look(FACTS, [rao(0n), rao(2n * TAO), rao(0n)]).groups[1]?.earnsBackInTime).toBe('yes')
  })
})

test('the same outlook is set against another cost without being asked for again', () => {
  const sold = [rao(0n), rao(TAO / 2n), undefined]
  const dearer = rao(3n * TAO)
  expect(outlookAt(look(BUSY, sold), dearer)).toEqual(outlookOf(BUSY, sold, dearer))
  expect(outlookAt(look(BUSY, sold), rao(TAO))).toEqual(look(BUSY, sold))
})

test('how long a place is kept rests on what was recorded, where something was', () => {
  const recorded = { registrations: 40, blocks: 7_200, from: 'recorded' } as const
  const [seen, counted] = [look({ ...BUSY, pace: recorded }, []), look(BUSY, [])]
  expect([seen.pace, counted.pace.from]).toEqual([recorded, 'still-there'])
  expect(seen.groups[1]?.survival?.expectedBlocks).toBeLessThan(counted.groups[1]?.survival?.expectedBlocks ?? 0)
})

test('what of the price is bound is known, none, or unknown', () => {
  expect(look({ ...FACTS, collateral: { share: 32_768 } }, []).bound).toBe(500_007_629n)
  expect(look({ ...FACTS, collateral: { share: 0 } }, []).bound).toBe(0n)
  const unknown = look(FACTS, [])
  expect('bound' in unknown || 'collateral' in unknown).toBe(false)
})

test('the price is projected by the hour, for a day without registrations', () => {
  const { projected } = look(FACTS, [])
  expect(projected.length).toBe(25)
  expect([projected[0], projected[24]?.block]).toEqual([{ block: 100_000, price: TAO }, 107_200])
})
