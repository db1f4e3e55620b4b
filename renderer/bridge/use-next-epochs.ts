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
      const period = subnet.tempo
      // The list of subnets may be some blocks older than the head: then the next one after that is meant.
      const behind = block - subnet.nextEpochBlock
      const next =
        behind < 0 ? subnet.nextEpochBlock : subnet.nextEpochBlock + (Math.trunc(behind / period) + 1) * period
      const blocksLeft = next - block
      return [{ netuid, name: subnet.name, blocksLeft, inMs: blocksLeft * blockMs, tempo: subnet.tempo }]
    })
    .sort((a, b) => a.blocksLeft - b.blocksLeft)
}
