import type { EarningsDayView } from '../../../shared/contract/earnings.contract.ts'

export interface CalendarDay {
  /** Since 1970, UTC. */
  readonly day: number
  /** 1e-9: alpha of a single subnet, else TAO; `undefined`: there is no epoch of this day. */
  readonly value: bigint | undefined
  /** 0 nothing, 1 to 4 the part of the largest day. */
  readonly level: number
  readonly kind: 'earned' | 'gap' | 'before' | 'to-come'
  readonly isRed: boolean
}

const WEEKS = 53
const LEVELS = 4n
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const weekday = (day: number): number => (day + 3) % 7

/**
 * A year of days, whole weeks from Monday on. A day without an epoch between the first and today was not looked at; before the first
 * nothing was recorded.
 */
export function calendarOf(days: readonly EarningsDayView[], today: number): readonly CalendarDay[] {
  const known = new Map(days.map((one) => [one.day, one]))
  const first = days[0]?.day ?? today
  const monday = today - weekday(today) - 7 * (WEEKS - 1)
  const shown = Array.from({ length: 7 * WEEKS }, (_, index) => monday + index)
  const value = (day: number): bigint | undefined => known.get(day)?.alpha ?? known.get(day)?.tao
  const most = shown.reduce((top, day) => ((value(day) ?? 0n) > top ? (value(day) ?? 0n) : top), 0n)
  return shown.map((day) => {
    const amount = value(day)
    const level = amount === undefined || amount <= 0n || most === 0n ? 0 : Number((amount * LEVELS + most - 1n) / most)
    const kind =
      day > today ? 'to-come' : amount !== undefined ? 'earned' : day < first || day === today ? 'before' : 'gap'
    return { day, value: amount, level, kind, isRed: (known.get(day)?.redRows ?? 0) > 0 }
  })
}
