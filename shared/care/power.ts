import type { PowerPart } from './readings.ts'

/** What the computer takes, as far as its parts say so. */
export interface PowerSum {
  /** Absent: no part says. Never 0 for want of a reading. */
  readonly watts?: number | undefined
  /** A part that draws power does not say how much, so the whole is more. Screens, disks and losses are never in it. */
  readonly partial: boolean
  readonly parts: readonly PowerPart[]
}

export function sumPower(parts: readonly PowerPart[]): PowerSum {
  const known = parts.filter((part) => 'watts' in part)
  const partial = known.length < parts.length
  if (known.length === 0) return { partial, parts }
  return { watts: known.reduce((sum, { watts }) => sum + watts, 0), partial, parts }
}

/** `GPU 0 by nvidia-smi, processor by RAPL`. */
export const powerSources = (parts: readonly PowerPart[]): string =>
  parts
    .filter((part) => 'watts' in part)
    .map(({ name, source }) => `${name} by ${source}`)
    .join(', ')

/** What a miner does while power is drawn. */
export type PowerUse = 'off' | 'mining' | 'held'

export interface PowerPoint {
  readonly atMs: number
  /** Absent: unknown then. */
  readonly watts?: number | undefined
  readonly partial: boolean
  readonly use: PowerUse
}

/** Two points further apart say nothing of the time between: the computer slept, or nobody looked. Unit: ms. */
export const GAP_MS = 90_000
const HOUR_MS = 3_600_000

export interface Energy {
  /** Watt hours, of the time that is covered. */
  readonly wattHours: number
  /** Of it, while a miner ran. */
  readonly miningWattHours: number
  /** Time that was measured, ms. */
  readonly coveredMs: number
  readonly miningCoveredMs: number
  /** At least one point was a partial sum. */
  readonly partial: boolean
}
export const NO_ENERGY: Energy = {
  wattHours: 0,
  miningWattHours: 0,
  coveredMs: 0,
  miningCoveredMs: 0,
  partial: false,
}

/** Energy between two points: the mean of both over the time. Nothing across a gap, or where one of them is unknown. */
export function energyBetween(from: PowerPoint, to: PowerPoint): Energy {
  const ms = to.atMs - from.atMs
  if (from.watts === undefined || to.watts === undefined || ms <= 0 || ms > GAP_MS) return NO_ENERGY
  const wattHours = (((from.watts + to.watts) / 2) * ms) / HOUR_MS
  // The time belongs to what was done at its beginning.
  const mines = from.use === 'mining'
  return {
    wattHours,
    miningWattHours: mines ? wattHours : 0,
    coveredMs: ms,
    miningCoveredMs: mines ? ms : 0,
    partial: from.partial || to.partial,
  }
}

export const addEnergy = (a: Energy, b: Energy): Energy => ({
  wattHours: a.wattHours + b.wattHours,
  miningWattHours: a.miningWattHours + b.miningWattHours,
  coveredMs: a.coveredMs + b.coveredMs,
  miningCoveredMs: a.miningCoveredMs + b.miningCoveredMs,
  partial: a.partial || b.partial,
})

/** A day of the calendar of this computer, `2026-11-22`. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

export interface EnergyDay extends Energy {
  readonly day: string
}
/** Days that are kept. */
export const MOST_DAYS = 800

/** The books with one more stretch. A stretch over midnight belongs to the day on which it ends; it is at most {@link GAP_MS}. */
export function bookEnergy(days: readonly EnergyDay[], day: string, energy: Energy): readonly EnergyDay[] {
  if (energy.coveredMs === 0) return days
  const before = days.find((one) => one.day === day) ?? { day, ...NO_ENERGY }
  const others = days.filter((one) => one.day !== day)
  return [...others, { day, ...addEnergy(before, energy) }].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-MOST_DAYS)
}
