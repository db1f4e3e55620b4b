import { expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { type HeldAt, notFinal } from './not-final.ts'

const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const stake = (id: number, amount: bigint) => ({ netuid: netuid(id), hotkey: BOB, alpha: alpha(amount) })
const at = (block: number, free: bigint, ...positions: HeldAt['positions']): HeldAt => ({
  block,
  free: rao(free),
  positions,
})

test('blocks that say the same have nothing to tell', () => {
  expect(notFinal(at(9, 5n, stake(1, 3n)), at(7, 5n, stake(1, 3n)))).toBeUndefined()
})

test('what is newer, what is gone and what is not there yet stand with both numbers', () => {
  const newest = at(9, 4n, stake(1, 3n), stake(2, 7n), stake(4, 1n))
  const final = at(7, 5n, stake(1, 3n), stake(2, 6n), stake(3, 2n))
  expect(notFinal(newest, final)).toEqual({
    finalBlock: 7,
    free: { newest: 4n, final: 5n },
    positions: [
      { netuid: 2, hotkey: BOB, newest: 7n, final: 6n },
      { netuid: 4, hotkey: BOB, newest: 1n, final: undefined },
      { netuid: 3, hotkey: BOB, final: 2n },
    ],
  })
  expect(notFinal(at(9, 4n), at(7, 5n))).toEqual({ finalBlock: 7, free: { newest: 4n, final: 5n }, positions: [] })
})
