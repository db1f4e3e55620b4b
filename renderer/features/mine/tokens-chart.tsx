import { useEffect, useRef, useState } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { cleanText } from '../../format/hostile-text.ts'
import { Unknown } from '../../ui/amount.tsx'

interface Point {
  readonly atMs: number
  readonly value: number
}
const WINDOW_MS = 300_000
const EVERY_MS = 1_000

/** What this window has heard of the speed; starts when the view opens and is not stored. */
function useHistory(value: number | undefined): readonly Point[] {
  const latest = useRef(value)
  latest.current = value
  const [points, setPoints] = useState<readonly Point[]>([])
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Date.now()
      const current = latest.current
      if (current === undefined) return
      setPoints((old) => [...old.filter((point) => point.atMs > now - WINDOW_MS), { atMs: now, value: current }])
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return points
}

const WIDTH = 300
const HEIGHT = 100

export function TokensChart({ status }: { readonly status: MiningStatus }) {
  const points = useHistory(status.tokensPerSecond)
  const top = Math.max(1, ...points.map((point) => point.value)) * 1.15
  const end = points.at(-1)?.atMs ?? Date.now()
  const place = (point: Point) =>
    `${(WIDTH - ((end - point.atMs) / WINDOW_MS) * WIDTH).toFixed(1)},${(HEIGHT - (point.value / top) * HEIGHT).toFixed(1)}`
  const line = points.map(place).join(' ')
  const start = points[0] ? place(points[0]).split(',')[0] : '0'
  return (
    <section className="pad grid content-start gap-2" aria-label="Speed">
      <div className="row baseline">
        <span className="read">{status.tokensPerSecond?.toFixed(1) ?? <Unknown why="No answer yet" />}</span>
        <span className="soft">tokens a second in all</span>
        {status.model && (
          <span className="end mute small">
            {status.model.backend}, {status.model.parallel} at once
          </span>
        )}
      </div>
      {status.model?.gaveUp?.map((step) => (
        <p key={step} className="soft small">
          {cleanText(step)}
        </p>
      ))}
      <div
        className="well chart-box"
        role="img"
        aria-label={`Tokens a second over the last five minutes, now ${status.tokensPerSecond?.toFixed(1) ?? 'unknown'}`}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" className="chart">
          {points.length > 1 && (
            <path className="area" d={`M${start},${HEIGHT} L${line.replaceAll(' ', ' L')} L${WIDTH},${HEIGHT} Z`} />
          )}
          {points.length > 1 && <polyline className="ln q" points={line} />}
        </svg>
        {points.length < 2 && <p className="chart-word mute">The line starts with the first answer.</p>}
      </div>
      <div className="row mute tick">
        <span>5 min ago</span>
        <span className="end">now</span>
      </div>
    </section>
  )
}
