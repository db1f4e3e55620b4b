import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import type { MonitorView } from '../../../shared/contract/monitor.contract.ts'
import { useNextEpochs } from '../../bridge/use-next-epochs.ts'
import { writeBlocks, writeDuration, writeLatency } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

export interface GaugesProps {
  readonly status: MiningStatus
  readonly view: MonitorView | undefined
}
export function Gauges({ status, view }: GaugesProps) {
  return (
    <div className="pad vrule grid content-start gap-4">
      <NextEpoch netuid={status.netuid} />
      <Times label="Answered in" times={view?.latency ?? {}} />
      <Times label="First token after" times={view?.firstToken ?? {}} />
      <Queue queue={status.queue} />
    </div>
  )
}

function NextEpoch({ netuid }: { readonly netuid: number | undefined }) {
  const next = useNextEpochs(netuid === undefined ? [] : [netuid])[0]
  if (!next)
    return (
      <section aria-label="Next epoch">
        <div className="lbl">Next epoch</div>
        <Unknown why="The chain did not tell when" />
      </section>
    )
  const done = Math.max(0, next.tempo - next.blocksLeft)
  return (
    <section aria-label="Next epoch">
      <div className="lbl">Next epoch</div>
      <div className="row baseline">
        <span className="read-m">{writeBlocks(next.blocksLeft)}</span>
        <span className="soft">about {writeDuration(next.inMs)}</span>
      </div>
      <Scale
        label={`Epoch, ${done} of ${next.tempo} blocks done`}
        from={0}
        to={next.tempo}
        fillTo={done}
        pointer={done}
        labels={[0, 1, 2, 3, 4].map((quarter) => ({
          at: (next.tempo * quarter) / 4,
          text: String(Math.round((next.tempo * quarter) / 4)),
        }))}
      />
    </section>
  )
}

/** Round numbers that a scale may end at, ms. */
const ENDS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 120_000]

interface TimesProps {
  readonly label: string
  readonly times: MonitorView['latency']
}

/** Half of all, 95 and 99 of a hundred: one scale. */
function Times({ label, times: { p50Ms: half, p95Ms: most, p99Ms: nearlyAll } }: TimesProps) {
  const end = ENDS.find((candidate) => candidate > (nearlyAll ?? 0) * 1.1) ?? 300_000
  const known = half !== undefined && most !== undefined && nearlyAll !== undefined
  return (
    <section aria-label={label}>
      <div className="row">
        <span className="lbl">{label}, half of all</span>
        <b className="end strong nu">{half === undefined ? <Unknown why="No answer yet" /> : writeLatency(half)}</b>
      </div>
      <Scale
        label={
          known
            ? `Half took up to ${writeLatency(half)}, 95 of 100 up to ${writeLatency(most)}, 99 of 100 up to ${writeLatency(nearlyAll)}.`
            : `${label} is not known yet.`
        }
        from={0}
        to={end}
        unknown={!known}
        {...(known
          ? {
              pointer: half,
              marks: [
                { at: most, series: 'var(--ink-2)' },
                { at: nearlyAll, series: 'var(--ink-2)' },
              ],
            }
          : {})}
        labels={[
          { at: 0, text: '0' },
          ...(known
            ? [
                { at: most, text: '95 %' },
                { at: nearlyAll, text: '99 %' },
              ]
            : []),
          { at: end, text: writeLatency(end) },
        ]}
      />
    </section>
  )
}

function Queue({ queue }: { readonly queue: MiningStatus['queue'] }) {
  if (!queue) return null
  const { running, waiting, room } = queue
  const slots = Math.min(16, Math.max(1, running + waiting + room))
  return (
    <section aria-label="Queue">
      <div className="row">
        <span className="lbl">Queue</span>
        <span className="end soft">
          {running} answering, {waiting} waiting, room for {room}
        </span>
      </div>
      <div className="slots" aria-hidden="true">
        {Array.from({ length: slots }, (_, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: places in a queue
            key={index}
            className={index < running ? 'run' : index < running + waiting ? 'wait' : ''}
          />
        ))}
      </div>
    </section>
  )
}
