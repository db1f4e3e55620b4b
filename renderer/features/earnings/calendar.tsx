import { useEffect, useRef } from 'react'
import type { EarningsDayView } from '../../../shared/contract/earnings.contract.ts'
import { DAY_MS } from '../../../shared/earnings/ranges.ts'
import { plainAmount } from '../../format/amount.ts'
import type { Unit } from '../../ui/amount.tsx'
import { TAO, unitText } from '../../ui/amount.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { type CalendarDay, calendarOf } from './calendar-of.ts'

const nameOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

function classOf({ kind, level, isRed }: CalendarDay): string {
  const own = kind === 'gap' ? 'gp' : kind === 'to-come' ? 'fut' : level > 0 ? `h${level}` : ''
  return isRed ? `${own} rd` : own
}

const KINDS = { gap: 'not looked at', before: 'nothing recorded', 'to-come': 'to come', earned: '' } as const

/** What a day brought, as far as prices are known. */
function amountText({ value, known }: CalendarDay, name: string): string {
  if (value === undefined || known === 'nothing') return 'unknown'
  return `${known === 'partly' ? 'at least ' : ''}${plainAmount(value)} ${name}`
}

/** The year in words. A day whose worth is not wholly known may have been the best one. */
function yearText(shown: readonly CalendarDay[], name: string): string {
  const earned = shown.filter(({ kind }) => kind === 'earned')
  const best = earned
    .filter(({ known }) => known !== 'nothing')
    .reduce<CalendarDay | undefined>(
      (top, day) => (!top || (day.value ?? 0n) > (top.value ?? 0n) ? day : top),
      undefined,
    )
  if (earned.length === 0) return 'No day of this year has an epoch'
  const count = `Epochs on ${earned.length} ${earned.length === 1 ? 'day' : 'days'} of a year`
  if (!best) return `${count}; what they brought is unknown`
  const most = earned.every(({ known }) => known === 'all') ? 'most' : 'most that is known'
  return `${count}; ${most} on ${nameOf(best.day)}: ${amountText(best, name)}`
}

export interface CalendarProps {
  readonly days: readonly EarningsDayView[]
  readonly today: number
  /** Of a single subnet; absent: days are told in TAO. */
  readonly unit: Unit | undefined
}

/** What each day of a year brought. */
export function Calendar({ days, today, unit }: CalendarProps) {
  const play = usePlay()
  const room = useRef<HTMLDivElement>(null)
  // Where a year does not fit, its end is what one came for.
  useEffect(() => {
    const { current } = room
    if (!current) return
    const sized = new ResizeObserver(() => {
      current.scrollLeft = current.scrollWidth
    })
    sized.observe(current)
    return () => sized.disconnect()
  }, [])
  const shown = calendarOf(days, today)
  const name = unitText(unit ?? TAO, play)
  const label = yearText(shown, name)
  return (
    <section className="pad rule grid gap-2" aria-label="Each day of a year">
      <div className="row wrap">
        <h2>Each day of a year</h2>
        <span className="end mute small row">
          less{' '}
          <span className="heat heat-legend">
            {['', 'h1', 'h2', 'h3', 'h4'].map((one) => (
              <i key={one} className={one} />
            ))}
          </span>{' '}
          more
          <span className="heat heat-legend">
            <i className="gp" />
          </span>{' '}
          not looked at
          <span className="heat heat-legend">
            <i className="rd" />
          </span>{' '}
          does not add up
        </span>
      </div>
      <div className="heat-room" ref={room}>
        <div className="heat" role="img" aria-label={label}>
          {shown.map((one) => (
            <i
              key={one.day}
              className={classOf(one)}
              title={`${nameOf(one.day)} (UTC): ${one.value === undefined ? KINDS[one.kind] : amountText(one, name)}${one.isRed ? ', a row does not add up' : ''}`}
            />
          ))}
        </div>
      </div>
      <p className="mute small">{label}. Days are those of UTC.</p>
    </section>
  )
}
