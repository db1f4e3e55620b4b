import { memo } from 'react'
import type { MonitorView } from '../../../shared/contract/monitor.contract.ts'
import { Unknown } from '../../ui/amount.tsx'

type Epoch = MonitorView['epochs'][number]

/** Bars that fit beside each other. */
const MOST_BARS = 36
/** Fewer bars than this would be blocks, not bars. */
const LEAST_SLOTS = 12

interface Bar {
  readonly key: number
  /** Percent of the best miner; absent: unknown. */
  readonly height?: number | undefined
  /** Epochs between this one and the one before in which nobody looked. */
  readonly missed: number
}

/** Share of the best miner, cut, percent. */
const shareOf = ({ incentive, bestIncentive }: Epoch): number | undefined =>
  incentive === undefined || !bestIncentive ? undefined : Math.trunc((incentive / bestIncentive) * 100)

/** The usual distance of two epochs: the smallest that was seen. */
function tempoOf(epochs: readonly Epoch[]): number {
  const steps = epochs.slice(1).map((epoch, at) => epoch.epochBlock - (epochs[at]?.epochBlock ?? 0))
  return Math.max(1, Math.min(...steps.filter((step) => step > 0)))
}

export function scoreBars(all: readonly Epoch[]): readonly Bar[] {
  const epochs = all.slice(-MOST_BARS)
  const tempo = epochs.length > 1 ? tempoOf(epochs) : 1
  return epochs.map((epoch, at) => {
    const before = epochs[at - 1]
    const missed = before ? Math.round((epoch.epochBlock - before.epochBlock) / tempo) - 1 : 0
    return { key: epoch.epochBlock, height: shareOf(epoch), missed: Math.max(0, missed) }
  })
}

/** An epoch that is over does not change: its bars are not drawn anew while numbers come. */
const haveSameEpochs = (before: { epochs: readonly Epoch[] }, now: { epochs: readonly Epoch[] }): boolean =>
  before.epochs.length === now.epochs.length && before.epochs.at(-1)?.epochBlock === now.epochs.at(-1)?.epochBlock

/** What each epoch said of this miner, beside the best of the subnet. Epochs in which the app did not run are hatched. */
export const ScoreChart = memo(function ScoreChart({ epochs }: { readonly epochs: readonly Epoch[] }) {
  const bars = scoreBars(epochs)
  const last = epochs.at(-1)
  const share = last && shareOf(last)
  const lead = Math.max(0, LEAST_SLOTS - bars.length)
  return (
    <section className="pad grid content-start gap-2" aria-label="Score">
      <div className="row baseline">
        <h2>Score in each epoch</h2>
        <span className="end mute small">
          {last?.rank !== undefined ? `rank ${last.rank} of ${last.miners}` : 'share of the best miner'}
        </span>
      </div>
      {bars.length === 0 ? (
        <p className="soft">
          The first bar comes with the next epoch. Each epoch that ends while this app mines is written down.
        </p>
      ) : (
        <>
          <div
            className="well bars chart-box"
            role="img"
            aria-label={`Incentive as a share of the best miner in the last ${bars.length} epochs, newest ${share === undefined ? 'unknown' : `${share} percent`}.`}
          >
            {lead > 0 && <span style={{ flex: lead }} />}
            {bars.map((bar) => (
              <span className="contents" key={bar.key}>
                {bar.missed > 0 && <i className="off" style={{ blockSize: '100%' }} />}
                <i
                  className={bar.height === undefined ? 'off' : undefined}
                  style={{ blockSize: bar.height === undefined ? '100%' : `${bar.height}%` }}
                />
              </span>
            ))}
          </div>
          <div className="row mute tick">
            <span>block {bars[0]?.key}</span>
            <span className="end">block {bars.at(-1)?.key}</span>
          </div>
          <dl className="kv">
            <dt>Newest, of the best miner</dt>
            <dd className="nu">
              {share === undefined ? <Unknown why="The chain names no incentive" /> : `${share} %`}
            </dd>
          </dl>
        </>
      )}
    </section>
  )
}, haveSameEpochs)
