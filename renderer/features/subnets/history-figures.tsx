import type { ReactNode } from 'react'
import { plainAmount } from '../../format/amount.ts'
import { Amount, TAO, UnitMark } from '../../ui/amount.tsx'
import type { Gap, HistoryChart, Line } from './history-chart.ts'

const WIDTH = 600
const HEIGHT = 72
/** Room above and below, so that a line at its end is not half cut. */
const ROOM = 5

const at = ({ x, y }: { readonly x: number; readonly y: number }): string =>
  `${(x * WIDTH).toFixed(1)},${((1 - y) * (HEIGHT - 2 * ROOM) + ROOM).toFixed(1)}`

function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  return gaps.map(({ from, to }) => (
    <span
      key={from}
      className="gapz"
      title="Nothing was recorded here"
      style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}
    />
  ))
}

interface FigureProps {
  readonly title: ReactNode
  readonly note: ReactNode
  /** One sentence for those who do not see it. */
  readonly label: string
  readonly gaps: readonly Gap[]
  readonly children: ReactNode
}
function Figure({ title, note, label, gaps, children }: FigureProps) {
  return (
    <figure>
      <figcaption className="row">
        <span>{title}</span>
        <span className="end mute">{note}</span>
      </figcaption>
      <div className="well chart chart-box low" role="img" aria-label={label}>
        <Gaps gaps={gaps} />
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {children}
        </svg>
      </div>
    </figure>
  )
}

function Drawn({ line, className }: { readonly line: Line; readonly className: string }) {
  return line.pieces.map((piece) => (
    <polyline
      key={piece[0]?.x}
      className={`ln ${className}`}
      strokeLinecap="round"
      // A single look is a dot: a line of no length with round ends.
      points={(piece.length === 1 ? [...piece, ...piece] : piece).map(at).join(' ')}
    />
  ))
}

const range = (line: Line) => (
  <>
    <Amount value={line.least} unit={TAO} showUnit={false} decimals={3} /> to{' '}
    <Amount value={line.most} unit={TAO} decimals={3} />, the axis does not start at 0
  </>
)

const words = (line: Line | undefined): string =>
  line === undefined ? 'is unknown' : `was between ${plainAmount(line.least)} and ${plainAmount(line.most)} TAO`

/** Price, depth and flow in three panels over one axis. */
export function HistoryFigures({ chart }: { readonly chart: HistoryChart }) {
  const { price, pool, flows, gaps, largestFlow } = chart
  return (
    <>
      <Figure
        title={
          <>
            <b className="strong">Price</b> <UnitMark unit={TAO} /> for one alpha
          </>
        }
        note={price ? range(price) : 'unknown'}
        label={`The price of one alpha ${words(price)}`}
        gaps={gaps}
      >
        {price && <Drawn line={price} className="p" />}
      </Figure>
      <Figure
        title={
          <>
            <b className="strong">Depth</b> <UnitMark unit={TAO} /> in the pool
          </>
        }
        note={pool ? range(pool) : 'unknown'}
        label={`The TAO in the pool ${words(pool)}`}
        gaps={gaps}
      >
        {pool && <Drawn line={pool} className="v" />}
      </Figure>
      <Figure
        title={
          <>
            <b className="strong">Flow</b> <UnitMark unit={TAO} /> that the pool gained (above) or lost (below),
            emission included
          </>
        }
        note={
          <>
            up to <Amount value={largestFlow} unit={TAO} decimals={3} />
          </>
        }
        label={`In one part of the axis the pool gained or lost up to ${plainAmount(largestFlow)} TAO`}
        gaps={gaps}
      >
        <line className="grid" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        {flows.map(({ value, size }, index) => {
          if (value === undefined || value === 0n) return null
          const height = Math.max(1, size * (HEIGHT / 2 - ROOM))
          const step = WIDTH / flows.length
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one axis have no identity but their place
              key={index}
              className="flow"
              x={index * step + 1}
              width={step - 2}
              y={value > 0n ? HEIGHT / 2 - height : HEIGHT / 2}
              height={height}
            />
          )
        })}
      </Figure>
    </>
  )
}
