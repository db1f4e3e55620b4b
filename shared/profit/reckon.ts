import { NANOS } from '../fiat/fiat-price.ts'
import { type DayFacts, daysOf, type Span } from './days.ts'
import { energyOf, wattsOf } from './energy.ts'
import { perDay } from './figure.ts'
import { type MinedEpoch, type MinerIncome, priced } from './income.ts'
import { breakEvenPerAlpha, breakEvenPerKwh, type PlaceCost, profitOf, type TaoPrice } from './profit.ts'
import type { ProfitSettings } from './profit-settings.ts'
import type { ProfitSlot } from './profit-slot.ts'
import type { PlaceView, ProfitResult } from './profit-view.ts'
import type { WallClock } from './tariff.ts'

export interface Reckoned extends Span {
  readonly settings: ProfitSettings
  /** From before the span on: what the computer draws at rest may be known from there. */
  readonly slots: readonly ProfitSlot[]
  readonly epochs: readonly MinedEpoch[]
  readonly incomes: readonly MinerIncome[]
  /** rao that a sale of a day's alpha brings now, in the order of `incomes`. */
  readonly saleRao: readonly (bigint | undefined)[]
  readonly places: readonly PlaceView[]
  /** Sales of mined alpha, with what the network took for each. */
  readonly sales: readonly { readonly atMs: number; readonly feeRao: bigint }[]
  readonly price: TaoPrice | undefined
  readonly clock: WallClock
}

const costOf = ({ paidRao, lowDays, expectedDays, highDays }: PlaceView): PlaceCost => ({
  paidRao,
  days: expectedDays === undefined ? undefined : { low: lowDays ?? 0, expected: expectedDays, high: highDays },
})

/** Everything together: the result of a day over a time, and of each day in it. */
export function reckon(facts: Reckoned): ProfitResult {
  const { settings, fromMs, toMs, price, clock, sales } = facts
  const spanMs = toMs - fromMs
  const slots = facts.slots.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  const watts = wattsOf(facts.slots, settings.power)
  const terms = { power: settings.power, machine: settings.machine, tariff: settings.tariff, watts, clock }
  const energy = energyOf(slots, terms)
  const incomes = facts.incomes.map((income, index) => priced(income, facts.saleRao[index]))
  const places = facts.places.map(costOf)
  const feeRao = sales.reduce((sum, { atMs, feeRao }) => (atMs >= fromMs && atMs < toMs ? sum + feeRao : sum), 0n)
  const profit = profitOf({ ...settings, incomes, energy, spanMs, price, hardware: settings.hardware, places, feeRao })
  const only = incomes.length === 1 ? incomes[0] : undefined
  const perAlpha = only && breakEvenPerAlpha(profit, only.alphaPerDay)
  const dayFacts: DayFacts = { ...facts, slots, incomes, terms, places }
  return {
    ...profit,
    fromMs,
    toMs,
    spanDays: settings.spanDays,
    miningMs: slots.reduce((sum, { mining }) => sum + mining.ms, 0),
    heldMs: slots.reduce((sum, { held }) => sum + held.ms, 0),
    incomes,
    microWattHoursPerDay: energy && perDay(energy.microWattHours, spanMs),
    energyAtLeast: energy?.atLeast ?? false,
    watts,
    places: facts.places,
    breakEvenPerKwh: breakEvenPerKwh(profit, energy, spanMs),
    breakEvenPerAlpha: perAlpha,
    breakEvenRaoPerAlpha:
      perAlpha === undefined || !price
        ? undefined
        : (perAlpha.amount * NANOS + price.nanosPerTao - 1n) / price.nanosPerTao,
    days: daysOf(dayFacts),
  }
}
