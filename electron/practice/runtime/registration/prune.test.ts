import { describe, expect, it } from 'vitest'
import { type Seat, seatToPrune } from './prune.ts'

const seat = (uid: number, emission: bigint, registeredAt: number, immortal = false): Seat => ({
  uid,
  emission,
  registeredAt,
  immortal,
})
const rules = { block: 1000, immunityPeriod: 100, minNonImmune: 1 }

describe('seatToPrune', () => {
  it.each<[string, Seat[], number | undefined]>([
    ['the lowest emission', [seat(0, 9n, 0), seat(1, 3n, 0), seat(2, 5n, 0)], 1],
    ['the oldest of equals', [seat(0, 3n, 20), seat(1, 3n, 10), seat(2, 5n, 0)], 1],
    ['the lowest uid of twins', [seat(2, 3n, 10), seat(1, 3n, 10), seat(3, 5n, 0)], 1],
    ['nobody in immunity while others can go', [seat(0, 0n, 950), seat(1, 3n, 0), seat(2, 5n, 0)], 1],
    ['an immune one when too few others remain', [seat(0, 7n, 950), seat(1, 4n, 960), seat(2, 0n, 0)], 1],
    ['nobody when only a few are left and none is immune', [seat(0, 7n, 0)], undefined],
    ['never an owner', [seat(0, 0n, 0, true), seat(1, 3n, 0), seat(2, 5n, 0)], 1],
  ])('takes %s', (_what, seats, uid) => {
    expect(seatToPrune(seats, rules)).toBe(uid)
  })

  it('ends immunity exactly after its period', () => {
    expect(seatToPrune([seat(0, 0n, 900), seat(1, 9n, 0), seat(2, 9n, 0)], rules)).toBe(0)
    expect(seatToPrune([seat(0, 0n, 901), seat(1, 9n, 0), seat(2, 9n, 0)], rules)).toBe(1)
  })
})
