import { useCallback, useSyncExternalStore } from 'react'
import type { SubscriptionName } from '../../shared/contract/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { useBridge } from './bridge-context.ts'
import type { Output } from './client.ts'
import { failed, type Loadable, loading, ready, valueIn } from './loadable.ts'
import type { Heard } from './subscriptions.ts'
import { useDoor } from './use-door.ts'

export function useHeard<N extends SubscriptionName>(name: N): Heard<Output<N>> {
  const { subscriptions } = useBridge()
  const watch = useCallback((listener: () => void) => subscriptions.watch(name, listener), [subscriptions, name])
  return useSyncExternalStore(watch, () => subscriptions.now(name))
}

const isClosed = (door: string) => door === 'lost' || door === 'refused'
const NO_HOST: AppError = { code: 'host/unreachable', reason: 'the connection to the app was closed' }

/** The current value of a channel and each later one. A value from before a lost connection is stale. */
export function useSubscription<N extends SubscriptionName>(name: N): Loadable<Output<N>> {
  const heard = useHeard(name)
  const lost = isClosed(useDoor())
  if (heard.value !== undefined) return ready(heard.value, lost, heard.error)
  if (heard.error) return failed(heard.error)
  return lost ? failed(NO_HOST) : loading
}

type WithData = 'portfolio.watch' | 'subnets.watch' | 'earnings.watch' | 'profit.watch'
type DataOf<N extends WithData> = NonNullable<Output<N>['data']>

/** For channels that send `{ data?, error? }`: the last data, and beside it the reason why no newer came. */
export function useFresh<N extends WithData>(name: N, chainIsStale: boolean): Loadable<DataOf<N>> {
  const loadable = useSubscription(name)
  const why = valueIn(useSubscription('network.status'))?.error
  if (loadable.state !== 'ready') return loadable
  const { data, error: said } = loadable.value
  // The service only knows that nothing answers; the connection knows why, and what to do.
  const error = said === undefined || said.code === 'chain/not-connected' ? (why ?? said) : said
  // The cast: `data` of the output of N is DataOf<N> once it is there; TypeScript cannot narrow an indexed generic.
  if (data) return ready(data as DataOf<N>, loadable.stale || chainIsStale || error !== undefined, error)
  return error ? failed(error) : loading
}
