import type { EarningsView } from '../../../shared/contract/chain-views.contract.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writeDuration } from '../../format/time.ts'

/** Countdown to the next epochs. Silent: it changes each block. */
export function NextPay({ next }: { readonly next: EarningsView['nextEpochs'] }) {
  const { blockMs } = useChain()
  const directory = useDirectory()
  return (
    <>
      <h2>Next epochs</h2>
      {next.length === 0 && <p className="soft">None: there is no stake on a subnet that tells its next epoch.</p>}
      <dl className="kv">
        {next.map((epoch) => (
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
