import { problemOfBands } from '../care/schedule.ts'
import { NANOS } from '../fiat/fiat-price.ts'
import type { ProfitRule } from './profit-rule.ts'
import type { Tariff } from './tariff.ts'

/** Where watts come from. `idleWatts`: what the computer takes while it does not mine. */
export type PowerFigure =
  | {
      readonly by: 'measured'
      /** What mining draws that no sensor of this computer tells, as its owner says. */
      readonly extraWatts?: number | undefined
      /** Absent: measured, too. */
      readonly idleWatts?: number | undefined
    }
  | { readonly by: 'said'; readonly watts: number; readonly idleWatts: number }

/** How much of what a computer takes and costs is there for mining. */
export type Machine =
  | { readonly use: 'dedicated' }
  /** It would run anyhow: only what it takes beyond idle counts, and this share of its price. */
  | { readonly use: 'shared'; readonly sharePercent: number }

/** Billionths of the currency: what it cost, and what it may be sold for at the end of its life. */
export interface Hardware {
  readonly priceNanos: bigint
  readonly resaleNanos: bigint
  readonly lifeDays: number
}

export const SPANS = [1, 7, 30] as const
export type SpanDays = (typeof SPANS)[number]

/** What a person said for the reckoning. What is absent is unknown, and so is what depends on it. */
export interface ProfitSettings {
  /** Three capital letters, as `EUR`: of everything in money here. */
  readonly currency: string
  readonly tariff?: Tariff | undefined
  readonly power: PowerFigure
  readonly machine: Machine
  readonly hardware?: Hardware | undefined
  /** rao that the place cost, where the ledger does not know. */
  readonly paidRao?: bigint | undefined
  /** Billionths of the currency for a whole TAO. Absent: by the source of prices, where one was chosen. */
  readonly nanosPerTao?: bigint | undefined
  readonly spanDays: SpanDays
  /** Absent: off. */
  readonly rule?: ProfitRule | undefined
}

export const DEFAULT_PROFIT: ProfitSettings = {
  currency: 'EUR',
  power: { by: 'measured' },
  machine: { use: 'dedicated' },
  spanDays: 7,
}

/** Dearer than anything that is sold by the piece here: a slip of the unit. */
const MOST_MONEY = 1_000_000_000n * NANOS
/** More than a house takes. Unit: W. */
const MOST_WATTS = 100_000
const MOST_DAYS = 36_500
/** Longest that a rule can be made to wait. Unit: h. */
const MOST_HOURS = 168

const isWithin = (n: number, low: number, high: number): boolean => Number.isFinite(n) && n >= low && n <= high

function powerProblem(power: PowerFigure): string | undefined {
  const given = power.by === 'said' ? [power.watts, power.idleWatts] : [power.extraWatts ?? 0, power.idleWatts ?? 0]
  if (!given.every((watts) => isWithin(watts, 0, MOST_WATTS))) return 'Watts have to be from 0 to 100 000.'
  if (power.by === 'said' && power.idleWatts > power.watts)
    return 'A computer takes no more while it rests than while it mines: the two figures of watts do not fit.'
  return undefined
}

function tariffProblem({ nanosPerKwh, bands }: Tariff): string | undefined {
  const most = 1_000_000n * NANOS
  if ([nanosPerKwh, ...bands.map((band) => band.nanosPerKwh)].some((n) => n > most || n < -most))
    return 'No energy was ever sold at such a price: look at the unit, it is for a kilowatt-hour.'
  return bands.length === 0 ? undefined : problemOfBands(bands)
}

function ruleProblem({
  pauseAfterHours,
  wakeAfterHours,
  leastPauseHours,
  marginPercent,
}: ProfitRule): string | undefined {
  if (![pauseAfterHours, wakeAfterHours, leastPauseHours].every((hours) => isWithin(hours, 0, MOST_HOURS)))
    return 'Hours of the rule have to be from 0 to 168.'
  if (pauseAfterHours < 0.25) return 'The rule needs at least a quarter of an hour to see what mining brings.'
  return isWithin(marginPercent, 0, 1_000) ? undefined : 'The margin has to be from 0 to 1 000 percent.'
}

/** @returns what is wrong with it, in a sentence; `undefined` = nothing */
export function profitProblem(settings: ProfitSettings): string | undefined {
  const { currency, tariff, power, machine, hardware, nanosPerTao, rule } = settings
  if (!/^[A-Z]{3}$/.test(currency)) return 'A currency has three capital letters, as EUR.'
  if (nanosPerTao !== undefined && (nanosPerTao <= 0n || nanosPerTao > MOST_MONEY))
    return 'The price of one TAO has to be above 0, and below a billion.'
  if (machine.use === 'shared' && !isWithin(machine.sharePercent, 0, 100))
    return 'The share of mining has to be from 0 to 100 percent.'
  if (hardware && !isWithin(hardware.lifeDays, 1, MOST_DAYS))
    return 'The life of the computer has to be from 1 to 36 500 days.'
  if (hardware && (hardware.priceNanos > MOST_MONEY || hardware.resaleNanos > hardware.priceNanos))
    return 'A computer is not sold for more than it cost: look at the two prices.'
  return powerProblem(power) ?? (tariff && tariffProblem(tariff)) ?? (rule && ruleProblem(rule))
}
