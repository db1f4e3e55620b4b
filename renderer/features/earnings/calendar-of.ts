import type { EarningsDayView } from '../../../shared/contract/earnings.contract.ts'

export interface CalendarDay {
  /** Since 1970, UTC. */
  readonly day: number
  /** 1e-9: alpha of a single subnet, else TAO; `undefined`: there is no epoch of this day. */
  readonly value: bigint | undefined
  /** Worth in TAO needs a price at each epoch: where some have none the value is the least of it, where all have none it is unknown. */
  readonly known: 'all' | 'partly' | 'nothing'
  /** 0 nothing, 1 to 4 the part of the largest day. */
  readonly level: number
  readonly kind: 'earned' | 'gap' | 'before' | 'to-come'
  readonly isRed: boolean
}

const WEEKS = 53
const LEVELS = 4n
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const weekday = (day: number): number => (day + 3) % 7

/** Alpha of a single subnet needs no price. */
function knownOf(one: EarningsDayView | undefined): CalendarDay['known'] {
  if (!one || one.alpha !== undefined || one.unpriced === 0) return 'all'
  return one.unpriced < one.rows ? 'partly' : 'nothing'
}

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
    const one = known.get(day)
    return { day, value: amount, known: knownOf(one), level, kind, isRed: (one?.redRows ?? 0) > 0 }
  })
}
