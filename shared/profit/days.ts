import { type EnergyTerms, energyOf } from './energy.ts'
import { DAY_MS, type Figure, partOf, perDay, rootUp, together } from './figure.ts'
import type { MinedEpoch, PricedIncome } from './income.ts'
import { type PlaceCost, profitOf, type TaoPrice, type Verdict } from './profit.ts'
import type { ProfitSettings, SpanDays } from './profit-settings.ts'
import type { ProfitSlot } from './profit-slot.ts'
import { dayStart, type WallClock } from './tariff.ts'

/** ms since 1970; from inclusive, to exclusive. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/** A day of the calendar, or the part of it that was reckoned. */
export interface DayResult extends Span {
  readonly whole: boolean
  readonly miningMs: number
  readonly epochs: number
  /** Billionths of the currency, of this day. `undefined`: unknown. */
  readonly income?: bigint | undefined
  readonly net?: Figure | undefined
  readonly atMost: boolean
  readonly verdict: Verdict
}

/** Half a day later it is the next one, however long this one was. */
const nextDay = (atMs: number, clock: WallClock): number => dayStart(dayStart(atMs, clock) + DAY_MS * 1.5, clock)

/**
 * What the result is of: the last days of the calendar with today, or the last 24 hours; from the first mining in it on.
 * @returns `undefined`: nothing was mined in it
 */
export function spanOf(
  slots: readonly ProfitSlot[],
  { spanDays, nowMs, clock }: { readonly spanDays: SpanDays; readonly nowMs: number; readonly clock: WallClock },
): Span | undefined {
  const first =
    spanDays === 1 ? nowMs - DAY_MS : dayStart(dayStart(nowMs, clock) - (spanDays - 1) * DAY_MS + DAY_MS / 2, clock)
  const begun = slots.find(({ atMs, mining }) => atMs >= first && mining.ms > 0)
  return begun && begun.atMs < nowMs ? { fromMs: begun.atMs, toMs: nowMs } : undefined
}

export interface DayFacts extends Span {
  readonly slots: readonly ProfitSlot[]
  readonly epochs: readonly MinedEpoch[]
  /** Of the whole time. */
  readonly incomes: readonly PricedIncome[]
  readonly settings: ProfitSettings
  readonly terms: EnergyTerms
  readonly places: readonly PlaceCost[]
  readonly sales: readonly { readonly atMs: number; readonly feeRao: bigint }[]
  readonly price: TaoPrice | undefined
}

/** What one place brought on a day, at the price that the whole time is reckoned with: days then add up to it. */
function incomeOfDay(
  whole: PricedIncome,
  mined: readonly MinedEpoch[],
  { span, day }: { readonly span: Span; readonly day: Span },
): PricedIncome {
  const own = mined.filter(({ netuid, hotkey }) => netuid === whole.netuid && hotkey === whole.hotkey)
  const epochs = own.reduce((sum, row) => sum + (row.alpha === undefined ? 0 : row.epochs), 0)
  const notLooked = own.filter(({ alpha }) => alpha === undefined).length
  const length = day.toMs - day.fromMs
  const amount = perDay(
    own.reduce((sum, { alpha }) => sum + (alpha ?? 0n), 0n),
    length,
  )
  const { alphaPerDay, worth } = whole
  if (alphaPerDay.error === undefined || !worth) return { ...whole, epochs, notLooked, worth: undefined }
  const wholeError = (alphaPerDay.error * BigInt(span.toMs - span.fromMs)) / BigInt(DAY_MS)
  const error = perDay(rootUp((wholeError * wholeError * BigInt(epochs)) / BigInt(Math.max(1, whole.epochs))), length)
  const inRao = (alpha: bigint): bigint =>
    alphaPerDay.amount === 0n ? 0n : (alpha * worth.rao.amount) / alphaPerDay.amount
  const rao = { amount: inRao(amount), error: together(inRao(error), partOf(inRao(amount), whole.pricePpm ?? 0)) }
  return { ...whole, epochs, notLooked, alphaPerDay: { amount, error }, worth: { ...worth, rao } }
}

const scaled = (amount: bigint, { fromMs, toMs }: Span): bigint => (amount * BigInt(toMs - fromMs)) / BigInt(DAY_MS)

/** Day by day, oldest first. */
export function daysOf(facts: DayFacts): readonly DayResult[] {
  const { terms, settings, places, price } = facts
  const days: DayResult[] = []
  for (let fromMs = facts.fromMs; fromMs < facts.toMs; ) {
    const end = nextDay(fromMs, terms.clock)
    const day = { fromMs, toMs: Math.min(end, facts.toMs) }
    const isIn = ({ atMs }: { readonly atMs: number }) => atMs >= day.fromMs && atMs < day.toMs
    const slots = facts.slots.filter(isIn)
    const mined = facts.epochs.filter(isIn)
    const incomes = facts.incomes.map((whole) => incomeOfDay(whole, mined, { span: facts, day }))
    const { lines, net, atMost, verdict } = profitOf({
      incomes,
      energy: energyOf(slots, terms),
      spanMs: day.toMs - day.fromMs,
      price,
      hardware: settings.hardware,
      machine: settings.machine,
      places,
      feeRao: facts.sales.filter(isIn).reduce((sum, { feeRao }) => sum + feeRao, 0n),
    })
    const income = lines.find(({ kind }) => kind === 'income')?.money
    days.push({
      ...day,
      whole: day.toMs === end && day.fromMs === dayStart(day.fromMs, terms.clock),
      miningMs: slots.reduce((sum, { mining }) => sum + mining.ms, 0),
      epochs: incomes.reduce((sum, one) => sum + one.epochs, 0),
      income: income && scaled(income.amount, day),
      net: net && { amount: scaled(net.amount, day), error: scaled(net.error, day) },
      atMost,
      verdict,
    })
    fromMs = end
  }
  return days
}
