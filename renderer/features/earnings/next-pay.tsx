import type { EarningsView } from '../../../shared/contract/chain-views.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'

/** Countdown to the next epochs. Silent: it changes each block. */
export function NextPay({ next }: { readonly next: EarningsView['nextEpochs'] }) {
  const { blockMs, stale } = useChain()
  const directory = useDirectory()
  const positions = valueIn(useFresh('portfolio.watch', stale))?.positions ?? []
  const held = new Set(positions.map((position) => position.netuid))
  const own = next.filter((epoch) => held.has(epoch.netuid) && epoch.netuid !== 0 && epoch.blocksLeft > 0)
  return (
    <>
      <h2>Next epochs</h2>
      {own.length === 0 && <p className="soft">None: there is no stake on a subnet that tells its next epoch.</p>}
      <dl className="kv">
        {own.map((epoch) => (
          <div className="contents" key={epoch.netuid}>
            <dt className="clip">
              {epoch.netuid} <bdi>{cleanName(directory.get(epoch.netuid)?.name ?? '')}</bdi>
            </dt>
            <dd>
              {epoch.blocksLeft} blocks, about {writeDuration(epoch.blocksLeft * blockMs)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
