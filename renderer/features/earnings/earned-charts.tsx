import { useState } from 'react'
import type { EarningsSummary, EpochsPage } from '../../../shared/contract/earnings.contract.ts'
import { DAY_MS } from '../../../shared/earnings/ranges.ts'
import { plainAmount } from '../../format/amount.ts'
import { writeDate } from '../../format/time.ts'
import { Amount, TAO, type Unit, UnitMark } from '../../ui/amount.tsx'
import { Segments } from '../../ui/segments.tsx'
import { type Chart, type ChartMode, type ChartPoint, chartOf, courseOf } from './chart-of.ts'

const WIDTH = 600
const HEIGHT = 100

/** One epoch, or one day. */
export interface Moment {
  readonly key: string
  readonly atMs: number
  readonly alpha: bigint | undefined
  readonly tao: bigint | undefined
  /** Where `tao` is not known: of the epochs whose price is. */
  readonly taoLeast?: bigint | undefined
  readonly price: bigint | undefined
}

/** Every day of the range from the first with an epoch on; a day without one was not looked at. */
export function momentsOfDays({ days, span }: EarningsSummary): readonly Moment[] {
  const from = Math.max(span.from ?? 0, days[0]?.day ?? span.to)
  const known = new Map(days.map((one) => [one.day, one]))
  // Today may have no epoch yet.
  const to = known.has(span.to) ? span.to : span.to - 1
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
    const day = from + index
    const one = known.get(day)
    const tao = one === undefined || one.unpriced > 0 ? undefined : one.tao
    return { key: String(day), atMs: day * DAY_MS, alpha: one?.alpha, tao, taoLeast: one?.tao, price: one?.price }
  })
}

/** Each epoch, whatever number of positions it paid. @param newestFirst of one subnet, all of the range */
export function momentsOfEpochs(newestFirst: EpochsPage['rows']): readonly Moment[] {
  const blocks = Map.groupBy(newestFirst.map(({ row }) => row).reverse(), (row) => row.epochBlock)
  return [...blocks].map(([block, rows]) => ({
    key: String(block),
    atMs: rows[0]?.atMs ?? 0,
    alpha: rows.reduce((all, { earned }) => all + earned, 0n),
    tao: rows.reduce<bigint | undefined>(
      (all, { earnedTao }) => (all === undefined || earnedTao === undefined ? undefined : all + earnedTao),
      0n,
    ),
    taoLeast: rows.reduce((all, { earnedTao }) => all + (earnedTao ?? 0n), 0n),
    price: rows[0]?.price,
  }))
}

export interface EarnedChartsProps {
  readonly moments: readonly Moment[]
  readonly each: 'epoch' | 'day'
  /** Of a single subnet; absent: alpha of several cannot be added. */
  readonly unit: Unit | undefined
}

/** Quantity, worth and price in panels over one time axis: did I earn more, or did the token rise? */
export function EarnedCharts({ moments, each, unit }: EarnedChartsProps) {
  const [mode, setMode] = useState<ChartMode>('added')
  const of = (value: (moment: Moment) => bigint | undefined): readonly ChartPoint[] =>
    moments.map((moment) => ({ key: moment.key, value: value(moment) }))
  const saidOf = (chart: Chart) =>
    mode === 'added' ? 'added up' : chart.each > 1 ? `of ${chart.each} ${each}s together` : `of each ${each}`
  const quantity = chartOf(
    of(({ alpha }) => alpha),
    mode,
  )
  const worth = chartOf(
    moments.map(({ key, tao, taoLeast }) => ({ key, value: tao, least: taoLeast })),
    mode,
  )
  return (
    <div className="pad grid gap-3">
      <div className="row wrap">
        <h2>Earned</h2>
        <span className="end">
          <Segments
            label="How it is drawn"
            value={mode}
            onPick={setMode}
            choices={[
              { value: 'added', text: 'Added up' },
              { value: 'each', text: `Each ${each}` },
            ]}
          />
        </span>
      </div>
      {unit && <Panel title="Quantity" said={`earned, ${saidOf(quantity)}`} unit={unit} chart={quantity} />}
      <Panel title="Worth" said={`at the price after each epoch, ${saidOf(worth)}`} unit={TAO} chart={worth} tone="v" />
      {unit && (
        <Panel
          title="Price"
          said="for one alpha; the axis does not start at 0"
          unit={TAO}
          chart={courseOf(of(({ price }) => price))}
          tone="p"
        />
      )}
      <div className="row mute tick">
        <span>{moments[0] ? writeDate(moments[0].atMs) : ''}</span>
        <span className="end">{moments.length > 1 ? writeDate(moments.at(-1)?.atMs ?? 0) : ''}</span>
      </div>
    </div>
  )
}

interface PanelProps {
  readonly title: string
  readonly said: string
  readonly unit: Unit
  readonly chart: Chart
  readonly tone?: 'q' | 'v' | 'p'
}

function Panel({ title, said, unit, chart, tone = 'q' }: PanelProps) {
  const { bars, lines, gaps, most, least, atLeast } = chart
  const isKnown = bars.length > 0 || lines.length > 0
  return (
    <figure>
      <figcaption className="row">
        <span>
          <b className="strong">{title}</b> <UnitMark unit={unit} /> {said}
        </span>
        <span className="end mute nowrap">
          {least < 0n && (
            <>
              <Amount value={least} unit={unit} decimals={3} showUnit={false} /> to{' '}
            </>
          )}
          {isKnown && atLeast && 'at least '}
          {isKnown && <Amount value={most} unit={unit} decimals={3} showUnit={false} />}
        </span>
      </figcaption>
      <div
        className={`well ${bars.length > 0 ? 'bars' : 'chart'} chart-box ${tone === 'p' ? 'low' : ''}`}
        role="img"
        aria-label={
          isKnown
            ? `${title} ${said}, up to ${atLeast ? 'at least ' : ''}${plainAmount(most)}`
            : `${title} is not known`
        }
      >
        {bars.map((bar) => (
          <i
            key={bar.key}
            className={bar.kind === 'gap' ? 'off' : bar.kind === 'loss' ? 'loss' : undefined}
            style={{ blockSize: `${bar.height}%` }}
          />
        ))}
        {lines.length > 0 && <Lines lines={lines} gaps={gaps} tone={tone} />}
        {!isKnown && <span className="chart-word mute">unknown</span>}
      </div>
    </figure>
  )
}

function Lines({ lines, gaps, tone }: Pick<Chart, 'lines' | 'gaps'> & { readonly tone: string }) {
  return (
    <>
      {gaps.map(({ from, to }) => (
        <span
          key={from}
          className="gapz"
          style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}
        />
      ))}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {lines.map((line) => (
          <polyline
            key={line[0]?.x}
            className={`ln ${tone}`}
            // A single point would be no line: it gets the room of its place.
            points={(line.length === 1 ? [line[0], line[0] && { ...line[0], x: line[0].x + 0.01 }] : line)
              .flatMap((spot) =>
                spot ? [`${(spot.x * WIDTH).toFixed(1)},${((1 - spot.y) * (HEIGHT - 8) + 4).toFixed(1)}`] : [],
              )
              .join(' ')}
          />
        ))}
      </svg>
    </>
  )
}
