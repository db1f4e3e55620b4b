import type { DayResult } from '../../../shared/profit/days.ts'

/** 0..1, growing upwards; for the eye only, so they may be floats. */
export interface DayBar {
  readonly fromMs: number
  /** `undefined`: unknown. */
  readonly net: number | undefined
  readonly low: number
  readonly high: number
  /** The day is not over, or was not reckoned whole. */
  readonly partial: boolean
  readonly atMost: boolean
}
export interface DaysChart {
  readonly bars: readonly DayBar[]
  /** Where 0 is. */
  readonly zero: number
  /** Billionths of the currency at the upper and the lower end. */
  readonly top: bigint
  readonly bottom: bigint
}

/** Bars begin at 0, which is always in the picture; so are both ends of each error. */
export function daysChart(days: readonly DayResult[]): DaysChart {
  const ends = days.flatMap(({ net }) => (net ? [net.amount - net.error, net.amount + net.error] : []))
  const top = ends.reduce((most, one) => (one > most ? one : most), 0n)
  const bottom = ends.reduce((least, one) => (one < least ? one : least), 0n)
  const height = top - bottom
  const at = (amount: bigint): number => (height === 0n ? 0.5 : Number(((amount - bottom) * 10_000n) / height) / 10_000)
  const bars = days.map(({ fromMs, net, whole, atMost }) => ({
    fromMs,
    net: net && at(net.amount),
    low: net ? at(net.amount - net.error) : 0,
    high: net ? at(net.amount + net.error) : 0,
    partial: !whole,
    atMost,
  }))
  return { bars, zero: at(0n), top, bottom }
}
