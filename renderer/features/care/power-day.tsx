import type { EnergyDay, PowerPoint } from '../../../shared/care/power.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { pathsOf, topOf } from '../../format/series-path.ts'
import { ErrorNote } from '../../ui/note.tsx'
import { energyText } from './energy-text.ts'
import { DAY_MS, meanWatts, SLOT_MS } from './power-series.ts'

const WIDTH = 600
const HEIGHT = 100
const SHOWN_DAYS = 30

/** What this computer took over the last day, and day by day. */
export function PowerDay() {
  const answer = useQuestion('care.power', {}, { everyMs: 60_000 })
  if (answer.state === 'failed') return <ErrorNote error={answer.error} />
  if (answer.state !== 'ready') return null
  const { points, days } = answer.value
  return (
    <>
      <LastDay points={points} />
      <Days days={days.slice(-SHOWN_DAYS)} />
    </>
  )
}

function LastDay({ points }: { readonly points: readonly PowerPoint[] }) {
  const now = useNow(60_000)
  const values = meanWatts(points)
  const top = topOf(values)
  const size = { width: WIDTH, height: HEIGHT, top, stepMs: SLOT_MS }
  const { line, area } = pathsOf(values, { ...size, fromMs: now - DAY_MS, toMs: now })
  const isKnown = line !== ''
  const isPartial = points.some(({ partial }) => partial)
  return (
    <section className="grid gap-1" aria-label="Power of the last 24 hours">
      <div className="row baseline">
        <h2>Power of the last 24 hours</h2>
        {isPartial && <span className="end mute small">at least: a part does not tell</span>}
      </div>
      <div className="live-chart">
        <div
          className="well chart chart-box"
          role="img"
          aria-label="Watts over the last 24 hours, in means of five minutes."
        >
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <path className="grid" d={`M0,${HEIGHT / 2}H${WIDTH}`} />
            <path className="area" d={area} />
            <path className="ln q" d={line} />
          </svg>
          {!isKnown && <p className="chart-word mute">The line starts with the first measurement.</p>}
        </div>
        <div className="axis" aria-hidden="true">
          {isKnown && (
            <>
              <span>{top} W</span>
              <span>{top / 2}</span>
              <span>0</span>
            </>
          )}
        </div>
      </div>
      <div className="row mute tick live-ends">
        <span>24 h ago</span>
        <span className="end">now</span>
      </div>
      <p className="mute small">Measured while the miner runs, or this page is open. In between there is no line.</p>
    </section>
  )
}

function Days({ days }: { readonly days: readonly EnergyDay[] }) {
  if (days.length === 0) return null
  const most = Math.max(...days.map(({ wattHours }) => wattHours), Number.MIN_VALUE)
  const lead = Math.max(0, SHOWN_DAYS / 2 - days.length)
  return (
    <section className="grid gap-1" aria-label="Energy day by day">
      <h2>Energy day by day</h2>
      <div
        className="well bars chart-box low"
        role="img"
        aria-label={`Energy of the last ${days.length} days that were measured, at most ${energyText(most)} in one.`}
      >
        {lead > 0 && <span style={{ flex: lead }} />}
        {days.map(({ day, wattHours }) => (
          <i key={day} style={{ blockSize: `${Math.trunc((wattHours / most) * 100)}%` }} />
        ))}
      </div>
      <div className="row mute tick">
        <span>since {days[0]?.day}</span>
        {days.length > 1 && <span className="end">{days.at(-1)?.day}</span>}
      </div>
      <details>
        <summary className="small">As table</summary>
        <table className="tbl">
          <caption className="vh">Energy of each day that was measured</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="r">
                In all
              </th>
              <th scope="col" className="r">
                While mining
              </th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, wattHours, miningWattHours, partial }) => (
              <tr key={day}>
                <td className="nu">{day}</td>
                <td className="r nu">
                  {partial && 'at least '}
                  {energyText(wattHours)}
                </td>
                <td className="r nu">{energyText(miningWattHours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
