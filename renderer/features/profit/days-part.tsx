import type { DayResult } from '../../../shared/profit/days.ts'
import { writeFigure } from '../../../shared/profit/money-text.ts'
import type { ProfitSettings } from '../../../shared/profit/profit-settings.ts'
import type { ProfitResult } from '../../../shared/profit/profit-view.ts'
import { VERDICT_SHORT } from '../../../shared/words/profit-words.ts'
import { writeDate, writeDuration } from '../../format/time.ts'
import { Num, Unknown } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { daysChart } from './days-chart.ts'

const WIDTH = 600
const HEIGHT = 120
/** Room for the ends of the error bars. */
const EDGE = 4
const place = (share: number): number => EDGE + (1 - share) * (HEIGHT - 2 * EDGE)

interface PartProps {
  readonly result: ProfitResult
  readonly settings: ProfitSettings
}

/** A bar for each day with its error; the table below holds the same numbers. */
function Chart({ result: { days }, settings: { currency } }: PartProps) {
  const { bars, zero, top, bottom } = daysChart(days)
  const step = WIDTH / Math.max(7, bars.length)
  const thick = Math.min(28, step * 0.6)
  const text = (amount: bigint) => writeFigure({ amount, error: 0n }).amount
  return (
    <figure>
      <figcaption className="row">
        <span>
          <b className="strong">Result</b> {currency} of each day, with its error
        </span>
        <span className="end mute">
          from {text(bottom)} to {text(top)}, at the prices of now
        </span>
      </figcaption>
      <div
        className="well chart profit-chart"
        role="img"
        aria-label={`Result of each of ${bars.length} ${bars.length === 1 ? 'day' : 'days'} with its error, from ${text(bottom)} to ${text(top)} ${currency}`}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <pattern id="profit-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V6" />
          </pattern>
          {bars.map(({ fromMs, net, low, high, partial, atMost }, index) => {
            const x = WIDTH - step * (bars.length - index) + (step - thick) / 2
            const middle = x + thick / 2
            if (net === undefined)
              return <rect key={fromMs} className="gapbar" x={x} y={0} width={thick} height={HEIGHT} />
            const y = Math.min(place(net), place(zero))
            return (
              <g key={fromMs}>
                <rect
                  className={partial || atMost ? 'day unsure' : 'day'}
                  x={x}
                  y={y}
                  width={thick}
                  height={Math.max(1, Math.abs(place(net) - place(zero)))}
                />
                <path
                  className="err"
                  d={`M${middle} ${place(high)}V${place(low)}M${middle - 4} ${place(high)}h8M${middle - 4} ${place(low)}h8`}
                />
              </g>
            )
          })}
          <path className="zero" d={`M0 ${place(zero)}H${WIDTH}`} />
        </svg>
      </div>
      <div className="row mute tick">
        <span className="end">
          {days.length > 0 && `${writeDate(days[0]?.fromMs ?? 0)} to today, which is not over`}
        </span>
      </div>
    </figure>
  )
}

function columnsFor(currency: string): readonly Column<DayResult>[] {
  return [
    {
      key: 'day',
      head: 'Day',
      cell: ({ fromMs, whole }) => (
        <span className="nowrap">
          {writeDate(fromMs)} {!whole && <small className="mute">not whole</small>}
        </span>
      ),
    },
    { key: 'mined', head: 'Mined', hideWhenNarrow: true, right: true, cell: ({ miningMs }) => writeDuration(miningMs) },
    { key: 'epochs', head: 'Epochs', hideWhenNarrow: true, right: true, cell: ({ epochs }) => <Num value={epochs} /> },
    {
      key: 'income',
      head: `Mined, ${currency}`,
      right: true,
      cell: ({ income }) =>
        income === undefined ? (
          <Unknown why="No price, or too few epochs" />
        ) : (
          <span className="nu">{writeFigure({ amount: income, error: 0n }).amount}</span>
        ),
    },
    {
      key: 'net',
      head: `Result, ${currency}`,
      right: true,
      cell: ({ net, verdict }) => {
        if (!net) return <Unknown why={VERDICT_SHORT[verdict]} />
        if (verdict === 'below-error') return <span className="soft">{VERDICT_SHORT[verdict]}</span>
        const { amount, error } = writeFigure(net)
        return (
          <span className="nowrap nu">
            {verdict === 'open' && <small className="mute">at most </small>}
            {amount}
            {error !== undefined && <span className="soft"> ± {error}</span>}
          </span>
        )
      },
    },
  ]
}

/** Day by day. */
export function DaysPart({ result, settings }: PartProps) {
  const rows = result.days.toReversed()
  return (
    <div className="rule">
      {rows.some(({ net }) => net !== undefined) && (
        <div className="pad">
          <Chart result={result} settings={settings} />
        </div>
      )}
      <DataTable
        caption="Result of each day, newest first"
        columns={columnsFor(settings.currency)}
        rows={rows}
        rowKey={({ fromMs }) => String(fromMs)}
      />
    </div>
  )
}
