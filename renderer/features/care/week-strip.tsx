import { DAY_MINUTES, isWithin, type WeekBand } from '../../../shared/care/schedule.ts'
import { WEEK } from '../../format/week.ts'

/** Each quarter of an hour of a day, as runs of hours that are set. */
function runsOf(bands: readonly WeekBand[], day: number): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (let minute = 0; minute < DAY_MINUTES; minute += 5) {
    if (!isWithin(bands, { day, minute })) continue
    const last = runs.at(-1)
    if (last?.to === minute) last.to = minute + 5
    else runs.push({ from: minute, to: minute + 5 })
  }
  return runs
}

/** The week at a glance; what it shows is said by the lines below it. */
export function WeekStrip({ bands }: { readonly bands: readonly WeekBand[] }) {
  return (
    <div className="week-strip" aria-hidden="true">
      {WEEK.map(({ day, short }) => (
        <div key={day} className="week-day">
          <span>{short}</span>
          <svg viewBox={`0 0 ${DAY_MINUTES} 10`} preserveAspectRatio="none" aria-hidden="true">
            {runsOf(bands, day).map(({ from, to }) => (
              <rect key={from} x={from} y="0" width={to - from} height="10" />
            ))}
          </svg>
        </div>
      ))}
      <div className="week-day week-hours">
        <span />
        <small>
          <i>0</i>
          <i>6</i>
          <i>12</i>
          <i>18</i>
          <i>24</i>
        </small>
      </div>
    </div>
  )
}
