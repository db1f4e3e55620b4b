import type { MiningStatus } from '../../../shared/contract/mining.contract.ts'
import { useNextEpochs } from '../../bridge/use-next-epochs.ts'
import { writeDuration, writeLatency } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

export function Gauges({ status }: { readonly status: MiningStatus }) {
  return (
    <div className="pad vrule grid content-start gap-4">
      <NextEpoch netuid={status.netuid} />
      <Latency status={status} />
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
        <span className="read-m">{next.blocksLeft} blocks</span>
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

function Latency({ status }: { readonly status: MiningStatus }) {
  const { latencyP50Ms: half, latencyP95Ms: most } = status
  const end = ENDS.find((candidate) => candidate > (most ?? half ?? 0) * 1.1) ?? 300_000
  return (
    <section aria-label="Latency">
      <div className="row">
        <span className="lbl">Latency, half of all answers</span>
        <b className="end strong">{half === undefined ? <Unknown why="No answer yet" /> : writeLatency(half)}</b>
      </div>
      <Scale
        label={half === undefined ? 'Latency is not known yet' : `Half of all answers took up to ${writeLatency(half)}`}
        from={0}
        to={end}
        unknown={half === undefined}
        {...(half === undefined ? {} : { pointer: half })}
        {...(most === undefined ? {} : { limits: [{ at: most, kind: 'warn' as const }] })}
        labels={[
          { at: 0, text: '0' },
          ...(half === undefined ? [] : [{ at: half, text: 'half' }]),
          ...(most === undefined ? [] : [{ at: most, text: '95 %' }]),
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
