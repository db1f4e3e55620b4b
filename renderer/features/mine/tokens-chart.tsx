import { useState } from 'react'
import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanText } from '../../format/hostile-text.ts'
import { writeClock } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { LiveChart } from './live-chart.tsx'
import type { LiveSeries, SeriesSlot } from './live-series.ts'
import { useLiveSeries } from './use-live-series.ts'

const speedOf = (slot: SeriesSlot): number | undefined => slot.speed
const askedIn = (slot: SeriesSlot): number => slot.answered + slot.late + slot.refused

/** The two readouts, ten times a second; nothing else is built anew with them. */
function Readout({ status }: { readonly status: MiningStatus }) {
  const live = valueIn(useSubscription('monitor.live'))
  const speed = live?.speed ?? status.tokensPerSecond
  return (
    <div className="row baseline">
      <span className="read live-read">{speed?.toFixed(1) ?? <Unknown why="No answer yet" />}</span>
      <span className="soft">tokens a second in all</span>
      {status.model && (
        <span className="end mute small">
          {status.model.backend}, {status.model.parallel} at once
        </span>
      )}
    </div>
  )
}

/** Over the last ten seconds. */
function Asked() {
  const live = valueIn(useSubscription('monitor.live'))
  return (
    <div className="row baseline">
      <span className="lbl">Requests a second</span>
      <b className="end strong nu">
        {live?.requestsPerSecond?.toFixed(1) ?? <Unknown why="Nothing was counted yet" />}
      </b>
    </div>
  )
}

export function TokensChart({ status }: { readonly status: MiningStatus }) {
  const series = useLiveSeries()
  const speed = status.tokensPerSecond
  return (
    <section className="pad grid content-start gap-2" aria-label="Speed">
      <Readout status={status} />
      {status.model?.gaveUp?.map((step) => (
        <p key={step} className="soft small">
          {cleanText(step)}
        </p>
      ))}
      <LiveChart
        series={series}
        measure={speedOf}
        label={`Tokens a second over the last five minutes, now ${speed?.toFixed(1) ?? 'unknown'}.`}
        empty="The line starts with the first answer."
      />
      <Asked />
      <LiveChart
        low
        whole
        series={series}
        measure={askedIn}
        label="Requests in each second of the last five minutes, answered or not."
        empty="Nothing was counted yet."
      />
      <div className="row mute tick live-ends">
        <span>5 min ago</span>
        <span className="end">now</span>
      </div>
      <AsTable series={series} />
    </section>
  )
}

/** Sums of whole minutes, newest first, of the second by second. */
function minutesOf(slots: readonly SeriesSlot[]) {
  const minutes = new Map<number, { answered: number; late: number; refused: number; speed: number | undefined }>()
  for (const { atMs, answered, late, refused, speed } of slots) {
    const minute = Math.floor(atMs / 60_000) * 60_000
    const known = minutes.get(minute)
    minutes.set(minute, {
      answered: answered + (known?.answered ?? 0),
      late: late + (known?.late ?? 0),
      refused: refused + (known?.refused ?? 0),
      speed: speed ?? known?.speed,
    })
  }
  return [...minutes].sort(([a], [b]) => b - a)
}

/** The same numbers to read; counted when it is opened. */
function AsTable({ series }: { readonly series: LiveSeries }) {
  const [rows, setRows] = useState<ReturnType<typeof minutesOf>>()
  return (
    <details onToggle={(event) => setRows(event.currentTarget.open ? minutesOf(series.slots()) : undefined)}>
      <summary className="small">As table</summary>
      {rows && (
        <table className="tbl">
          <caption className="vh">Speed and requests of the last ten minutes</caption>
          <thead>
            <tr>
              <th scope="col">Minute</th>
              <th scope="col" className="r">
                Tokens a second
              </th>
              <th scope="col" className="r">
                Answered
              </th>
              <th scope="col" className="r">
                Late
              </th>
              <th scope="col" className="r">
                Refused
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([minute, sum]) => (
              <tr key={minute}>
                <td className="nu">{writeClock(minute).slice(0, 5)}</td>
                <td className="r nu">{sum.speed?.toFixed(1) ?? 'unknown'}</td>
                <td className="r nu">{sum.answered}</td>
                <td className="r nu">{sum.late}</td>
                <td className="r nu">{sum.refused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
