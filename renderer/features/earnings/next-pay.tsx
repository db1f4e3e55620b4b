import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNextEpochs } from '../../bridge/use-next-epochs.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeBlocks, writeDuration } from '../../format/time.ts'
import { Unknown } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

const ROOT = 0
const MOST_SHOWN = 4

/** Countdown to the next epochs, by the chain's own account of them. Silent: it changes each second. */
export function NextPay({ netuids }: { readonly netuids: readonly number[] }) {
  const { ageMs = 0, stale } = useChain()
  const directory = useDirectory()
  const asked = netuids.filter((netuid) => netuid !== ROOT)
  const next = useNextEpochs(asked)
  const [only] = asked.length === 1 ? next : []
  const left = (inMs: number) => (stale ? undefined : Math.max(0, inMs - ageMs))
  return (
    <section aria-label="Next epochs" className="next-pay">
      <h2>{asked.length === 1 ? 'Next epoch' : 'Next epochs'}</h2>
      {asked.length === 0 && <p className="soft">Stake on root has no epochs of its own.</p>}
      {only && (
        <Scale
          label={`Block ${only.tempo - only.blocksLeft} of ${only.tempo} of this epoch`}
          from={0}
          to={only.tempo}
          pointer={only.tempo - only.blocksLeft}
          fillTo={only.tempo - only.blocksLeft}
          unknown={stale}
        />
      )}
      <dl className="kv">
        {asked.slice(0, MOST_SHOWN).map((netuid) => {
          const epoch = next.find((one) => one.netuid === netuid)
          const inMs = epoch && left(epoch.inMs)
          return (
            <div className="contents" key={netuid}>
              <dt className="clip">
                {netuid} <bdi>{cleanName(directory.get(netuid)?.name ?? '')}</bdi>
              </dt>
              <dd className="nu">
                {epoch && inMs !== undefined ? (
                  `${writeBlocks(epoch.blocksLeft)}, about ${writeDuration(inMs)}`
                ) : (
                  <Unknown why="The chain does not tell it, or is not connected" />
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
