import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addEnergy,
  bookEnergy,
  dayOf,
  type EnergyDay,
  energyBetween,
  GAP_MS,
  MOST_DAYS,
  NO_ENERGY,
  type PowerPoint,
  powerSources,
  sumPower,
} from './power.ts'

const gpu = { name: 'GPU 0', source: 'nvidia-smi', watts: 200 }
const processor = { name: 'processor package 0', source: 'RAPL', watts: 60 }
const closed = { name: 'processor package 0', source: 'RAPL', why: 'not-permitted' } as const
const point = (atMs: number, watts?: number, change: Partial<PowerPoint> = {}): PowerPoint => ({
  atMs,
  watts,
  partial: false,
  use: 'mining',
  ...change,
})

describe('sumPower', () => {
  test('adds what is known, names its sources, and says when it is not all', () => {
    expect(sumPower([gpu, processor])).toMatchObject({ watts: 260, partial: false })
    expect(sumPower([gpu, closed])).toMatchObject({ watts: 200, partial: true })
    expect(powerSources([gpu, closed, processor])).toBe('GPU 0 by nvidia-smi, processor package 0 by RAPL')
  })

  test('nothing known is unknown, not 0', () => {
    expect(sumPower([closed])).not.toHaveProperty('watts')
    expect(sumPower([])).not.toHaveProperty('watts')
    expect(sumPower([{ ...gpu, watts: 0 }]).watts).toBe(0)
  })
})

describe('energy', () => {
  test('is the mean of two points over the time between', () =>
    expect(energyBetween(point(0, 100), point(36_000, 300))).toMatchObject({
      wattHours: 2,
      miningWattHours: 2,
      coveredMs: 36_000,
    }))

  test.each([
    ['a gap', point(0, 100), point(GAP_MS + 1, 100)],
    ['an unknown beginning', point(0), point(1000, 100)],
    ['an unknown end', point(0, 100), point(1000)],
    ['a clock that was set back', point(1000, 100), point(0, 100)],
  ])('is not made up over %s', (_name, from, to) => expect(energyBetween(from, to)).toBe(NO_ENERGY))

  test('counts for the miner only while it mined, and marks partial sums', () => {
    const held = energyBetween(point(0, 100, { use: 'held' }), point(60_000, 100, { partial: true }))
    expect(held).toMatchObject({ miningWattHours: 0, miningCoveredMs: 0, coveredMs: 60_000, partial: true })
  })

  test('the sum over any points is within the least and the most power over the covered time', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 2 * GAP_MS }), fc.option(fc.integer({ min: 0, max: 900 })))
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), (steps) => {
        let at = 0
        const points = steps.map(([gap, watts]) => {
          at += gap
          return point(at, watts ?? undefined)
        })
        const total = points.slice(1).reduce((sum, to, i) => addEnergy(sum, energyBetween(points[i]!, to)), NO_ENERGY)
        const known = points.flatMap(({ watts }) => (watts === undefined ? [] : [watts]))
        const hours = total.coveredMs / 3_600_000
        expect(total.wattHours).toBeLessThanOrEqual(Math.max(0, ...known) * hours + 1e-9)
        expect(total.wattHours).toBeGreaterThanOrEqual(Math.min(900, ...known) * hours - 1e-9)
      }),
    )
  })

  test('is booked by days, of which the oldest are dropped', () => {
    const hour = { ...NO_ENERGY, wattHours: 5, coveredMs: 1 }
    const twice = bookEnergy(bookEnergy([], '2026-11-22', hour), '2026-11-22', hour)
    expect(twice).toMatchObject([{ day: '2026-11-22', wattHours: 10, coveredMs: 2 }])
    expect(bookEnergy(twice, '2026-11-21', hour).map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-22'])
    expect(bookEnergy(twice, '2026-11-23', NO_ENERGY)).toBe(twice)
    const many: EnergyDay[] = Array.from({ length: MOST_DAYS }, (_, i) => ({ day: dayOf(i * 86_400_000), ...hour }))
    const next = bookEnergy(many, '2026-11-22', hour)
    expect([next.length, next[0]?.day]).toEqual([MOST_DAYS, many[1]?.day])
  })
})
