export { writeBlocks, writeBytes, writeClock } from '../../shared/words/plain-text.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `6 s`, `27 min`, `3 h 5 min`, `2 d 4 h`. Never rounded up: an age is not claimed before it is reached. */
export function writeDuration(ms: number): string {
  const left = Math.max(0, ms)
  if (left < MINUTE) return `${Math.trunc(left / 1000)} s`
  if (left < HOUR) {
    const seconds = Math.trunc((left % MINUTE) / 1000)
    return left < 10 * MINUTE && seconds > 0
      ? `${Math.trunc(left / MINUTE)} min ${seconds} s`
      : `${Math.trunc(left / MINUTE)} min`
  }
  if (left < DAY) {
    const minutes = Math.trunc((left % HOUR) / MINUTE)
    return minutes ? `${Math.trunc(left / HOUR)} h ${minutes} min` : `${Math.trunc(left / HOUR)} h`
  }
  const hours = Math.trunc((left % DAY) / HOUR)
  return hours ? `${Math.trunc(left / DAY)} d ${hours} h` : `${Math.trunc(left / DAY)} d`
}

/** `214 d`, `3 h`, `27 min`: one unit, cut; for a column of ages. */
export function writeDays(ms: number): string {
  const left = Math.max(0, ms)
  if (left < MINUTE) return `${Math.trunc(left / 1000)} s`
  if (left < HOUR) return `${Math.trunc(left / MINUTE)} min`
  if (left < DAY) return `${Math.trunc(left / HOUR)} h`
  return `${Math.trunc(left / DAY)} d`
}

const pad = (n: number): string => n.toString().padStart(2, '0')

/** Local clock within a day, the date before it otherwise. */
export function writeMoment(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`
  if (Math.abs(nowMs - atMs) < DAY) return clock
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${clock}`
}

/** Local clock of something to come, with the date where it is not of today: nobody takes 02:11 of tomorrow for tonight. */
export function writeComing(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`
  return writeDate(atMs) === writeDate(nowMs) ? clock : `${writeDate(atMs)} ${clock}`
}

/** `2029-12-04`, local: for days far away. */
export function writeDate(atMs: number): string {
  const at = new Date(atMs)
  return Number.isNaN(at.getTime()) ? 'unknown' : `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
}

/** How long a request took: `71 ms`, `1.02 s`. */
export const writeLatency = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`)

/** Label of a tick on a time axis: all ticks in the unit that fits the whole axis, which only the last one names. */
export function writeTick(ms: number, spanMs: number, isLast: boolean): string {
  const [unitMs, unit] = spanMs < 2 * MINUTE ? [1000, 's'] : spanMs < 2 * HOUR ? [MINUTE, 'min'] : [HOUR, 'h']
  const value = Math.round((ms / unitMs) * 10) / 10
  const text = value >= 10 ? String(Math.round(value)) : String(value)
  return isLast ? `${text} ${unit}` : text
}
