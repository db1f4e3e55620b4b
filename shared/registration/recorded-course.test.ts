import { describe, expect, test } from 'vitest'
import { rao } from '../units/amounts.ts'
import { type PriceRules, priceAfter, priceAfterRegistration } from './price-course.ts'
import { courseLines, daysOf, recordedPace, watchedIn } from './recorded-course.ts'

const TAO = 1_000_000_000n
const RULES: PriceRules = { minPrice: rao(500_000n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 }
const at = (block: number, price: bigint) => ({ block, price: rao(price) })

describe('a recorded course', () => {
  test('falls by the rule to each registration, jumps there, and ends at what the chain said next', () => {
    const fallen = priceAfter(rao(TAO), 60, RULES)
    const jumped = priceAfterRegistration(fallen, RULES)
    const end = priceAfter(jumped, 90, RULES)
    const registrations = [100, 160, 250].map((block) => ({ block, uid: 1 }))
    // That of block 100 is in the look itself, and so is that of block 250.
    expect(courseLines({ samples: [at(100, TAO), at(250, end)], registrations, rules: RULES })).toEqual([
      [at(100, TAO), at(160, fallen), at(160, jumped), at(250, end)],
    ])
  })

  test('has gaps where nobody looked, and none where old looks were thinned out', () => {
    const samples = [0, 150, 300, 900, 1_050].map((block) => at(block, TAO))
    expect(courseLines({ samples, registrations: [], rules: RULES }).map((line) => line.length)).toEqual([3, 2])
    const old = [0, 600, 1_200, 30_000].map((block) => at(block, TAO))
    expect(courseLines({ samples: old, registrations: [], rules: RULES }).map((line) => line.length)).toEqual([3, 1])
    expect(courseLines({ samples: [], registrations: [], rules: RULES })).toEqual([])
  })
})

describe('registrations a day', () => {
  const spans = [
    { from: 1, to: 100 },
    { from: 7_300, to: 20_000 },
  ]
  test('are counted in what was watched, and unknown where that is too little', () => {
    expect(watchedIn(spans, { from: 50, to: 7_309 })).toBe(61)
    const seen = [7_400, 15_000, 19_000].map((block) => ({ block, uid: 0 }))
    const days = daysOf(spans, seen, 20_000)
    expect(days).toEqual([
      { toBlock: 20_000, watched: 7_200, registrations: 2 },
      { toBlock: 12_800, watched: 5_501, registrations: 1 },
      { toBlock: 5_600, watched: 100, registrations: 0 },
    ])
    expect(recordedPace(days)).toEqual({ registrations: 3, blocks: 12_801, from: 'recorded' })
    expect(recordedPace(daysOf([{ from: 1, to: 299 }], [], 299))).toBeUndefined()
  })
})
