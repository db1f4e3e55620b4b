import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NANOS } from '../fiat/fiat-price.ts'
import { netuid, ss58 } from '../units/amounts.ts'
import { DAY_MS, sizeOf } from './figure.ts'
import { incomesOf, type MinedEpoch } from './income.ts'
import { DEFAULT_PROFIT, type ProfitSettings } from './profit-settings.ts'
import { emptySlot, type ProfitSlot } from './profit-slot.ts'
import { type Reckoned, reckon } from './reckon.ts'
import { QUARTER_MS } from './tariff.ts'

// What is said to break even is put back in: the whole reckoning has to come out at 0.

const UTC = (atMs: number) => ({ day: Math.floor(atMs / DAY_MS) % 7, minute: Math.floor((atMs % DAY_MS) / 60_000) })
const MINER = { netuid: netuid(2), hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty') }
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]

const story = fc.record({
  days: fc.integer({ min: 1, max: 3 }),
  watts: fc.integer({ min: 20, max: 3_000 }),
  idle: fc.integer({ min: 0, max: 15 }),
  shared: fc.boolean(),
  /** 1e-9 alpha an epoch. */
  alpha: fc.bigInt(1_000_000n, 10n ** 12n),
  raoPerAlpha: fc.bigInt(1_000n, 10n ** 9n),
  nanosPerTao: fc.bigInt(NANOS, 10_000n * NANOS),
  tariff: fc.bigInt(0n, 3n * NANOS),
  night: fc.bigInt(-NANOS, NANOS),
  paid: fc.bigInt(0n, 10n ** 10n),
  feeRao: fc.bigInt(0n, 10n ** 9n),
  hardware: fc.bigInt(0n, 10_000n * NANOS),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

function factsOf(one: Story): Reckoned {
  const span = { fromMs: 0, toMs: one.days * DAY_MS }
  const slots: ProfitSlot[] = Array.from({ length: one.days * 96 }, (_, n) => ({
    ...emptySlot(n * QUARTER_MS),
    mining: { ms: QUARTER_MS, measuredMs: QUARTER_MS, wattHours: one.watts / 4 },
    miner: MINER,
  }))
  const epochs: MinedEpoch[] = Array.from({ length: one.days * 20 }, (_, n) => ({
    ...MINER,
    atMs: n * (DAY_MS / 20) + 5,
    alpha: one.alpha + BigInt(n % 5),
    price: one.raoPerAlpha,
    epochs: 1,
  }))
  const settings: ProfitSettings = {
    ...DEFAULT_PROFIT,
    tariff: {
      nanosPerKwh: one.tariff,
      bands: [{ days: EVERY_DAY, fromMinute: 1_320, toMinute: 360, nanosPerKwh: one.night }],
    },
    power: { by: 'measured', idleWatts: one.idle },
    machine: one.shared ? { use: 'shared', sharePercent: 37.5 } : { use: 'dedicated' },
    hardware: { priceNanos: one.hardware, resaleNanos: 0n, lifeDays: 777 },
  }
  const incomes = incomesOf(epochs, span)
  return {
    ...{ ...span, settings, slots, epochs, incomes, clock: UTC },
    saleRao: incomes.map(({ alphaPerDay }) => (alphaPerDay.amount * one.raoPerAlpha) / NANOS),
    places: [{ ...MINER, paidRao: one.paid, paidBy: 'ledger', lowDays: 9, expectedDays: 33.3, highDays: 70 }],
    sales: [{ atMs: 7, feeRao: one.feeRao }],
    price: { nanosPerTao: one.nanosPerTao, ppm: 0 },
  }
}

test('at the price of power that breaks even, at all hours, the result is 0', () => {
  fc.assert(
    fc.property(story, (one) => {
      const facts = factsOf(one)
      const before = reckon(facts)
      const even = before.breakEvenPerKwh?.amount
      expect(even).toBeDefined()
      const tariff = { nanosPerKwh: even ?? 0n, bands: [] }
      const after = reckon({ ...facts, settings: { ...facts.settings, tariff } })
      // The price is whole billionths: by less than one of them for each kilowatt-hour of a day, and a unit of each rounding.
      const step = (before.microWattHoursPerDay ?? 0n) / NANOS + 3n
      expect(sizeOf(after.net?.amount ?? 10n ** 30n)).toBeLessThanOrEqual(step)
      expect(after.verdict).not.toBe('earns')
      expect(after.breakEvenPerKwh?.amount).toBe(even)
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

test('at the price of alpha that breaks even the result is 0, and a rao less is a loss', () => {
  fc.assert(
    fc.property(story, (one) => {
      const facts = factsOf(one)
      const before = reckon(facts)
      const even = before.breakEvenRaoPerAlpha
      expect(even).toBeDefined()
      const alpha = before.incomes[0]?.alphaPerDay.amount ?? 0n
      const at = (rao: bigint) => reckon({ ...facts, saleRao: [(alpha * rao) / NANOS] }).net?.amount ?? 0n
      // Power that is paid for taking it may leave nothing to earn.
      if (even === 0n) {
        expect(at(0n) >= 0n).toBe(true)
        return
      }
      // Rounded up twice, to a billionth of the currency and to a rao, for each alpha of a day.
      const step = ((alpha + NANOS) / NANOS + 2n) * (one.nanosPerTao / NANOS + 2n)
      const left = at(even ?? 0n)
      expect(left <= step && left >= -step).toBe(true)
      expect(at((even ?? 0n) - 1n)).toBeLessThan(left + 1n)
      expect(at((even ?? 0n) * 2n)).toBeGreaterThan(0n - step)
    }),
    { numRuns: 25, endOnFailure: true },
  )
})

test('several places add up, and one of which nothing is known makes the sum unknown, not smaller', () => {
  const one = { ...fc.sample(story, { numRuns: 1, seed: 7 })[0] } as Story
  const facts = factsOf(one)
  const other = { netuid: netuid(3), hotkey: ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY') }
  const epochs = [...facts.epochs, ...facts.epochs.map((epoch) => ({ ...epoch, ...other }))]
  const incomes = incomesOf(epochs, facts)
  const [place] = facts.places
  const places = place ? [place, { ...place, netuid: 3 }] : []
  const [sale] = facts.saleRao
  const both = reckon({ ...facts, epochs, incomes, saleRao: [sale, sale], places })
  const alone = reckon(facts)
  const raoOf = (result: typeof both, kind: string) =>
    result.lines.find((line) => line.kind === kind)?.rao?.amount ?? 0n
  expect(raoOf(both, 'income')).toBe(2n * raoOf(alone, 'income'))
  expect(raoOf(both, 'place')).toBe(2n * raoOf(alone, 'place'))
  expect(both.breakEvenPerAlpha).toBeUndefined()
  const missing = reckon({ ...facts, places })
  expect(missing).toMatchObject({ verdict: 'unknown', lines: [{ missing: 'few-epochs' }, {}, {}, {}, {}] })
  expect(missing.net).toBeUndefined()
})

test('epochs that nobody looked into cannot make a loss, nor hide a gain', () => {
  const one = { ...fc.sample(story, { numRuns: 1, seed: 3 })[0], alpha: 10n ** 12n } as Story
  const dear = { watts: 3_000, tariff: 3n * NANOS, night: NANOS, paid: 0n, feeRao: 0n }
  const facts = factsOf({ ...one, ...dear, raoPerAlpha: 10n ** 9n, nanosPerTao: 1_000n * NANOS })
  const unseen = (n: number) => facts.epochs.map((row, at) => (at < n ? { ...row, alpha: undefined } : row))
  const at = (epochs: readonly MinedEpoch[], saleRao: bigint) =>
    reckon({ ...facts, epochs, incomes: incomesOf(epochs, facts), saleRao: [saleRao] })
  const gain = at(unseen(1), facts.saleRao[0] ?? 0n)
  expect(gain).toMatchObject({ verdict: 'earns', lines: [{ atLeast: true }, {}, {}, {}, {}] })
  expect(gain.breakEvenPerKwh).toBeUndefined()
  expect(at(facts.epochs, 1n).verdict).toBe('costs')
  expect(at(unseen(1), 1n)).toMatchObject({ verdict: 'unknown', net: undefined })
})
