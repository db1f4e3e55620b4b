import { expect, test } from 'vitest'
import type { PlaceCourse } from '../../shared/contract/registration.contract.ts'
import { netuid, rao } from '../../shared/units/amounts.ts'
import { courseShape } from './course-shape.ts'

const at = (block: number, price: bigint) => ({ block, price: rao(price) })
const course = (lines: PlaceCourse['lines']): PlaceCourse => ({
  netuid: netuid(3),
  block: 1_000,
  price: rao(100n),
  rules: { minPrice: rao(1n), maxPrice: rao(1_000n), halfLife: 360, increasePpm: 1_260_000 },
  open: true,
  lines,
  registrations: [],
  days: [],
  projected: [at(1_000, 100n), at(2_000, 50n)],
})

test('draws the past left of now, the projection right of it, and hatches what nobody recorded', () => {
  const shape = courseShape(
    course([
      [at(250, 200n), at(500, 100n)],
      [at(900, 110n), at(1_000, 100n)],
    ]),
    1_000,
  )
  expect([shape.now, shape.highest, shape.lowest]).toEqual([50, 200n, 50n])
  expect(shape.lines).toEqual(['125.0,5.00 250.0,52.50', '450.0,47.75 500.0,52.50'])
  expect(shape.projected).toBe('500.0,52.50 1000.0,76.25')
  expect(shape.gaps).toEqual([
    { from: 0, width: 12.5 },
    { from: 25, width: 20 },
  ])
})

test('of nothing recorded is one gap up to now', () => {
  const shape = courseShape(course([[at(1_000, 100n)]]), 1_000)
  expect([shape.lines, shape.gaps]).toEqual([[], [{ from: 0, width: 50 }]])
})
