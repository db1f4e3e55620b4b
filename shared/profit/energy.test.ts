import { describe, expect, test } from 'vitest'
import { NANOS } from '../fiat/fiat-price.ts'
import { energyOf, wattsOf } from './energy.ts'
import type { Machine, PowerFigure } from './profit-settings.ts'
import { emptySlot, type ProfitSlot, slotStart, withPoints } from './profit-slot.ts'
import { QUARTER_MS, type Tariff } from './tariff.ts'

const UTC = (atMs: number) => ({ day: 1, minute: Math.floor((atMs % 86_400_000) / 60_000) })
const TARIFF: Tariff = { nanosPerKwh: (3n * NANOS) / 10n, bands: [] }
const whole = (watts: number) => ({ ms: QUARTER_MS, measuredMs: QUARTER_MS, wattHours: watts / 4 })
const slot = (n: number, change: Partial<ProfitSlot>): ProfitSlot => ({ ...emptySlot(n * QUARTER_MS), ...change })
const mining = (watts: readonly number[], from = 0) => watts.map((w, n) => slot(from + n, { mining: whole(w) }))
const resting = (watts: readonly number[], from = 100) => watts.map((w, n) => slot(from + n, { off: whole(w) }))

const energy = (
  slots: readonly ProfitSlot[],
  power: PowerFigure,
  machine: Machine,
  tariff: Tariff | undefined = TARIFF,
) => energyOf(slots, { power, machine, tariff, watts: wattsOf(slots, power), clock: UTC })

const MEASURED = { by: 'measured' } as const
const DEDICATED = { use: 'dedicated' } as const
const SHARED = { use: 'shared', sharePercent: 50 } as const

describe('energy', () => {
  test('of a computer that is there for mining is all that it drew, off by 5 % of its sensors', () => {
    const found = energy(mining([400, 400, 400, 400]), MEASURED, DEDICATED)
    expect(found).toEqual({
      microWattHours: 400_000_000n,
      cost: 120_000_000n,
      error: 6_000_000n,
      errorPpm: 50_000,
      atLeast: false,
    })
  })

  test('of a shared one is what it drew beyond rest, and how rest varied is part of the error', () => {
    const slots = [...mining([400, 400, 400, 400]), ...resting([80, 100, 100, 120])]
    expect(wattsOf(slots, MEASURED)).toMatchObject({ mining: 400, idle: 100 })
    const found = energy(slots, MEASURED, SHARED)
    expect(found?.microWattHours).toBe(300_000_000n)
    expect(found && found.error > 4_500_000n).toBe(true)
  })

  test('varies with what was measured: the error grows', () => {
    const calm = energy(mining([400, 400, 400, 400]), MEASURED, DEDICATED)
    const wild = energy(mining([100, 700, 100, 700]), MEASURED, DEDICATED)
    expect(wild?.cost).toBe(calm?.cost)
    expect((wild?.error ?? 0n) > (calm?.error ?? 0n) * 5n).toBe(true)
  })

  test('counts what it draws while it is held, where it is there for mining alone', () => {
    const held = slot(9, { held: whole(60) })
    expect(energy([...mining([400]), held], MEASURED, DEDICATED)?.microWattHours).toBe(115_000_000n)
    expect(energy([...mining([400]), ...resting([100, 100, 100, 100]), held], MEASURED, SHARED)?.microWattHours).toBe(
      75_000_000n,
    )
  })

  test('is what a person said, and then has no error', () => {
    const slots = [slot(0, { mining: { ms: QUARTER_MS, measuredMs: 0, wattHours: 0 } })]
    expect(energy(slots, { by: 'said', watts: 400, idleWatts: 60 }, SHARED)).toEqual({
      microWattHours: 85_000_000n,
      cost: 25_500_000n,
      error: 0n,
      errorPpm: 0,
      atLeast: false,
    })
  })
})

describe('what is not known stays so', () => {
  test('no sensor tells, and nobody said it', () => {
    expect(
      energy([slot(0, { mining: { ms: QUARTER_MS, measuredMs: 0, wattHours: 0 } })], MEASURED, DEDICATED),
    ).toBeUndefined()
  })
  test('nothing was measured at rest', () => {
    expect(energy([...mining([400]), ...resting([100])], MEASURED, SHARED)).toBeUndefined()
  })
  test('a part does not tell: it is at least that, until its owner says the rest', () => {
    const slots = mining([400, 400]).map((one) => ({ ...one, partial: true }))
    expect(energy(slots, MEASURED, DEDICATED)?.atLeast).toBe(true)
    expect(energy(slots, { by: 'measured', extraWatts: 50 }, DEDICATED)).toMatchObject({
      atLeast: false,
      microWattHours: 225_000_000n,
    })
  })
  test('a quarter of an hour was not measured', () => {
    const blind = slot(5, { mining: { ms: QUARTER_MS, measuredMs: 1_000, wattHours: 1 } })
    expect(energy([...mining([400]), blind], MEASURED, DEDICATED)).toMatchObject({ atLeast: true })
  })
  test('nobody said what energy costs', () => {
    const power = MEASURED
    const slots = mining([400])
    const terms = { power, machine: DEDICATED, tariff: undefined, watts: wattsOf(slots, power), clock: UTC }
    expect(energyOf(slots, terms)).toMatchObject({ cost: undefined, microWattHours: 100_000_000n })
  })
})

test('a quarter of an hour is made of its points, and of nothing across a gap', () => {
  const point = (atMs: number, watts?: number) => ({
    atMs,
    partial: false,
    use: 'mining' as const,
    ...(watts ? { watts } : {}),
  })
  let one = emptySlot(slotStart(QUARTER_MS + 5))
  one = withPoints(one, point(0, 100), point(36_000, 300))
  one = withPoints(one, point(36_000, 300), point(200_000, 300))
  one = withPoints(one, point(200_000, 300), point(236_000))
  expect(one).toMatchObject({ atMs: QUARTER_MS, mining: { ms: 72_000, measuredMs: 36_000, wattHours: 2 } })
})
