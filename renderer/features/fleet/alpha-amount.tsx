import { Amount, alphaOf } from '../../ui/amount.tsx'
import { usePlay } from '../../ui/play-context.ts'

/** With the netuid written out: the symbol of a subnet is known of the chain that this computer is on, and of no other. */
export function AlphaAmount({ netuid, value }: { readonly netuid: number; readonly value: bigint | undefined }) {
  const play = usePlay()
  return (
    <span className="nowrap">
      <Amount value={value} unit={alphaOf(netuid)} showUnit={false} why="More was told than there can be" />
      <span className={play ? 'u play' : 'u'}>
        {play ? 'play ' : ''}alpha {netuid}
      </span>
    </span>
  )
}
