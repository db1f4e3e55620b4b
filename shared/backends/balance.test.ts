import { expect, test } from 'vitest'
import { type Candidate, leastLoaded } from './balance.ts'

const one = (places: number, running = 0, waiting = 0): Candidate => ({ places, running, waiting })

test.each<[string, readonly Candidate[], number | undefined]>([
  ['nobody', [], undefined],
  ['the only one, however busy', [one(1, 1, 9)], 0],
  ['the idle one', [one(2, 1), one(2)], 1],
  ['of equals the larger', [one(2, 1), one(4, 3)], 1],
  ['of equals in all the first', [one(4), one(4)], 0],
  ['the one with a free place, not the one with fewer requests', [one(1, 1), one(8, 3)], 1],
  ['by its queue, waiting counted as running', [one(2, 2, 0), one(2, 0, 1)], 1],
  ['the larger, when both are full', [one(1, 1), one(8, 8)], 1],
  ['the smaller, when the larger has the longer queue for its places', [one(2, 2), one(4, 4, 6)], 0],
])('takes %s', (_why, candidates, at) => {
  expect(leastLoaded(candidates)).toBe(at === undefined ? undefined : candidates[at])
})

/** Repeatable numbers: a failure can be looked at again. */
function numbers(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * most)
  }
}

test('never gives to one who is worse off than another', () => {
  const draw = numbers(7)
  for (let run = 0; run < 2_000; run++) {
    const candidates = Array.from({ length: 1 + draw(6) }, () => one(1 + draw(64), draw(80), draw(80)))
    const taken = leastLoaded(candidates)
    expect(taken).toBeDefined()
    const after = ({ places, running, waiting }: Candidate) => (running + waiting + 1) / places
    expect(after(taken!)).toBeLessThanOrEqual(Math.min(...candidates.map(after)) + 1e-12)
  }
})

test('a burst leaves no place empty while another has a queue, and shares the queue by places', () => {
  const draw = numbers(11)
  for (let run = 0; run < 200; run++) {
    const busy = Array.from({ length: 1 + draw(5) }, () => ({ places: 1 + draw(16), running: 0, waiting: 0 }))
    const burst = 1 + draw(200)
    for (let i = 0; i < burst; i++) leastLoaded(busy)!.waiting += 1
    const all = busy.reduce((sum, { places }) => sum + places, 0)
    expect(busy.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(burst)
    for (const { places, waiting } of busy) {
      if (burst <= all) expect(waiting).toBeLessThanOrEqual(places)
      else expect(waiting).toBeGreaterThanOrEqual(places)
      // Its share of the burst, and one for what cannot be divided.
      expect(waiting).toBeLessThanOrEqual(Math.floor((burst * places) / all) + busy.length)
    }
  }
})
