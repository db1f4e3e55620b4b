import type { EpochRow } from '../../../shared/earnings/epoch-row.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { plainAmount } from '../../format/amount.ts'
import { Amount, alphaOf, TAO, UnitMark } from '../../ui/amount.tsx'
import { chartOf } from './chart-of.ts'

const WIDTH = 600
const HEIGHT = 60

/**
 * Quantity and price in two panels over one time axis: did I earn more, or did the token rise? The table below holds the
 * same numbers.
 */
export function EpochCharts({ rows }: { readonly rows: readonly EpochRow[] }) {
  const newest = rows[0]
  const subnet = useDirectory().get(newest?.netuid ?? -1)
  if (!newest) return null
  const unit = alphaOf(newest.netuid, subnet?.symbol)
  const chart = chartOf(rows)
  return (
    <div className="pad rule epoch-charts">
      <figure>
        <figcaption className="row">
          <span>
            <b className="strong">Quantity</b> <UnitMark unit={unit} /> earned in each epoch
          </span>
          <span className="end mute">
            up to <Amount value={chart.mostEarned} unit={unit} decimals={3} />
          </span>
        </figcaption>
        <div
          className="well bars chart-box"
          role="img"
          aria-label={`Alpha earned in each of ${chart.bars.length} epochs, newest ${plainAmount(newest.earned)}`}
        >
          {chart.lead > 0 && <span style={{ flex: chart.lead }} />}
          {chart.bars.map((bar) => (
            <i
              key={bar.block}
              className={bar.kind === 'gap' ? 'off' : bar.kind === 'loss' ? 'loss' : undefined}
              style={{ blockSize: `${bar.height}%` }}
            />
          ))}
        </div>
      </figure>
      <figure>
        <figcaption className="row">
          <span>
            <b className="strong">Price</b> <UnitMark unit={TAO} /> for one alpha, after each epoch
          </span>
          <span className="end mute">the axis does not start at 0</span>
        </figcaption>
        <div
          className="well chart chart-box low"
          role="img"
          aria-label={
            newest.price === undefined
              ? 'Price is unknown'
              : `Price after each epoch, newest ${plainAmount(newest.price)} TAO`
          }
        >
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            {chart.priceLines.map((line) => (
              <polyline
                key={line[0]?.x}
                className="ln p"
                points={line
                  .map((point) => `${(point.x * WIDTH).toFixed(1)},${((1 - point.y) * (HEIGHT - 8) + 4).toFixed(1)}`)
                  .join(' ')}
              />
            ))}
          </svg>
        </div>
        <div className="row mute tick">
          <span style={{ marginInlineStart: `${(chart.lead / (chart.lead + chart.bars.length)) * 100}%` }}>
            block {chart.bars[0]?.block}
          </span>
          <span className="end">block {chart.bars.at(-1)?.block}</span>
        </div>
      </figure>
    </div>
  )
}
