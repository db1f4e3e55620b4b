import { problemOfBands, type WeekBand } from './schedule.ts'

/** °C. It stops at one temperature and goes on below a lower one, so that it does not start and stop all the time. */
export interface HeatLimits {
  readonly stopAtC: number
  readonly resumeBelowC: number
}

/** What the owner of a miner asked for. A rule that is absent is off. */
export interface CareSettings {
  readonly heat?:
    | {
        readonly gpu: HeatLimits
        readonly processor: HeatLimits
        /** Once stopped it cools at least so long, ms. */
        readonly atLeastMs: number
        /** What to do where no temperature can be read. */
        readonly ifUnknown: 'go-on' | 'hold'
      }
    | undefined
  /** Hold while the computer runs on its battery. */
  readonly battery: boolean
  /** Answer only while nobody has touched the computer for so long, ms. */
  readonly idleAfterMs?: number | undefined
  /** Answer only in these hours of the week, local time. */
  readonly schedule?: readonly WeekBand[] | undefined
  /** Whether the model leaves memory while held. */
  readonly freesModel: boolean
  /** The miner may begin by itself, with the choice that was confirmed last, when nothing speaks against it. */
  readonly startsByRule: boolean
}

/**
 * 85 °C: consumer graphics cards slow down by themselves between 83 and 90 °C, so a card that gets there works no faster and ages
 * sooner. Processors are built for 95 to 105 °C.
 */
export const USUAL_HEAT = {
  gpu: { stopAtC: 85, resumeBelowC: 75 },
  processor: { stopAtC: 95, resumeBelowC: 80 },
  atLeastMs: 60_000,
  ifUnknown: 'go-on',
} as const satisfies CareSettings['heat']

export const DEFAULT_CARE: CareSettings = {
  heat: USUAL_HEAT,
  battery: true,
  freesModel: false,
  startsByRule: false,
}

/** Ends of what can be asked for, °C. Below 40 every running card is too hot; above 110 none still runs. */
export const HEAT_RANGE = { lowestC: 40, highestC: 110 } as const
export const IDLE_RANGE_MS = { least: 60_000, most: 12 * 3_600_000 } as const
/** The least cooling time, ms. */
export const COOL_RANGE_MS = { least: 0, most: 3_600_000 } as const

const heatProblem = (name: string, { stopAtC, resumeBelowC }: HeatLimits): string | undefined =>
  stopAtC > HEAT_RANGE.highestC || resumeBelowC < HEAT_RANGE.lowestC
    ? `The limits of the ${name} have to be between ${HEAT_RANGE.lowestC} and ${HEAT_RANGE.highestC} °C.`
    : resumeBelowC >= stopAtC
      ? `The ${name} has to go on below the temperature at which it stops.`
      : undefined

/** @returns what is wrong with it, in a sentence; `undefined` = nothing */
export function careProblem({ heat, idleAfterMs, schedule }: CareSettings): string | undefined {
  const ofHeat = heat && (heatProblem('graphics card', heat.gpu) ?? heatProblem('processor', heat.processor))
  if (ofHeat) return ofHeat
  if (heat && (heat.atLeastMs < COOL_RANGE_MS.least || heat.atLeastMs > COOL_RANGE_MS.most))
    return 'It can be made to cool for up to one hour.'
  if (idleAfterMs !== undefined && (idleAfterMs < IDLE_RANGE_MS.least || idleAfterMs > IDLE_RANGE_MS.most))
    return 'The time without input has to be between one minute and twelve hours.'
  return schedule && problemOfBands(schedule)
}
