import { useChain } from '../../bridge/use-chain.ts'
import { useNextEpochs } from '../../bridge/use-next-epochs.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBlocks, writeDuration, writeTick } from '../../format/time.ts'
import { Scale } from '../../ui/scale.tsx'

const MOST_MARKS = 6
const SERIES = ['var(--s2)', 'var(--s3)', 'var(--s1)', 'var(--s5)', 'var(--s4)', 'var(--s-rest)']
const LINE_REM = 1
/** What a name takes of a line, percent. Where the one before it on its line is nearer, its mark stands alone: two names over each other are none. */
const NAME_PERCENT = 22

/** When the next money comes. */
export function NextEpochs({ netuids }: { readonly netuids: readonly number[] }) {
  const epochs = useNextEpochs(netuids).slice(0, MOST_MARKS)
  const { stale } = useChain()
  const first = epochs[0]
  const last = epochs.at(-1)
  if (!first || !last)
    return (
      <>
        <h2>Next epochs</h2>
        <p className="soft">
          An epoch is when a subnet pays. Stake into one, or mine on one, and its next epoch shows here.
        </p>
      </>
    )
  const spanMs = Math.max(
    ...epochs.map((epoch) => (epoch.tempo + 1) * (epoch.inMs / Math.max(1, epoch.blocksLeft))),
    last.inMs,
  )
  const lines = Math.min(3, epochs.length)
  const placeOf = ({ inMs }: (typeof epochs)[number]): number => Math.min(100, (inMs / spanMs) * 100)
  return (
    <div className={stale ? 'stale' : undefined}>
      <div className="row">
        <h2>Next epochs</h2>
        <span className="end soft clip">
          first <b className="strong">{cleanName(first.name)}</b> in {writeBlocks(first.blocksLeft)}
          {stale ? ' of the last one seen' : `, about ${writeDuration(first.inMs)}`}
        </span>
      </div>
      <div className="epl" style={{ blockSize: `${lines * LINE_REM + 0.4}rem` }} aria-hidden="true">
        {epochs.map((epoch, index) => {
          const at = placeOf(epoch)
          const before = epochs[index - lines]
          if (before && at - placeOf(before) < NAME_PERCENT) return null
          return (
            <span
              key={epoch.netuid}
              className={at < 8 ? 'a' : at > 88 ? 'z' : ''}
              style={{ left: `${at}%`, top: `${(index % lines) * LINE_REM}rem` }}
            >
              <span className="mute">{epoch.netuid}</span>{' '}
              <bdi className="nm">{cleanName(epoch.name).slice(0, 18)}</bdi>
            </span>
          )
        })}
      </div>
      <Scale
        label={`Time until the next epoch of each subnet held: ${epochs
          .map((epoch) => `netuid ${epoch.netuid} in ${writeBlocks(epoch.blocksLeft)}`)
          .join(', ')}`}
        from={0}
        to={spanMs}
        pointer={0}
        marks={epochs.map((epoch, index) => ({ at: epoch.inMs, series: SERIES[index] ?? 'var(--s-rest)' }))}
        labels={[0, 1, 2, 3, 4].map((quarter) => ({
          at: (spanMs * quarter) / 4,
          text: quarter === 0 ? 'now' : writeTick((spanMs * quarter) / 4, spanMs, quarter === 4),
        }))}
      />
    </div>
  )
}
