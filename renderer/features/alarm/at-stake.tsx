import type { GuardedSwap } from '../../bridge/use-guard.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { addressGroups } from '../../format/address.ts'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Which coldkey, since when, where to, and what would be gone. */
export function AtStake({ alarm: { swap, delayBlocks } }: { readonly alarm: GuardedSwap }) {
  const portfolio = useQuestion('portfolio.get', { coldkey: swap.coldkey }, { freshForMs: 60_000 })
  const held = portfolio.state === 'ready' ? portfolio.value : undefined
  const hotkeys = new Set(held?.positions.map(({ hotkey }) => hotkey)).size
  return (
    <dl>
      <dt>Coldkey</dt>
      <dd>
        <GroupedAddress address={swap.coldkey} />
      </dd>
      <dt>Announced at</dt>
      <dd>
        {delayBlocks === undefined ? (
          'unknown'
        ) : (
          <>
            block <Num value={swap.executableAt - delayBlocks} />
          </>
        )}
      </dd>
      <dt>New coldkey</dt>
      <dd>
        unknown until it is used. Only its hash is on the chain:{' '}
        <span className="mono break">{addressGroups(swap.newColdkeyHash.replace(/^0x/, '')).join(' ')}</span>
      </dd>
      <dt>At stake</dt>
      <dd>
        {held ? (
          <>
            <Amount value={held.totalAtSpot} unit={TAO} why="The price of a subnet is not known" /> at spot, of it{' '}
            <Amount value={held.free} unit={TAO} /> free, and {counted(held.positions.length, 'position')} with{' '}
            {counted(hotkeys, 'hotkey')}.
          </>
        ) : portfolio.state === 'failed' ? (
          'unknown: the chain does not answer.'
        ) : (
          'being read.'
        )}{' '}
        Until this is settled the chain refuses every other call of this coldkey.
      </dd>
    </dl>
  )
}
