import { describe, expect, test } from 'vitest'
import { DEFAULT_ALERTS } from '../alerts/alert-settings.ts'
import { judgePlace, judgeRemoval } from '../alerts/judge-places.ts'
import { netuid, ss58 } from '../units/amounts.ts'
import type { Place, Places } from './places.ts'
import type { Pace } from './recorded-course.ts'
import { lostPlaces, type WatchedPlace, watchPlace } from './watch.ts'

const HOTKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const THREE = netuid(3)
const HOUR_BLOCKS = 300
const BLOCK_MS = 12_000
const place = (uid: number, emission: bigint, more: Partial<Place> = {}): Place => ({
  uid,
  hotkey: HOTKEY,
  emission,
  incentive: 0,
  registeredAt: 10 + uid,
  permit: false,
  ownersOwn: false,
  ...more,
})
const subnet = (places: readonly Place[], more: Partial<Places> = {}): Places => ({
  block: 50_000,
  most: places.length,
  immunityBlocks: 1_000,
  minNonImmune: 1,
  places,
  ...more,
})
const ten = Array.from({ length: 10 }, (_, uid) => place(uid, BigInt(uid)))
const pace = (registrations: number, blocks = 7_200): Pace => ({ registrations, blocks, from: 'recorded' })
const watched = (all: Places, uid: number, of?: Pace): WatchedPlace => {
  const found = watchPlace(all, { netuid: THREE, uid }, of)
  if (!found) throw new Error('no such place')
  return found
}

describe('a place that is watched', () => {
  test('stands where the chain would replace it, and goes with so many registrations', () => {
    expect(watched(subnet(ten), 0)).toMatchObject({ fromBottom: 1, registrationsLeft: 1, mortal: 10 })
    expect(watched(subnet(ten, { most: 13 }), 4)).toMatchObject({ fromBottom: 5, registrationsLeft: 8 })
    expect(watchPlace(subnet(ten), { netuid: THREE, uid: 77 }, undefined)).toBeUndefined()
  })

  test('of an immune one says where it would stand at its pay of now, and for how long it is safe', () => {
    const all = subnet([...ten.slice(1), place(0, 3n, { registeredAt: 49_600 })])
    const own = watched(all, 0, pace(10))
    expect(own).toMatchObject({ protection: 'immune', immuneBlocks: 600, immuneUntilBlock: 50_600, fromBottom: 3 })
    expect(own.registrationsLeft).toBeUndefined()
    expect(own.survival?.leastBlocks).toBeGreaterThanOrEqual(600)
    // The third from now comes after its immunity; the three may be others by then.
    expect(own.survival?.expectedBlocks).toBe((3 * 7_200) / 10)
    expect(own.survival?.mostBlocks).toBeGreaterThan(600 + (3 * 7_200) / 10)
  })

  test('is safe as the owner’s, and as one of the last outside of immunity', () => {
    expect(watched(subnet([place(0, 0n, { ownersOwn: true }), ...ten.slice(1)]), 0)).toMatchObject({
      protection: 'owner',
      survival: undefined,
    })
    const newcomers = ten.slice(1).map((one) => ({ ...one, registeredAt: 49_900 }))
    expect(watched(subnet([place(0, 0n), ...newcomers]), 0)).toMatchObject({ protection: 'few-others' })
    // Then an immune one goes, whatever its age.
    expect(watched(subnet([place(0, 0n), ...newcomers]), 1)).toMatchObject({ registrationsLeft: 1, immuneBlocks: 0 })
  })

  test('counts what was recorded, or at the least who still holds a place', () => {
    expect(watched(subnet(ten), 3, pace(4)).pace).toEqual(pace(4))
    // Of a full subnet only as far back as a place is surely still held: one immunity.
    expect(watched(subnet(ten), 3).pace).toEqual({ registrations: 0, blocks: 1_000, from: 'still-there' })
  })
})

describe('a place that was ours', () => {
  const known = [{ netuid: THREE, uid: 4, hotkey: HOTKEY, registeredAt: 14 }]
  const now = (all: Places | undefined, gone: readonly (typeof THREE)[] = []) => ({
    read: new Map(all ? [[THREE, all] as const] : []),
    gone: new Set(gone),
  })
  test.each([
    ['is still there', now(subnet(ten)), []],
    [
      'went to another hotkey by a swap',
      now(subnet(ten.map((one) => ({ ...one, hotkey: ss58(`5${'F'.repeat(47)}`) })))),
      [],
    ],
    [
      'was replaced',
      now(subnet(ten.map((one) => (one.uid === 4 ? { ...one, registeredAt: 900 } : one)))),
      ['replaced'],
    ],
    ['has no uid any more', now(subnet(ten.slice(0, 4))), ['uid-removed']],
    ['is of a subnet under whose number another one began', now(subnet(ten, { since: 49_000 })), ['subnet-removed']],
    ['is of the subnet that was there before', now(subnet(ten, { since: 3 })), []],
    ['went with its subnet', now(undefined, [THREE]), ['subnet-removed']],
    ['was not looked at', now(undefined), []],
  ])('%s', (_, read, because) => {
    expect(lostPlaces(known, read).map((lost) => lost.because)).toEqual(because)
  })
})

describe('alerts of places', () => {
  const kinds = (own: WatchedPlace) => {
    const { raise, over } = judgePlace(own, DEFAULT_ALERTS, BLOCK_MS)
    return [raise.map(({ kind }) => kind), over.length]
  }
  const many = Array.from({ length: 60 }, (_, uid) => place(uid, BigInt(uid)))

  test('come when few registrations are left, and are over only well above that', () => {
    const at = (uid: number) => kinds(watched(subnet(many), uid, pace(0)))
    expect(at(4)).toEqual([['place-in-danger'], 0])
    // In between neither: it does not flicker.
    expect([at(5), at(7)]).toEqual([
      [[], 0],
      [[], 0],
    ])
    expect(at(8)).toEqual([[], 1])
  })

  test('come when it is expected to be lost within the hours that were set', () => {
    // One an hour: the 20th from the bottom has 20 hours, the 30th 30, the 50th 50.
    const at = (uid: number, hours = 24) =>
      judgePlace(watched(subnet(many), uid, pace(24)), { ...DEFAULT_ALERTS, keptHours: hours }, BLOCK_MS)
    expect(at(19).raise).toMatchObject([{ registrationsLeft: 20, keptMs: 20 * HOUR_BLOCKS * BLOCK_MS }])
    expect([at(29).raise.length, at(29).over.length]).toEqual([0, 0])
    expect([at(49).raise.length, at(49).over.length]).toEqual([0, 1])
    expect(at(19, 0).raise).toEqual([])
  })

  test('tell of the end of immunity in time, and of nothing while it lasts', () => {
    const immune = (left: number) =>
      watched(subnet([place(0, 0n, { registeredAt: 49_000 + left }), ...many.slice(1)]), 0)
    expect(kinds(immune(900))).toEqual([['immunity-ending'], 1])
    const long = subnet([place(0, 0n, { registeredAt: 50_000 }), ...many.slice(1)], { immunityBlocks: 5_000 })
    expect(kinds(watched(long, 0))).toEqual([[], 1])
  })

  test('tell of the subnet that goes next, if it is one of ours', () => {
    const removal = { next: THREE, freeSubnets: 0 }
    expect(judgeRemoval([THREE, netuid(4)], removal)).toMatchObject({
      raise: [{ kind: 'subnet-to-prune', netuid: 3 }],
      over: [{ netuid: 4 }],
    })
    expect(judgeRemoval([netuid(4)], { next: undefined, freeSubnets: undefined }).raise).toEqual([])
  })
})
