import { z } from 'zod'
import type { CareSettings, HeatLimits } from '../care/care-settings.ts'
import type { CareState, MinerChoice, RestartState, RuleState } from '../care/care-state.ts'
import type { BlindRule } from '../care/judge-care.ts'
import type { Energy, EnergyDay, PowerPoint } from '../care/power.ts'
import {
  type BatteryReading,
  type CareReadings,
  type GpuReading,
  type PowerPart,
  type Reading,
  WHY_UNKNOWN,
} from '../care/readings.ts'
import type { Death } from '../care/restarts.ts'
import type { WeekBand } from '../care/schedule.ts'
import { command, nothing, query, subscription } from './define.ts'
import { holdReason } from './mining.contract.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const why = z.enum(WHY_UNKNOWN)
const reading = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('known'), value, source: z.string(), atMs: z.number() }),
    z.object({ state: z.literal('unknown'), why, source: z.string() }),
  ])
const gpu = z.object({
  name: z.string(),
  model: z.string().optional(),
  source: z.string(),
  temperatureC: z.number().optional(),
  watts: z.number().optional(),
  usedPercent: z.number().optional(),
  memoryUsedBytes: z.number().optional(),
  memoryTotalBytes: z.number().optional(),
}) satisfies z.ZodType<GpuReading>
const battery = z.object({
  onBattery: z.boolean(),
  chargePercent: z.number().optional(),
}) satisfies z.ZodType<BatteryReading>
const powerPart = z.union([
  z.object({ name: z.string(), source: z.string(), watts: z.number() }),
  z.object({ name: z.string(), source: z.string(), why }),
]) satisfies z.ZodType<PowerPart>
const readings = z.object({
  atMs: z.number(),
  gpus: reading(z.array(gpu).readonly()) satisfies z.ZodType<Reading<readonly GpuReading[]>>,
  processorC: reading(z.number()),
  battery: reading(battery),
  idleMs: reading(z.number()),
  power: z.array(powerPart).readonly(),
}) satisfies z.ZodType<CareReadings>

const limits = z.object({ stopAtC: z.number(), resumeBelowC: z.number() }) satisfies z.ZodType<HeatLimits>
const heat = z.object({
  gpu: limits,
  processor: limits,
  atLeastMs: z.number(),
  ifUnknown: z.enum(['go-on', 'hold']),
})
const band = z.object({
  days: z.array(z.number()).readonly(),
  fromMinute: z.number(),
  toMinute: z.number(),
}) satisfies z.ZodType<WeekBand>
const schedule = z.array(band).max(100).readonly()
/** As it lies on disk, too. */
export const careSettings = z.object({
  heat: heat.optional(),
  battery: z.boolean(),
  idleAfterMs: z.number().optional(),
  schedule: schedule.optional(),
  freesModel: z.boolean(),
  startsByRule: z.boolean(),
}) satisfies z.ZodType<CareSettings>

const port = z.number().int().min(0).max(65_535).optional()
/** As it lies on disk, too. */
export const minerChoice = z.object({
  network: z.enum(['practice', 'finney', 'test', 'local', 'custom']),
  genesis: z.string().max(66).optional(),
  netuid: wire.netuid,
  hotkey: wire.ss58,
  modelId: z.string().max(200).optional(),
  adapter: z.string().max(100).optional(),
  understood: z.boolean().optional(),
  service: z.object({ port: z.number().int(), path: z.string().max(501) }).optional(),
  backends: z.boolean().optional(),
  port,
  publicIp: z.string().max(45).optional(),
  publicPort: port,
}) satisfies z.ZodType<MinerChoice>

const energy = {
  wattHours: z.number(),
  miningWattHours: z.number(),
  coveredMs: z.number(),
  miningCoveredMs: z.number(),
  partial: z.boolean(),
}
const energyDay = z.object({ day: z.string(), ...energy }) satisfies z.ZodType<EnergyDay>
const death = z.object({ atMs: z.number(), worker: z.string(), reason: z.string() }) satisfies z.ZodType<Death>
const ruleState = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['off', 'nothing-confirmed', 'by-hand', 'runs', 'waits', 'stood-down', 'gave-up']) }),
  z.object({ state: z.literal('refused'), error: wireError, againAtMs: z.number() }),
]) satisfies z.ZodType<RuleState>
const restarts = z.object({
  deaths: z.array(death).readonly(),
  gaveUpAtMs: z.number().optional(),
  againAtMs: z.number().optional(),
}) satisfies z.ZodType<RestartState>

const careState = z.object({
  readings: readings.optional(),
  power: z
    .object({
      watts: z.number().optional(),
      partial: z.boolean(),
      parts: z.array(powerPart).readonly(),
      sinceMs: z.number(),
      sinceStart: z.object(energy) satisfies z.ZodType<Energy>,
    })
    .optional(),
  today: energyDay.optional(),
  reasons: z.array(holdReason).readonly(),
  blind: z
    .array(
      z.object({
        rule: z.enum(['heat', 'battery', 'idle']),
        part: z.string().optional(),
        why,
        does: z.enum(['go-on', 'hold']),
      }) satisfies z.ZodType<BlindRule>,
    )
    .readonly(),
  scheduleChangesAtMs: z.number().optional(),
  settings: careSettings,
  choice: minerChoice.optional(),
  rule: ruleState,
  restarts,
}) satisfies z.ZodType<CareState>

const powerPoint = z.object({
  atMs: z.number(),
  watts: z.number().optional(),
  partial: z.boolean(),
  use: z.enum(['off', 'mining', 'held']),
}) satisfies z.ZodType<PowerPoint>

export const careContract = {
  'care.watch': subscription('Heat, power, battery and input of this computer, and what they mean for the miner.', {
    input: nothing,
    output: careState,
  }),
  'care.set': command('Sets the named rules, keeps the others; null turns one off.', {
    input: z.strictObject({
      heat: heat.nullable().optional(),
      battery: z.boolean().optional(),
      idleAfterMs: z.number().nullable().optional(),
      schedule: schedule.nullable().optional(),
      freesModel: z.boolean().optional(),
      startsByRule: z.boolean().optional(),
    }),
    output: careState,
  }),
  'care.power': query('Power of the last 24 hours in steps of ten seconds, and energy day by day.', {
    input: nothing,
    output: z.object({
      points: z.array(powerPoint).readonly(),
      days: z.array(energyDay).readonly(),
    }),
  }),
}
