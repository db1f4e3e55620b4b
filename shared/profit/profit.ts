import { NANOS, worthInFiat } from '../fiat/fiat-price.ts'
import type { Energy } from './energy.ts'
import { DAY_MS, type Figure, partOf, perDay, sizeOf, together } from './figure.ts'
import type { PricedIncome } from './income.ts'
import type { Hardware, Machine } from './profit-settings.ts'

/** Why a part of the result is unknown. */
export const MISSING = [
  'no-price',
  'few-epochs',
  'no-value',
  'no-tariff',
  'no-watts',
  'no-hardware',
  'no-payment',
  'no-survival',
] as const
export type Missing = (typeof MISSING)[number]

export const LINE_KINDS = ['income', 'energy', 'hardware', 'place', 'fees'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** A part of the result of a day: income above 0, costs below. */
export interface ProfitLine {
  readonly kind: LineKind
  /** Billionths of the currency. */
  readonly money?: Figure | undefined
  /** rao, of what is paid or earned in TAO. */
  readonly rao?: Figure | undefined
  /** A part of it is not known: what it costs, or brings, is at least this. */
  readonly atLeast: boolean
  /** Why `money` is unknown. */
  readonly missing?: Missing | undefined
}

/**
 * - `earns`, `costs`: the result is farther from 0 than its error.
 * - `below-error`: it is not, so that no digit of it means anything.
 * - `open`: costs are missing, and what is known of them does not make a loss: the result is at most what is shown.
 * - `apart`: power is paid in money and mining in TAO, and no price ties them together.
 * - `unknown`: what mining brings is.
 */
export const VERDICTS = ['earns', 'costs', 'below-error', 'open', 'apart', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Profit {
  readonly lines: readonly ProfitLine[]
  /** Billionths of the currency a day. `undefined`: unknown. */
  readonly net?: Figure | undefined
  /** A cost is missing, or only known in part. */
  readonly atMost: boolean
  readonly verdict: Verdict
}

/** What a TAO is taken to be worth. */
export interface TaoPrice {
  /** Billionths of the currency for a whole TAO, above 0. */
  readonly nanosPerTao: bigint
  /** How far it stood from its mean over the time: two standard deviations, parts per million. 0 where a person said it. */
  readonly ppm: number
}

/** What the place cost, and how long it is likely kept in all, from its registration on. */
export interface PlaceCost {
  /** rao, fee included. `undefined`: neither the ledger knows nor did anybody say. */
  readonly paidRao: bigint | undefined
  readonly days: { readonly low: number; readonly expected: number; readonly high: number | undefined } | undefined
}

export interface ProfitFacts {
  readonly incomes: readonly PricedIncome[]
  /** Over the whole time. `undefined`: nothing is known of it. */
  readonly energy: Energy | undefined
  /** Length of the time, ms. */
  readonly spanMs: number
  readonly price: TaoPrice | undefined
  readonly hardware: Hardware | undefined
  readonly machine: Machine
  readonly places: readonly PlaceCost[]
  /** rao that the network took for the sales of mined alpha, over the whole time. */
  readonly feeRao: bigint
}

const negative = ({ amount, error }: Figure): Figure => ({ amount: -amount, error })
const NOTHING: Figure = { amount: 0n, error: 0n }

/** An amount of TAO in money, with the error of the price. */
export function inMoney({ amount, error }: Figure, { nanosPerTao, ppm }: TaoPrice): Figure {
  const worth = worthInFiat(amount, nanosPerTao)
  return { amount: worth, error: together(worthInFiat(error, nanosPerTao), partOf(worth, ppm)) }
}

function inTao(kind: LineKind, rao: Figure, price: TaoPrice | undefined): ProfitLine {
  if (!price) return { kind, rao, atLeast: false, missing: 'no-price' }
  return { kind, rao, money: inMoney(rao, price), atLeast: false }
}

const unknown = (kind: LineKind, missing: Missing): ProfitLine => ({ kind, atLeast: false, missing })

function incomeLine({ incomes, places, price }: ProfitFacts): ProfitLine {
  // A place of which there are no epochs brought something that nobody knows, not nothing.
  if (incomes.length === 0 || incomes.length < places.length) return unknown('income', 'few-epochs')
  if (incomes.some(({ alphaPerDay }) => alphaPerDay.error === undefined)) return unknown('income', 'few-epochs')
  let sum = NOTHING
  for (const { worth } of incomes) {
    if (!worth) return unknown('income', 'no-value')
    sum = { amount: sum.amount + worth.rao.amount, error: together(sum.error, worth.rao.error) }
  }
  return { ...inTao('income', sum, price), atLeast: incomes.some(({ notLooked }) => notLooked > 0) }
}

function energyLine({ energy, spanMs }: ProfitFacts): ProfitLine {
  if (!energy) return unknown('energy', 'no-watts')
  if (energy.cost === undefined) return unknown('energy', 'no-tariff')
  const money = { amount: -perDay(energy.cost, spanMs), error: perDay(energy.error, spanMs) }
  return { kind: 'energy', money, atLeast: energy.atLeast }
}

/** A length of days in whole millionths, so that no amount meets a float. */
const microDays = (days: number): bigint => BigInt(Math.max(1, Math.round(days * 1_000_000)))
const overDays = (amount: bigint, days: number): bigint => (amount * 1_000_000n) / microDays(days)

/** Evenly over its life; of a shared computer the share that was said. Its owner's figures, so without an error. */
function hardwareLine({ hardware, machine }: ProfitFacts): ProfitLine {
  if (!hardware) return unknown('hardware', 'no-hardware')
  const micro = machine.use === 'dedicated' ? 1_000_000n : BigInt(Math.round(machine.sharePercent * 10_000))
  const amount = (overDays(hardware.priceNanos - hardware.resaleNanos, hardware.lifeDays) * micro) / 1_000_000n
  return { kind: 'hardware', money: { amount: -amount, error: 0n }, atLeast: false }
}

/** What a place cost, evenly over the days that it is kept; error: as far as the ends of their range. */
function placePerDay({ paidRao, days }: PlaceCost): Figure | Missing {
  if (paidRao === undefined) return 'no-payment'
  if (paidRao === 0n) return NOTHING
  if (!days || days.expected <= 0) return 'no-survival'
  const amount = overDays(paidRao, days.expected)
  const most = overDays(paidRao, Math.max(days.low, 1 / 24)) - amount
  const least = amount - (days.high === undefined ? 0n : overDays(paidRao, days.high))
  return { amount, error: most > least ? most : least }
}

function placeLine({ places, price }: ProfitFacts): ProfitLine {
  let sum = NOTHING
  for (const place of places) {
    const one = placePerDay(place)
    if (typeof one === 'string') return unknown('place', one)
    sum = { amount: sum.amount + one.amount, error: together(sum.error, one.error) }
  }
  if (places.length === 0) return unknown('place', 'no-payment')
  return sum.amount === 0n
    ? { kind: 'place', rao: NOTHING, money: NOTHING, atLeast: false }
    : inTao('place', negative(sum), price)
}

function feeLine({ feeRao, spanMs, price }: ProfitFacts): ProfitLine {
  if (feeRao === 0n) return { kind: 'fees', rao: NOTHING, money: NOTHING, atLeast: false }
  return inTao('fees', { amount: -perDay(feeRao, spanMs), error: 0n }, price)
}

/** The result of a day, net of all. */
export function profitOf(facts: ProfitFacts): Profit {
  const lines = [incomeLine(facts), energyLine(facts), hardwareLine(facts), placeLine(facts), feeLine(facts)]
  return sumUp(lines)
}

/** The sum. Errors that know nothing of each other add by their squares. */
export function sumUp(lines: readonly ProfitLine[]): Profit {
  const income = lines.find(({ kind }) => kind === 'income')
  if (!income?.money) {
    const verdict = income?.missing === 'no-price' ? 'apart' : 'unknown'
    return { lines, net: undefined, atMost: false, verdict }
  }
  const known = lines.flatMap(({ money }) => (money ? [money] : []))
  const net: Figure = {
    amount: known.reduce((sum, { amount }) => sum + amount, 0n),
    error: together(...known.map(({ error }) => error)),
  }
  const atMost = lines.some(({ kind, money, atLeast }) => kind !== 'income' && (money === undefined || atLeast))
  // Epochs that nobody looked into brought more, or nothing: a gain is one for sure, and a loss need not be.
  if (income.atLeast && (atMost || net.amount <= net.error))
    return { lines, net: undefined, atMost: false, verdict: 'unknown' }
  return { lines, net, atMost, verdict: verdictOf(net, atMost) }
}

function verdictOf({ amount, error }: Figure, atMost: boolean): Verdict {
  if (amount + error < 0n) return 'costs'
  if (atMost) return 'open'
  return sizeOf(amount) <= error ? 'below-error' : 'earns'
}

/** The sum of all lines but one; `undefined`: one of them is unknown. */
function without(lines: readonly ProfitLine[], left: LineKind): Figure | undefined {
  const parts: Figure[] = []
  for (const { kind, money, atLeast } of lines) {
    if (kind === left) continue
    if (!money || atLeast) return undefined
    parts.push(money)
  }
  return {
    amount: parts.reduce((sum, { amount }) => sum + amount, 0n),
    error: together(...parts.map(({ error }) => error)),
  }
}

/**
 * The price of energy at which the result is 0, all else as it is.
 * @returns billionths of the currency for a kilowatt-hour, cut; below 0: not even free energy would do. `undefined`: something is unknown, or
 *   no energy was used
 */
export function breakEvenPerKwh({ lines }: Profit, energy: Energy | undefined, spanMs: number): Figure | undefined {
  const rest = without(lines, 'energy')
  if (rest === undefined || !energy || energy.atLeast || energy.microWattHours <= 0n) return undefined
  // Energy of the whole time, the rest of a day. A kilowatt-hour has a billion millionths of a watt-hour.
  const ofKwh = (amount: bigint): bigint =>
    (amount * BigInt(Math.round(spanMs)) * NANOS) / (energy.microWattHours * BigInt(DAY_MS))
  const amount = ofKwh(rest.amount)
  // Of the energy, not of its cost: power that costs nothing is measured no better.
  const byEnergy = sizeOf(partOf(amount, energy.errorPpm))
  return { amount, error: together(ofKwh(rest.error), byEnergy) }
}

/**
 * The price of alpha at which the result is 0, all else as it is. A mark: whoever sells moves the price.
 * @param alphaPerDay 1e-9 alpha
 * @returns billionths of the currency for a whole alpha, rounded up. `undefined`: something is unknown, or nothing is earned
 */
export function breakEvenPerAlpha({ lines }: Profit, alphaPerDay: PricedIncome['alphaPerDay']): Figure | undefined {
  const costs = without(lines, 'income')
  const { amount: alpha, error } = alphaPerDay
  if (costs === undefined || error === undefined || alpha <= 0n) return undefined
  if (costs.amount >= 0n) return { amount: 0n, error: 0n }
  const amount = (-costs.amount * NANOS + alpha - 1n) / alpha
  return { amount, error: together((costs.error * NANOS) / alpha, (amount * error) / alpha) }
}
