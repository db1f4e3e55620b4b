import { useEffect, useRef, useState } from 'react'
import { pathsOf, type TimedValue, topOf } from '../../format/series-path.ts'
import type { LiveSeries, SeriesSlot } from './live-series.ts'

const WINDOW_MS = 300_000
const STEP_MS = 1_000
const WIDTH = 600
const HEIGHT = 100

export interface LiveChartProps {
  readonly series: LiveSeries
  /** What is drawn of a second; must not change between two renders. */
  readonly measure: (slot: SeriesSlot) => number | undefined
  /** One sentence that says what is drawn. */
  readonly label: string
  /** Said while there is nothing to draw. */
  readonly empty: string
  readonly low?: boolean
  /** Counts: the second that still runs is left out, for it would look like a fall. */
  readonly whole?: boolean
}

/**
 * The last five minutes. Numbers may come ten times a second: each is drawn in the next frame, at most once in it, straight into the
 * path; React is asked only when the axis changes.
 */
export function LiveChart({ series, measure, label, empty, low = false, whole = false }: LiveChartProps) {
  const line = useRef<SVGPathElement>(null)
  const area = useRef<SVGPathElement>(null)
  const [top, setTop] = useState<number>()
  useEffect(() => {
    let frame = 0
    const draw = () => {
      frame = 0
      const slots = series.slots()
      const toMs = series.last()?.atMs ?? slots.at(-1)?.atMs ?? 0
      const values = slots
        .filter(({ atMs }) => atMs >= toMs - WINDOW_MS && (!whole || atMs + STEP_MS <= toMs))
        .map((slot): TimedValue => ({ atMs: slot.atMs, value: measure(slot) }))
      const isKnown = values.some(({ value }) => value !== undefined)
      const end = topOf(values)
      setTop(isKnown ? end : undefined)
      const size = { width: WIDTH, height: HEIGHT, top: end, stepMs: STEP_MS }
      const paths = pathsOf(values, { ...size, fromMs: toMs - WINDOW_MS, toMs })
      line.current?.setAttribute('d', paths.line)
      area.current?.setAttribute('d', paths.area)
    }
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    }
    ask()
    const off = series.onChange(ask)
    return () => {
      off()
      cancelAnimationFrame(frame)
    }
  }, [series, measure, whole])
  return (
    <div className={low ? 'live-chart low' : 'live-chart'}>
      <div className="well chart chart-box" role="img" aria-label={label}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="grid" d={`M0,${HEIGHT / 2}H${WIDTH}`} />
          <path className="area" ref={area} />
          <path className="ln q" ref={line} />
        </svg>
        {top === undefined && <p className="chart-word mute">{empty}</p>}
      </div>
      <div className="axis" aria-hidden="true">
        {top !== undefined && (
          <>
            <span>{top}</span>
            <span>{top / 2}</span>
            <span>0</span>
          </>
        )}
      </div>
    </div>
  )
}
