import { z } from 'zod'
import type { DayResult } from '../profit/days.ts'
import type { Figure } from '../profit/figure.ts'
import type { PricedIncome } from '../profit/income.ts'
import { LINE_KINDS, MISSING, type ProfitLine, VERDICTS } from '../profit/profit.ts'
import { DEFAULT_PROFIT, type ProfitSettings } from '../profit/profit-settings.ts'
import { BLIND, type PlaceView, type PriceSource, type ProfitResult, type ProfitView } from '../profit/profit-view.ts'
import { command, nothing, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const band = z.object({
  days: z.array(z.number().int()).max(7).readonly(),
  fromMinute: z.number().int(),
  toMinute: z.number().int(),
  nanosPerKwh: wire.signed,
})
const tariff = z.object({ nanosPerKwh: wire.signed, bands: z.array(band).max(28).readonly() })
const power = z.discriminatedUnion('by', [
  z.object({ by: z.literal('measured'), extraWatts: z.number().optional(), idleWatts: z.number().optional() }),
  z.object({ by: z.literal('said'), watts: z.number(), idleWatts: z.number() }),
])
const machine = z.discriminatedUnion('use', [
  z.object({ use: z.literal('dedicated') }),
  z.object({ use: z.literal('shared'), sharePercent: z.number() }),
])
const hardware = z.object({ priceNanos: wire.units, resaleNanos: wire.units, lifeDays: z.number() })
const rule = z.object({
  pauseAfterHours: z.number(),
  wakeAfterHours: z.number(),
  leastPauseHours: z.number(),
  marginPercent: z.number(),
})
const spanDays = z.union([z.literal(1), z.literal(7), z.literal(30)])

/** As it lies on disk, too. */
export const profitSettings = z.object({
  currency: z.string().default(DEFAULT_PROFIT.currency),
  tariff: tariff.optional(),
  power: power.default(DEFAULT_PROFIT.power),
  machine: machine.default(DEFAULT_PROFIT.machine),
  hardware: hardware.optional(),
  paidRao: wire.units.optional(),
  nanosPerTao: wire.units.optional(),
  spanDays: spanDays.default(DEFAULT_PROFIT.spanDays),
  rule: rule.optional(),
}) satisfies z.ZodType<ProfitSettings>

const figure = z.object({ amount: wire.signed, error: wire.signed }) satisfies z.ZodType<Figure>
const line = z.object({
  kind: z.enum(LINE_KINDS),
  money: figure.optional(),
  rao: figure.optional(),
  atLeast: z.boolean(),
  missing: z.enum(MISSING).optional(),
}) satisfies z.ZodType<ProfitLine>
const income = z.object({
  netuid: wire.netuid,
  hotkey: wire.ss58,
  epochs: z.number(),
  notLooked: z.number(),
  alphaPerDay: z.object({ amount: wire.signed, error: wire.signed.optional() }),
  atEpochs: wire.signed.optional(),
  pricePpm: z.number().optional(),
  worth: z.object({ rao: figure, by: z.enum(['sale', 'epochs']) }).optional(),
}) satisfies z.ZodType<PricedIncome>
const watts = z.object({
  mining: z.number().optional(),
  idle: z.number().optional(),
  miningBy: z.enum(['measured', 'said']),
  idleBy: z.enum(['measured', 'said']),
  partial: z.boolean(),
  meanErrorPpm: z.number(),
  idleError: z.number(),
})
const place = z.object({
  netuid: z.number(),
  hotkey: wire.ss58,
  paidRao: wire.signed.optional(),
  paidBy: z.enum(['ledger', 'figure', 'nobody']),
  keptDays: z.number().optional(),
  lowDays: z.number().optional(),
  expectedDays: z.number().optional(),
  highDays: z.number().optional(),
}) satisfies z.ZodType<PlaceView>
const day = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  whole: z.boolean(),
  miningMs: z.number(),
  epochs: z.number(),
  income: wire.signed.optional(),
  net: figure.optional(),
  atMost: z.boolean(),
  verdict: z.enum(VERDICTS),
}) satisfies z.ZodType<DayResult>
const result = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  spanDays,
  miningMs: z.number(),
  heldMs: z.number(),
  lines: z.array(line).readonly(),
  net: figure.optional(),
  atMost: z.boolean(),
  verdict: z.enum(VERDICTS),
  incomes: z.array(income).readonly(),
  microWattHoursPerDay: wire.signed.optional(),
  energyAtLeast: z.boolean(),
  watts,
  places: z.array(place).readonly(),
  breakEvenPerKwh: figure.optional(),
  breakEvenPerAlpha: figure.optional(),
  breakEvenRaoPerAlpha: wire.signed.optional(),
  days: z.array(day).readonly(),
}) satisfies z.ZodType<ProfitResult>
const price = z.discriminatedUnion('by', [
  z.object({ by: z.literal('figure'), nanosPerTao: wire.units }),
  z.object({
    by: z.literal('source'),
    nanosPerTao: wire.units,
    host: z.string(),
    atMs: z.number(),
    stale: z.boolean(),
  }),
  z.object({
    by: z.literal('nobody'),
    why: z.enum(['off', 'other-currency', 'not-read', 'worthless']),
    currency: z.string().optional(),
  }),
]) satisfies z.ZodType<PriceSource>
const profitView = z.object({
  settings: profitSettings,
  atMs: z.number(),
  offline: z.literal(true).optional(),
  play: z.boolean(),
  price,
  /** Absent: nothing was mined in this time. */
  result: result.optional(),
  rule: z.object({
    state: z.enum(['off', 'no-miner', 'blind', 'watches', 'paused']),
    blind: z.enum(BLIND).optional(),
    says: z.enum(['costs', 'brings', 'unsure']).optional(),
    brings: wire.signed.optional(),
    saves: wire.signed.optional(),
    sinceMs: z.number().optional(),
    changesAtMs: z.number().optional(),
  }),
}) satisfies z.ZodType<ProfitView>

export const profitContract = {
  'profit.watch': subscription('What mining on this computer brings and costs in a day, net of all, with its error.', {
    input: nothing,
    output: z.object({ data: profitView.optional(), error: wireError.optional() }),
  }),
  'profit.set': command('Sets what the reckoning takes for given, keeps the rest; null forgets a figure.', {
    input: z.strictObject({
      currency: z.string().max(3).optional(),
      tariff: tariff.nullable().optional(),
      power: power.optional(),
      machine: machine.optional(),
      hardware: hardware.nullable().optional(),
      /** rao that the place cost, where the ledger does not know. */
      paidRao: wire.units.nullable().optional(),
      /** Billionths of the currency for a whole TAO; null: by the source of prices. */
      nanosPerTao: wire.units.nullable().optional(),
      spanDays: spanDays.optional(),
      /** Pauses mining while it costs more than it brings; null: off. */
      rule: rule.nullable().optional(),
    }),
    output: profitSettings,
  }),
  'profit.goOn': command('Ends a pause of the rule now; the rule begins to count anew.', {
    input: nothing,
    output: z.object({ wasPaused: z.boolean() }),
  }),
}
