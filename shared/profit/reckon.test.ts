import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NANOS } from '../fiat/fiat-price.ts'
import { netuid, ss58 } from '../units/amounts.ts'
import { spanOf } from './days.ts'
import { incomesOf, type MinedEpoch } from './income.ts'
import { breakEvenPerKwh, type ProfitLine, sumUp } from './profit.ts'
import { DEFAULT_PROFIT, type ProfitSettings, profitProblem } from './profit-settings.ts'
import { emptySlot, type ProfitSlot } from './profit-slot.ts'
import { type Reckoned, reckon } from './reckon.ts'
import { QUARTER_MS } from './tariff.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const UTC = (atMs: number) => ({ day: Math.floor(atMs / DAY) % 7, minute: Math.floor((atMs % DAY) / 60_000) })
const EUR = (n: number) => BigInt(Math.round(n * 1e9))
const MINER = { netuid: netuid(2), hotkey: ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty') }

/** 400 W day and night, for so many days. */
const slots = (days: number): ProfitSlot[] =>
  Array.from({ length: days * 96 }, (_, n) => ({
    ...emptySlot(n * QUARTER_MS),
    mining: { ms: QUARTER_MS, measuredMs: QUARTER_MS, wattHours: 100 },
    miner: MINER,
  }))
/** 20 epochs a day of half an alpha each. */
const epochs = (days: number, change: Partial<MinedEpoch> = {}): MinedEpoch[] =>
  Array.from({ length: days * 20 }, (_, n) => ({
    ...MINER,
    atMs: Math.floor((n + 0.5) * (DAY / 20)),
    alpha: 500_000_000n,
    price: 20_000_000n,
    epochs: 1,
    ...change,
  }))
const KNOWN: ProfitSettings = {
  ...DEFAULT_PROFIT,
  tariff: { nanosPerKwh: EUR(0.3), bands: [] },
  hardware: { priceNanos: EUR(1_100), resaleNanos: EUR(100), lifeDays: 1_000 },
}
const PLACE = {
  ...MINER,
  paidRao: NANOS / 10n,
  paidBy: 'ledger',
  lowDays: 50,
  expectedDays: 100,
  highDays: 200,
} as const

function reckoned(change: Partial<Reckoned> = {}) {
  const span = { fromMs: 0, toMs: 4 * DAY }
  const mined = change.epochs ?? epochs(4)
  const incomes = incomesOf(mined, span)
  return reckon({
    ...span,
    settings: KNOWN,
    slots: slots(4),
    epochs: mined,
    incomes,
    // A sale brings 5 % less than the price says.
    saleRao: incomes.map(({ alphaPerDay }) => (alphaPerDay.amount * 19n) / 1_000n),
    places: [PLACE],
    sales: [{ atMs: 5, feeRao: 4_000_000n }],
    price: { nanosPerTao: EUR(300), ppm: 0 },
    clock: UTC,
    ...change,
  })
}
const money = (result: { readonly lines: readonly ProfitLine[] }, kind: ProfitLine['kind']) =>
  result.lines.find((line) => line.kind === kind)?.money

test('the result of a day is what came in less each cost, with the error of each', () => {
  const result = reckoned()
  // 10 alpha a day, sold at 0.019: 0.19 TAO, 57 €. 9.6 kWh: 2.88 €. 1000 € over 1000 days. 0.1 TAO over 100 days. 0.001 TAO of fees.
  expect(money(result, 'income')).toEqual({ amount: EUR(57), error: 0n })
  expect(money(result, 'energy')).toEqual({ amount: -EUR(2.88), error: EUR(0.144) })
  expect(money(result, 'hardware')).toEqual({ amount: -EUR(1), error: 0n })
  expect(money(result, 'place')).toEqual({ amount: -EUR(0.3), error: EUR(0.3) })
  expect(money(result, 'fees')).toEqual({ amount: -EUR(0.3), error: 0n })
  expect(result).toMatchObject({ verdict: 'earns', atMost: false, net: { amount: EUR(52.52) } })
  // 4.48 € for ten alpha; the errors of power, 5 %, and of the place, 0.3 €.
  expect(result.breakEvenPerAlpha).toMatchObject({ amount: EUR(0.448), error: 33_277_019n })
  expect(result.breakEvenRaoPerAlpha).toBe((EUR(0.448) * NANOS + EUR(300) - 1n) / EUR(300))
  // 55.4 € are left for 9.6 kWh.
  expect(result.breakEvenPerKwh?.amount).toBe((EUR(55.4) * 10n) / 96n)
})

test('days add up to the whole, and each has its own error', () => {
  const result = reckoned({
    epochs: epochs(4).map((one, n) => ({ ...one, alpha: BigInt(300 + (n % 7) * 50) * 1_000_000n })),
  })
  expect(result.days).toHaveLength(4)
  expect(result.days.every(({ whole, miningMs, epochs: n }) => whole && miningMs === DAY && n === 20)).toBe(true)
  const sum = result.days.reduce((all, { net }) => all + (net?.amount ?? 0n), 0n)
  const whole = (result.net?.amount ?? 0n) * 4n
  expect(sum - whole < 100n && whole - sum < 100n).toBe(true)
  // A single day is less sure than the mean of four.
  expect(result.days.every(({ net }) => (net?.error ?? 0n) > (result.net?.error ?? 0n))).toBe(true)
})

describe('what is not known', () => {
  test('a cost that nobody said leaves the result open, unless it is a loss already', () => {
    const { hardware: _, ...without } = KNOWN
    expect(reckoned({ settings: without })).toMatchObject({ verdict: 'open', atMost: true })
    const dear = { ...without, tariff: { nanosPerKwh: EUR(30), bands: [] } }
    expect(reckoned({ settings: dear })).toMatchObject({ verdict: 'costs', atMost: true })
    expect(reckoned({ places: [{ ...MINER, paidBy: 'nobody' }] }).lines[3]).toMatchObject({ missing: 'no-payment' })
    expect(reckoned({ places: [{ ...MINER, paidRao: 5n, paidBy: 'figure' }] }).lines[3]).toMatchObject({
      missing: 'no-survival',
    })
  })
  test('without a price of TAO power and income stand apart', () => {
    const result = reckoned({ price: undefined })
    expect(result).toMatchObject({ verdict: 'apart' })
    expect(result.net).toBeUndefined()
    expect(result.lines[0]).toMatchObject({ rao: { amount: 190_000_000n }, missing: 'no-price' })
    expect(money(result, 'energy')?.amount).toBe(-EUR(2.88))
  })
  test('two epochs say nothing, and neither do rows that nobody looked into', () => {
    expect(reckoned({ epochs: epochs(4).slice(0, 2) })).toMatchObject({ verdict: 'unknown' })
    const blind = reckoned({ epochs: epochs(4, { alpha: undefined }) })
    expect(blind).toMatchObject({ verdict: 'unknown', incomes: [{ epochs: 0, notLooked: 80 }] })
  })
  test('a chain that simulates no sale leaves the prices of the epochs, and says so', () => {
    const result = reckoned({ saleRao: [undefined] })
    expect(result.incomes[0]?.worth).toMatchObject({ by: 'epochs', rao: { amount: 200_000_000n } })
    expect(reckoned({ saleRao: [undefined], epochs: epochs(4, { price: undefined }) })).toMatchObject({
      verdict: 'unknown',
    })
  })
})

test('a miner that got nothing costs, for sure', () => {
  expect(reckoned({ epochs: epochs(4, { alpha: 0n }), saleRao: [undefined] })).toMatchObject({
    verdict: 'costs',
    atMost: false,
  })
})

test('what lies within its error is no result', () => {
  const wild = epochs(4).map((one, n) => ({ ...one, alpha: n % 10 === 0 ? 800_000_000n : 0n }))
  const result = reckoned({ epochs: wild, places: [{ ...PLACE, paidRao: 0n }] })
  expect(result.verdict).toBe('below-error')
})

test('a result is the sum of its lines, and never surer than any of them', () => {
  const figure = fc.record({ amount: fc.bigInt(-(10n ** 15n), 10n ** 15n), error: fc.bigInt(0n, 10n ** 15n) })
  fc.assert(
    fc.property(figure, fc.array(figure, { maxLength: 5 }), (income, costs) => {
      const line = (kind: ProfitLine['kind'], one: typeof income): ProfitLine => ({ kind, money: one, atLeast: false })
      const { net } = sumUp([line('income', income), ...costs.map((one) => line('energy', one))])
      const all = [income, ...costs]
      expect(net?.amount).toBe(all.reduce((sum, one) => sum + one.amount, 0n))
      expect(all.every(({ error }) => (net?.error ?? -1n) >= error)).toBe(true)
    }),
  )
})

test('at the price of energy that breaks even the result is 0', () => {
  const amounts = fc.bigInt(1n, 10n ** 14n)
  fc.assert(
    fc.property(amounts, amounts, fc.bigInt(10n ** 6n, 10n ** 12n), (income, hardware, used) => {
      const lines: ProfitLine[] = [
        { kind: 'income', money: { amount: income, error: 0n }, atLeast: false },
        { kind: 'hardware', money: { amount: -hardware, error: 0n }, atLeast: false },
      ]
      const energy = { microWattHours: used, cost: 0n, error: 0n, errorPpm: 0, atLeast: false }
      const rate = breakEvenPerKwh(sumUp(lines), energy, DAY)?.amount ?? 0n
      const left = income - hardware - (rate * used) / NANOS
      expect(left <= used / NANOS + 1n && left >= -(used / NANOS) - 1n).toBe(true)
    }),
  )
})

test('power that costs nothing is measured no better: its error is in the price that breaks even', () => {
  const lines: ProfitLine[] = [{ kind: 'income', money: { amount: 1_000_000n, error: 0n }, atLeast: false }]
  const energy = { microWattHours: 10n ** 9n, cost: 0n, error: 0n, errorPpm: 50_000, atLeast: false }
  expect(breakEvenPerKwh(sumUp(lines), energy, DAY)).toEqual({ amount: 1_000_000n, error: 50_000n })
})

test('the time begins with the first mining in it', () => {
  const idle = Array.from({ length: 10 }, (_, n) => emptySlot(n * QUARTER_MS))
  const nowMs = 2 * DAY + HOUR
  expect(spanOf(idle, { spanDays: 7, nowMs, clock: UTC })).toBeUndefined()
  const begun = [...idle, ...slots(1).map((one) => ({ ...one, atMs: one.atMs + DAY }))]
  expect(spanOf(begun, { spanDays: 7, nowMs, clock: UTC })).toEqual({ fromMs: DAY, toMs: nowMs })
  // The last 24 hours begin an hour after midnight.
  expect(spanOf(begun, { spanDays: 1, nowMs, clock: UTC })).toEqual({ fromMs: DAY + HOUR, toMs: nowMs })
})

test.each<[Partial<ProfitSettings>, RegExp | undefined]>([
  [{}, undefined],
  [{ currency: 'eur' }, /three capital letters/],
  [{ nanosPerTao: 0n }, /above 0/],
  [{ tariff: { nanosPerKwh: 2_000_000n * NANOS, bands: [] } }, /kilowatt-hour/],
  [{ tariff: { nanosPerKwh: 1n, bands: [{ days: [], fromMinute: 0, toMinute: 5, nanosPerKwh: 1n }] } }, /a day/],
  [{ power: { by: 'said', watts: 50, idleWatts: 60 } }, /rests/],
  [{ power: { by: 'measured', extraWatts: Number.NaN } }, /Watts/],
  [{ machine: { use: 'shared', sharePercent: 101 } }, /100 percent/],
  [{ hardware: { priceNanos: 1n, resaleNanos: 2n, lifeDays: 9 } }, /sold for more/],
  [{ hardware: { priceNanos: 1n, resaleNanos: 0n, lifeDays: 0 } }, /life/],
  [{ rule: { pauseAfterHours: 0, wakeAfterHours: 0, leastPauseHours: 0, marginPercent: 0 } }, /quarter of an hour/],
])('settings with %o', (change, problem) => {
  const found = profitProblem({ ...KNOWN, ...change })
  if (problem) expect(found).toMatch(problem)
  else expect(found).toBeUndefined()
})
