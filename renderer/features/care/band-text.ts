import type { WeekBand } from '../../../shared/care/schedule.ts'
import { minuteText, readMinute } from '../../format/week.ts'

/** One line of the schedule as it is typed. */
export interface BandDraft {
  /** Of the line, while it is edited. */
  readonly id: number
  readonly days: readonly number[]
  readonly from: string
  readonly to: string
}

export const draftOf = ({ days, fromMinute, toMinute }: WeekBand, id: number): BandDraft => ({
  id,
  days,
  from: minuteText(fromMinute),
  to: minuteText(toMinute),
})

/** The schedule that was typed; `undefined` while a time cannot be read. */
export function bandsOf(drafts: readonly BandDraft[]): readonly WeekBand[] | undefined {
  const bands = drafts.flatMap(({ days, from, to }) => {
    const fromMinute = readMinute(from)
    const toMinute = readMinute(to)
    return fromMinute === undefined || toMinute === undefined ? [] : [{ days, fromMinute, toMinute }]
  })
  return bands.length === drafts.length ? bands : undefined
}
