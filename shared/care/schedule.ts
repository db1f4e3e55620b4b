/** A moment of the week as a clock on the wall shows it. */
export interface WallTime {
  /** 0 = Sunday, as JavaScript counts. */
  readonly day: number
  /** Of the day, 0..1439. */
  readonly minute: number
}

/**
 * Hours in which the miner may answer, on each of the named days. Where the end is not after the beginning the band goes over midnight, and
 * belongs to the day on which it begins; both equal = the whole day.
 */
export interface WeekBand {
  readonly days: readonly number[]
  readonly fromMinute: number
  /** Not itself part of the band. */
  readonly toMinute: number
}

export const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
const MINUTE_MS = 60_000
/** More bands than anybody sets by hand. */
export const MOST_BANDS = 28

/** The clock on the wall of this computer. */
export function wallTime(atMs: number): WallTime {
  const at = new Date(atMs)
  return { day: at.getDay(), minute: at.getHours() * 60 + at.getMinutes() }
}

const inBand = ({ days, fromMinute, toMinute }: WeekBand, { day, minute }: WallTime): boolean => {
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute
  const yesterday = (day + 6) % 7
  return (days.includes(day) && minute >= fromMinute) || (days.includes(yesterday) && minute < toMinute)
}

/**
 * Whether a moment is within the hours. It goes by the clock on the wall, so where an hour is left out for summer time its band is left
 * out with it, and an hour that comes twice counts twice.
 */
export const isWithin = (bands: readonly WeekBand[], at: WallTime): boolean => bands.some((band) => inBand(band, at))

/**
 * When the schedule changes next: out of the hours, or into them.
 * @param wall  the clock on the wall at a moment, ms since 1970
 * @returns ms since 1970; `undefined` where it never does within nine days
 */
export function nextChange(
  bands: readonly WeekBand[],
  nowMs: number,
  wall: (atMs: number) => WallTime = wallTime,
): number | undefined {
  const now = isWithin(bands, wall(nowMs))
  const start = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  // Minute by minute, because no sum over wall time survives a change of the clock; a week and the longest band after it.
  for (let minutes = 1; minutes <= WEEK_MINUTES + 2 * DAY_MINUTES; minutes++) {
    const atMs = start + minutes * MINUTE_MS
    if (isWithin(bands, wall(atMs)) !== now) return atMs
  }
  return undefined
}

const isWhole = (number: number, below: number): boolean => Number.isInteger(number) && number >= 0 && number < below

/** @returns what is wrong, in a sentence; `undefined` = nothing */
export function problemOfBands(bands: readonly WeekBand[]): string | undefined {
  if (bands.length === 0) return 'A schedule without hours would never let the miner run. Add hours, or turn it off.'
  if (bands.length > MOST_BANDS) return `There is room for ${MOST_BANDS} lines.`
  for (const { days, fromMinute, toMinute } of bands) {
    if (days.length === 0) return 'Each line needs a day at least.'
    if (!days.every((day) => isWhole(day, 7)) || new Set(days).size !== days.length)
      return 'A day is named that is none.'
    if (!isWhole(fromMinute, DAY_MINUTES) || !isWhole(toMinute, DAY_MINUTES))
      return 'A time has to be from 00:00 to 23:59.'
  }
  return undefined
}
