import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  immunityRoom,
  type Place,
  type Places,
  replacedNext,
  summaryOf,
} from '../../../../shared/registration/places.ts'
import { rankFromBottom, type Survival, survivalOf } from '../../../../shared/registration/survival.ts'
import { ss58 } from '../../../../shared/units/amounts.ts'
import { type Dice, dice } from '../../seed/dice.ts'
import { seatToPrune } from './prune.ts'

// The estimate of how long a place is kept, against the chain's own rule of who goes: many subnets on which others register at random.

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const FIRST = 20_000
const RUNS = 120

interface Subnet {
  readonly most: number
  readonly immunity: number
  readonly kept: number
  /** Registrations in 10,000 blocks. */
  readonly pace: number
  /** What a newcomer gets of the pay, before anything is known of it: nothing, or more than everybody. */
  readonly newcomers: 'earn nothing' | 'earn most'
}

class Simulation {
  block = 0
  readonly #rolls: Dice
  readonly #subnet: Subnet
  seats: Place[] = []

  constructor(subnet: Subnet, seed: number) {
    this.#rolls = dice(seed)
    this.#subnet = subnet
    for (let uid = 0; uid < subnet.most; uid += 1) this.#sit(uid, BigInt(1 + this.#rolls.between(0, 999)), -1)
    while (this.block < FIRST) this.next()
  }

  #sit(uid: number, emission: bigint, registeredAt = this.block): void {
    this.seats[uid] = { uid, hotkey: KEY, emission, incentive: 0, registeredAt, permit: false, ownersOwn: false }
  }

  /** As many blocks as pass until somebody else registers. @returns the uid that was given away */
  next(): number | undefined {
    const luck = this.#rolls.between(1, 1_000_000) / 1_000_000
    this.block += Math.max(1, Math.ceil((-Math.log(luck) * 10_000) / this.#subnet.pace))
    return this.register(this.#subnet.newcomers === 'earn most' ? BigInt(2_000 + this.block) : 0n)
  }

  register(emission: bigint): number | undefined {
    const { immunity, kept } = this.#subnet
    const seats = this.seats.map((seat) => ({ ...seat, immortal: false }))
    const uid = seatToPrune(seats, { block: this.block, immunityPeriod: immunity, minNonImmune: kept })
    if (uid !== undefined) this.#sit(uid, emission)
    return uid
  }

  get places(): Places {
    const { most, immunity, kept } = this.#subnet
    return { block: this.block, most, immunityBlocks: immunity, minNonImmune: kept, places: this.seats }
  }
}

/** A place is bought that is paid as the middle one is, and kept until the chain gives it away. */
function kept(subnet: Subnet, seed: number): { readonly estimate: Survival | undefined; readonly blocks: number } {
  const world = new Simulation(subnet, seed)
  const { places } = world
  const emissions = replacedNext(places).map(({ emission }) => emission)
  const own = [...emissions].sort((a, b) => Number(a - b))[Math.floor(emissions.length / 2)] ?? 0n
  const { registeredLately, inBlocks } = summaryOf(places)
  const estimate = survivalOf({
    immuneBlocks: subnet.immunity,
    freePlaces: 0,
    fromBottom: rankFromBottom(emissions, own),
    registrations: registeredLately,
    blocks: inBlocks,
    immunity: { blocks: subnet.immunity, room: immunityRoom(places) },
  })
  const uid = world.register(own)
  const from = world.block
  while (world.block - from < 20 * FIRST) if (world.next() === uid) break
  return { estimate, blocks: world.block - from }
}

const runsOf = (subnet: Subnet) => Array.from({ length: RUNS }, (_, seed) => kept(subnet, seed + 1))
const shareOf = <T>(list: readonly T[], holds: (one: T) => boolean) => list.filter(holds).length / list.length

describe('how long a place is kept', () => {
  it.each<[string, Subnet]>([
    ['a calm subnet', { most: 64, immunity: 4_096, kept: 10, pace: 20, newcomers: 'earn most' }],
    ['a lively one', { most: 64, immunity: 2_000, kept: 10, pace: 80, newcomers: 'earn most' }],
    ['one where immunity is short', { most: 32, immunity: 400, kept: 2, pace: 60, newcomers: 'earn most' }],
  ])('is within the range on %s whose newcomers earn more than everybody', (_what, subnet) => {
    const runs = runsOf(subnet).filter(({ estimate }) => estimate !== undefined)
    expect(runs.length).toBe(RUNS)
    expect(shareOf(runs, ({ estimate, blocks }) => blocks >= (estimate?.leastBlocks ?? 0))).toBeGreaterThan(0.95)
    expect(
      shareOf(runs, ({ estimate, blocks }) => blocks <= (estimate?.mostBlocks ?? Number.POSITIVE_INFINITY)),
    ).toBeGreaterThan(0.95)
  })

  it.each<[string, Subnet]>([
    ['whose newcomers earn nothing', { most: 64, immunity: 2_000, kept: 10, pace: 80, newcomers: 'earn nothing' }],
    [
      'where so many come that the immune go',
      { most: 40, immunity: 4_096, kept: 10, pace: 200, newcomers: 'earn most' },
    ],
    ['where they may be about to', { most: 40, immunity: 4_096, kept: 10, pace: 73, newcomers: 'earn most' }],
  ])('is hardly ever less than the least on a subnet %s', (_what, subnet) => {
    const runs = runsOf(subnet).filter(({ estimate }) => estimate !== undefined)
    expect(shareOf(runs, ({ estimate, blocks }) => blocks >= (estimate?.leastBlocks ?? 0))).toBeGreaterThan(0.95)
  })

  it('is unknown where less than an hour of blocks was seen, whatever was seen in it', () => {
    fc.assert(
      fc.property(
        fc.nat(299),
        fc.nat(50),
        fc.nat(5_000),
        fc.integer({ min: 1, max: 256 }),
        (blocks, registrations, immuneBlocks, fromBottom) => {
          expect(survivalOf({ blocks, registrations, immuneBlocks, fromBottom, freePlaces: 0 })).toBeUndefined()
        },
      ),
    )
  })
})
