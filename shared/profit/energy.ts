import { partOf, spreadPpm, together } from './figure.ts'
import type { Machine, PowerFigure } from './profit-settings.ts'
import { type ProfitSlot, type UseSum, wattsIn } from './profit-slot.ts'
import { type EnergySpan, energyCost, QUARTER_MS, type Tariff, type WallClock } from './tariff.ts'

/** What the computer draws, W. */
export interface Watts {
  /** Mean while it mined. `undefined`: neither measured nor said. */
  readonly mining?: number | undefined
  /** While it did not. */
  readonly idle?: number | undefined
  readonly miningBy: PowerFigure['by']
  readonly idleBy: PowerFigure['by']
  /** A part of the computer does not tell what it draws, and nobody said it either: it is at least this. */
  readonly partial: boolean
  /** Two standard errors of the mean of what was measured, parts per million of it. */
  readonly meanErrorPpm: number
  /** Half the distance of the quartiles of what was measured at rest, W. */
  readonly idleError: number
}

/**
 * What the makers of sensors in graphics cards and processors admit to: 5 % of what they show.
 * @source NVML `nvmlDeviceGetPowerUsage`: "accurate to within +/- 5% of current power draw"
 */
export const SENSOR_PPM = 50_000
/** An hour at rest, in quarters: less may be of a moment in which something else ran. */
const FEWEST_AT_REST = 4
/** Of time in which nothing was measured: up to so much it is the first seconds of a run, and says nothing. */
const UNKNOWN_PPM = 20_000
/** Shorter measurements are of the moment in which the miner began or ended. Unit: ms. */
const SHORT_MS = 60_000

const milliwatts = (watts: number): bigint => BigInt(Math.round(watts * 1_000))

const measured = (slots: readonly ProfitSlot[], sums: (slot: ProfitSlot) => readonly UseSum[]): readonly number[] =>
  slots.flatMap((slot) =>
    sums(slot).flatMap((sum) => {
      const watts = sum.measuredMs >= SHORT_MS ? wattsIn(sum) : undefined
      return watts === undefined ? [] : [watts]
    }),
  )

/** What was measured, and what was said in its place. */
export function wattsOf(slots: readonly ProfitSlot[], power: PowerFigure): Watts {
  if (power.by === 'said')
    return {
      mining: power.watts,
      idle: power.idleWatts,
      ...{ miningBy: 'said', idleBy: 'said', partial: false, meanErrorPpm: 0, idleError: 0 },
    }
  const extra = power.extraWatts ?? 0
  const mining = measured(slots, (slot) => [slot.mining])
  const atRest = measured(slots, (slot) => [slot.off, slot.held]).toSorted((a, b) => a - b)
  const at = (part: number): number => atRest[Math.floor((atRest.length - 1) * part)] ?? 0
  const spread = spreadPpm(mining.map(milliwatts)) ?? 0
  const isRestKnown = power.idleWatts === undefined && atRest.length >= FEWEST_AT_REST
  return {
    mining: mining.length === 0 ? undefined : mining.reduce((sum, one) => sum + one, 0) / mining.length + extra,
    idle: power.idleWatts ?? (isRestKnown ? at(0.5) : undefined),
    miningBy: 'measured',
    idleBy: power.idleWatts === undefined ? 'measured' : 'said',
    partial: power.extraWatts === undefined && slots.some((slot) => slot.partial && slot.mining.ms > 0),
    meanErrorPpm: mining.length === 0 ? 0 : Math.ceil(spread / Math.sqrt(mining.length)),
    idleError: isRestKnown ? (at(0.75) - at(0.25)) / 2 : 0,
  }
}

export interface Energy {
  /** Millionths of a watt-hour. */
  readonly microWattHours: bigint
  /** Billionths of the currency; `undefined`: the tariff is unknown. */
  readonly cost: bigint | undefined
  readonly error: bigint
  /** How far the energy itself may be off, whatever it costs: millionths of it. */
  readonly errorPpm: number
  /** Some of it was not measured: it is at least this. */
  readonly atLeast: boolean
}

export interface EnergyTerms {
  readonly power: PowerFigure
  readonly machine: Machine
  readonly tariff: Tariff | undefined
  readonly watts: Watts
  readonly clock: WallClock
}

/** Power that counts in one use of a slot, W. `undefined`: unknown. */
function countedWatts(sum: UseSum, use: 'mining' | 'held', { power, machine, watts }: EnergyTerms): number | undefined {
  if (power.by === 'said') {
    const all = use === 'mining' ? power.watts : power.idleWatts
    return machine.use === 'shared' ? all - power.idleWatts : all
  }
  const drawn = wattsIn(sum)
  if (machine.use === 'dedicated')
    return drawn === undefined ? (use === 'held' ? watts.idle : undefined) : drawn + (power.extraWatts ?? 0)
  // It would have run anyhow: at rest mining adds nothing.
  if (use === 'held') return 0
  return drawn === undefined || watts.idle === undefined ? undefined : drawn - watts.idle + (power.extraWatts ?? 0)
}

/**
 * What mining took in these slots, and what that cost. Rounded to whole millionths of a watt-hour in each slot, and the cost once at the end.
 *
 * Error: 5 % of every sensor ({@link SENSOR_PPM}), how much the measured power varied, and how much power at rest did where it is
 * subtracted. What a person said has none.
 *
 * @returns `undefined`: nothing is known of the time in which it mined
 */
export function energyOf(slots: readonly ProfitSlot[], terms: EnergyTerms): Energy | undefined {
  const { power, machine, tariff, watts, clock } = terms
  const spans: EnergySpan[] = []
  let miningMs = 0
  let unknownMs = 0
  for (const slot of slots)
    for (const use of ['mining', 'held'] as const) {
      const sum = slot[use]
      if (sum.ms === 0) continue
      if (use === 'mining') miningMs += sum.ms
      const drawn = countedWatts(sum, use, terms)
      if (drawn === undefined) unknownMs += sum.ms
      else
        spans.push({
          fromMs: slot.atMs,
          toMs: slot.atMs + QUARTER_MS,
          microWattHours: BigInt(Math.round((drawn * sum.ms) / 3.6)),
        })
    }
  if (miningMs > 0 && unknownMs >= miningMs) return undefined
  // Noise around nothing is not a gain.
  const whole = spans.reduce((sum, one) => sum + one.microWattHours, 0n)
  const microWattHours = whole < 0n ? 0n : whole
  const cost = tariff && (whole < 0n ? 0n : energyCost(spans, tariff, clock))
  const restPpm =
    machine.use === 'shared' && watts.mining
      ? (watts.idleError * 1_000_000) / Math.max(1, watts.mining - (watts.idle ?? 0))
      : 0
  const offBy = (amount: bigint): bigint =>
    power.by === 'said'
      ? 0n
      : together(partOf(amount, SENSOR_PPM), partOf(amount, watts.meanErrorPpm), partOf(amount, restPpm))
  const error = cost === undefined ? 0n : offBy(cost)
  const errorPpm = Number(offBy(1_000_000n))
  return {
    microWattHours,
    cost,
    error,
    errorPpm,
    atLeast: watts.partial || unknownMs * 1_000_000 > miningMs * UNKNOWN_PPM,
  }
}
