import { expect, test } from 'vitest'
import type { PlaceCourse } from '../../shared/contract/registration.contract.ts'
import type { WatchedPlace } from '../../shared/registration/watch.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { courseText, placeLines, watchArguments } from './mine-watch.ts'

const HOTKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BLOCK_MS = 12_000
const place: WatchedPlace = {
  netuid: netuid(3),
  uid: 7,
  hotkey: HOTKEY,
  registeredAt: 10,
  block: 50_000,
  emission: 5n,
  taken: 255,
  most: 256,
  immuneUntilBlock: 1_010,
  immuneBlocks: 0,
  fromBottom: 3,
  mortal: 200,
  registrationsLeft: 4,
  pace: { registrations: 24, blocks: 7_200, from: 'recorded' },
  survival: { leastBlocks: 0, expectedBlocks: 1_200, mostBlocks: 3_000, because: 'free-places' },
}
const removal = { block: 50_000, next: netuid(3), freeSubnets: 0, subnets: [] }

test('reads its arguments, and refuses what is none', () => {
  expect(watchArguments(['--json', '--netuid', '3'])).toMatchObject({ ok: true, value: { json: true, netuid: 3 } })
  expect(watchArguments([])).toMatchObject({ ok: true, value: { json: false, netuid: undefined } })
  for (const bad of [['--netuid', '70000'], ['--netuid', 'x'], ['--netuid', ''], ['now']])
    expect(watchArguments(bad).ok).toBe(false)
})

test('says of a place where it stands, how long it may be kept, and what may happen to its subnet', () => {
  expect(placeLines({ block: 50_000, places: [place], removal }, BLOCK_MS)).toEqual([
    `Subnet 3, uid 7, hotkey ${HOTKEY}`,
    '  It stands at place 3 from the bottom of 200 that may be replaced. Free places that will be taken first: 1. It goes with registration 4 from now.',
    '  If others come as they came and its pay stays, it is kept for about 4 hours; likely between any moment and about 10 hours.',
    '  Registrations seen in 7200 blocks, about 24 hours: 24, which is 24.0 a day.',
    '  This subnet is the next that the chain would remove. No place for subnets is free: the next new subnet removes one.',
  ])
  expect(placeLines({ block: 1, places: [] }, BLOCK_MS)).toEqual([
    'None of the hotkeys on this computer has a place on a subnet.',
  ])
})

test('says what a place costs, cost, and will cost', () => {
  const TAO = 1_000_000_000n
  const course: PlaceCourse = {
    netuid: netuid(3),
    block: 1_000,
    price: rao(TAO),
    rules: { minPrice: rao(TAO / 4n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 },
    open: true,
    lines: [
      [
        { block: 800, price: rao(2n * TAO) },
        { block: 1_000, price: rao(TAO) },
      ],
    ],
    registrations: [],
    days: [],
    projected: Array.from({ length: 7 }, (_, step) => ({
      block: 1_000 + step * 60,
      price: rao(step < 6 ? TAO : TAO / 2n),
    })),
  }
  expect(courseText(course, BLOCK_MS)).toEqual([
    'A place on subnet 3 costs 1.000000000 TAO at block 1000.',
    'Recorded here: between 2.000000000 and 2.000000000 TAO, in 1 piece without a gap.',
    'How many register in a day is unknown: too little was watched yet.',
    'If nobody registers, by the chain’s own rule:',
    '  0.500000000 TAO in about one hour',
    'It reaches 0.250000000 TAO, the lowest there is, in about 2 hours. Each registration makes it dearer: × 1.26.',
  ])
  expect(courseText({ ...course, lines: [course.lines[0]?.slice(1) ?? []] }, BLOCK_MS)[1]).toMatch(
    /^Nothing is recorded/,
  )
})
