import { nextEpochAfter } from '../../shared/subnets/next-epoch.ts'
import { useChain } from './use-chain.ts'
import { useDirectory } from './use-directory.ts'

export interface NextEpoch {
  readonly netuid: number
  readonly name: string
  readonly blocksLeft: number
  readonly inMs: number
  readonly tempo: number
}

/** When each of these subnets pays next, soonest first. Subnets of which the chain does not tell are left out. */
export function useNextEpochs(netuids: readonly number[]): readonly NextEpoch[] {
  const directory = useDirectory()
  const { block, blockMs } = useChain()
  if (block === undefined) return []
  return [...new Set(netuids)]
    .flatMap((netuid) => {
      const subnet = directory.get(netuid)
      if (subnet?.nextEpochBlock === undefined || netuid === 0) return []
      const next = nextEpochAfter(subnet.nextEpochBlock, subnet.tempo, block)
      if (next === undefined) return []
      const blocksLeft = next - block
      return [{ netuid, name: subnet.name, blocksLeft, inMs: blocksLeft * blockMs, tempo: subnet.tempo }]
    })
    .sort((a, b) => a.blocksLeft - b.blocksLeft)
}
