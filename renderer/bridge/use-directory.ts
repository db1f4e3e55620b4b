import { useMemo } from 'react'
import type { SubnetView } from '../../shared/contract/chain-views.contract.ts'
import { valueIn } from './loadable.ts'
import { useSubscription } from './use-subscription.ts'

export type Directory = ReadonlyMap<number, SubnetView>

/** Subnets by netuid, for names and symbols beside amounts. Empty until they were read. */
export function useDirectory(): Directory {
  const answer = valueIn(useSubscription('subnets.watch'))
  const subnets = answer?.data?.subnets
  return useMemo(() => new Map((subnets ?? []).map((subnet) => [subnet.netuid as number, subnet])), [subnets])
}
