import { DAY_MINUTES, isWithin, type WallTime, type WeekBand } from '../care/schedule.ts'
import { NANOS } from '../fiat/fiat-price.ts'

/** Hours of the week in which a unit of energy has a price of its own, by the clock on the wall. */
export interface TariffBand extends WeekBand {
  /** Billionths of the currency. */
  readonly nanosPerKwh: bigint
}

export interface Tariff {
  /** Billionths of the currency for a kilowatt-hour, outside of all bands. Below 0: whoever takes energy is paid for it. */
  readonly nanosPerKwh: bigint
  /** The first that holds counts. */
  readonly bands: readonly TariffBand[]
}

/** What the clock on the wall shows at a moment, ms since 1970. */
export type WallClock = (atMs: number) => WallTime

/** Energy over a stretch of time, taken as even within it. */
export interface EnergySpan {
  readonly fromMs: number
  readonly toMs: number
  /** Millionths of a watt-hour. */
  readonly microWattHours: bigint
}

/** All clocks of the world stand apart by whole quarters of an hour, and are put forward or back at one. Unit: ms. */
export const QUARTER_MS = 15 * 60_000
const MINUTE_MS = 60_000

/** @returns billionths of the currency for a kilowatt-hour at that time */
export const rateAt = ({ bands, nanosPerKwh }: Tariff, wall: WallTime): bigint =>
  bands.find((band) => isWithin([band], wall))?.nanosPerKwh ?? nanosPerKwh

/** Milliseconds until the rate may be another one: the next edge of a band, the next quarter of an hour at the latest. */
function untilChange({ bands }: Tariff, atMs: number, { minute }: WallTime): number {
  const edges = bands.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute])
  const ahead = edges.map((edge) => (edge - minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES)
  return Math.min(...ahead.map((minutes) => minutes * MINUTE_MS - (atMs % MINUTE_MS)), QUARTER_MS - (atMs % QUARTER_MS))
}

/**
 * What energy cost by the tariff of the time at which it was used. A span over the edge of a band is cut there, by time. An hour that summer
 * time leaves out has no energy and so no cost; one that comes twice counts twice.
 *
 * @param spans whole milliseconds
 * @returns billionths of the currency, rounded once, at the end
 */
export function energyCost(spans: readonly EnergySpan[], tariff: Tariff, clock: WallClock): bigint {
  // Billionths of the currency times a million times a thousand: divided once, so that many short spans lose nothing.
  let scaled = 0n
  for (const { fromMs, toMs, microWattHours } of spans) {
    if (toMs <= fromMs) continue
    let weighted = 0n
    for (let atMs = fromMs; atMs < toMs; ) {
      const wall = clock(atMs)
      const stepMs = Math.min(untilChange(tariff, atMs, wall), toMs - atMs)
      weighted += BigInt(stepMs) * rateAt(tariff, wall)
      atMs += stepMs
    }
    scaled += (microWattHours * weighted) / BigInt(toMs - fromMs)
  }
  return (scaled + (scaled < 0n ? -NANOS : NANOS) / 2n) / NANOS
}

/** When the calendar day of a moment began here, ms since 1970: days of 23 and 25 hours are days, too. */
export function dayStart(atMs: number, clock: WallClock): number {
  const sameMinute = atMs - (atMs % MINUTE_MS) - clock(atMs).minute * MINUTE_MS
  // The clock was changed in between: what it shows there says by how much.
  const { minute } = clock(sameMinute)
  if (minute === 0) return sameMinute
  return sameMinute + (minute > DAY_MINUTES / 2 ? DAY_MINUTES - minute : -minute) * MINUTE_MS
}
