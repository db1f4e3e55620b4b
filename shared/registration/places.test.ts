import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seatToPrune } from '../../electron/practice/runtime/registration/prune.ts'
import { ss58 } from '../units/amounts.ts'
import { distributionOf, type Place, type Places, replacedNext, standingOf, summaryOf } from './places.ts'
import { rankFromBottom, survivalOf } from './survival.ts'

const KEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const place = (uid: number, change: Partial<Place> = {}): Place => ({
  uid,
  hotkey: KEY,
  emission: BigInt(uid) * 100n,
  incentive: 0,
  registeredAt: 0,
  permit: false,
  ownersOwn: false,
  ...change,
})
const subnet = (places: readonly Place[], change: Partial<Places> = {}): Places => ({
  block: 10_000,
  most: 256,
  immunityBlocks: 4_096,
  minNonImmune: 2,
  places,
  ...change,
})

describe('who is replaced next', () => {
  test('is who the chain takes, whatever the places are', () => {
    const one = fc.record({
      emission: fc.bigInt(0n, 3n),
      registeredAt: fc.integer({ min: 0, max: 3 }).map((n) => n * 3_000),
      ownersOwn: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (facts) => {
        const all = subnet(facts.map((fact, uid) => place(uid, fact)))
        const seats = all.places.map(({ ownersOwn, ...seat }) => ({ ...seat, immortal: ownersOwn }))
        const rules = { block: all.block, immunityPeriod: all.immunityBlocks, minNonImmune: 2 }
        expect(replacedNext(all)[0]?.uid).toBe(seatToPrune(seats, rules))
      }),
    )
  })

  test('goes by emission, then by age, then by uid', () => {
    const all = subnet([
      place(0, { emission: 5n }),
      place(1, { emission: 5n }),
      place(2, { registeredAt: 5_000, emission: 5n }),
      place(3, { emission: 1n }),
    ])
    expect(replacedNext(all).map(({ uid }) => uid)).toEqual([3, 0, 1, 2])
  })

  test('stands from the bottom; an immune place and the owner’s own are not in the queue', () => {
    const all = subnet([place(0), place(1), place(2), place(3, { registeredAt: 9_000 }), place(4, { ownersOwn: true })])
    expect(standingOf(all, 1)).toEqual({ immuneUntilBlock: 4_096, immune: false, fromBottom: 2, mortal: 3 })
    expect(standingOf(all, 3)).toMatchObject({ immuneUntilBlock: 13_096, immune: true, fromBottom: undefined })
    expect(standingOf(all, 4)?.fromBottom).toBeUndefined()
    expect(standingOf(all, 9)).toBeUndefined()
  })
})

test('places are counted', () => {
  const all = subnet([
    place(0),
    place(1, { registeredAt: 9_999 }),
    place(2, { registeredAt: 2_800 }),
    place(3, { registeredAt: 5_905 }),
  ])
  expect(summaryOf(all)).toEqual({ taken: 4, most: 256, immune: 2, registeredLately: 2, inBlocks: 7_200 })
})

describe('who earns what', () => {
  test('is unknown of a few', () => {
    expect(distributionOf([1n, 2n, 3n, 4n])).toBeUndefined()
  })

  test('is told by quartiles, the best ten and those that get nothing', () => {
    const emissions = [
      ...Array.from({ length: 10 }, () => 0n),
      ...Array.from({ length: 10 }, (_, n) => BigInt(n + 1) * 10n),
    ]
    expect(distributionOf(emissions.toReversed())).toEqual({
      miners: 20,
      lowQuartile: 0n,
      median: 0n,
      highQuartile: 50n,
      best: 100n,
      topTenPpm: 1_000_000,
      earnNothingPpm: 500_000,
    })
    expect(distributionOf([0n, 0n, 0n, 0n, 0n])).toMatchObject({ best: 0n, topTenPpm: 0, earnNothingPpm: 1_000_000 })
  })

  test('has quartiles in order, each of them somebody’s own', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1_000n), { minLength: 5, maxLength: 60 }), (emissions) => {
        const found = distributionOf(emissions)
        const marks = [found?.lowQuartile ?? -1n, found?.median ?? -1n, found?.highQuartile ?? -1n, found?.best ?? -1n]
        marks.forEach((mark, index) => {
          expect(emissions.includes(mark)).toBe(true)
          expect(mark >= (marks[index - 1] ?? 0n)).toBe(true)
          expect(emissions.filter((one) => one <= mark).length * 4).toBeGreaterThanOrEqual(
            emissions.length * (index + 1),
          )
        })
      }),
    )
  })
})

describe('how long a place is kept', () => {
  const FACTS = { immuneBlocks: 0, freePlaces: 0, fromBottom: 16, registrations: 64, blocks: 8_000 }

  test('is its place in the queue over the pace of registrations, and not surer than what was counted', () => {
    expect(survivalOf(FACTS)).toEqual({
      leastBlocks: 500,
      expectedBlocks: 2_000,
      mostBlocks: 3_500,
      because: 'queue',
    })
  })

  test('counts immunity and free places first', () => {
    expect(survivalOf({ ...FACTS, immuneBlocks: 3_000 })).toMatchObject({
      // The 16 below it are gone after 2,000; it goes with the first one after its immunity.
      leastBlocks: 3_000,
      expectedBlocks: 3_125,
      // Others may be below it by then.
      mostBlocks: 6_500,
      because: 'immune-then-queue',
    })
    expect(survivalOf({ ...FACTS, freePlaces: 48 })).toMatchObject({ expectedBlocks: 8_000, because: 'free-places' })
  })

  test('does not add free places to immunity: others take them while it lasts', () => {
    // One in 125 blocks: the 8 free places are gone after 1,000, long before immunity ends.
    const both = { ...FACTS, immuneBlocks: 3_000, freePlaces: 8 }
    expect(survivalOf(both)).toMatchObject({ expectedBlocks: 3_125, leastBlocks: 3_000, mostBlocks: 6_500 })
    // Many free places outlast it.
    expect(survivalOf({ ...both, freePlaces: 48 })).toMatchObject({ expectedBlocks: 8_000 })
    expect(survivalOf({ ...both, registrations: 0 })).toMatchObject({ leastBlocks: (24 * 8_000) / 3 })
  })

  test('has no upper bound where nobody registered, and is unknown after minutes', () => {
    expect(survivalOf({ ...FACTS, registrations: 0 })).toMatchObject({
      mostBlocks: undefined,
      because: 'no-registrations',
    })
    expect(survivalOf({ ...FACTS, blocks: 299 })).toBeUndefined()
  })

  test('counts on no immunity where so many register that the chain replaces the immune, too', () => {
    // One in 125 blocks: 32 are immune at a time.
    const immunity = { blocks: 4_000, room: 100 }
    const calm = { ...FACTS, immuneBlocks: 4_000, immunity }
    expect(survivalOf(calm)).toMatchObject({ leastBlocks: 4_000, expectedBlocks: 4_125, mostBlocks: 7_500 })
    const crowded = { ...calm, immunity: { ...immunity, room: 30 } }
    expect(survivalOf(crowded)).toMatchObject({ leastBlocks: 500, expectedBlocks: 2_000 })
    // Not surely: what was counted may be off by a quarter.
    expect(survivalOf({ ...calm, immunity: { ...immunity, room: 40 } })).toMatchObject({
      leastBlocks: 500,
      expectedBlocks: 4_125,
    })
  })

  test('never promises more to a lower place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 250 }), fc.integer({ min: 0, max: 300 }), (fromBottom, registrations) => {
        const lower = survivalOf({ ...FACTS, fromBottom, registrations })
        const higher = survivalOf({ ...FACTS, fromBottom: fromBottom + 1, registrations })
        expect((lower?.expectedBlocks ?? 1) < (higher?.expectedBlocks ?? 0)).toBe(true)
        expect((lower?.leastBlocks ?? 1) <= (lower?.expectedBlocks ?? 0)).toBe(true)
      }),
    )
  })

  test('a newcomer stands above those that got less', () => {
    expect(rankFromBottom([5n, 0n, 3n, 3n], 3n)).toBe(2)
    expect(rankFromBottom([], 0n)).toBe(1)
  })
})
