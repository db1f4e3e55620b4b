import { useCallback, useMemo } from 'react'
import type { MarketChanges } from '../../../shared/contract/markets.contract.ts'
import type { Netuid } from '../../../shared/units/amounts.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'

/** Subnets that were marked, and the way to mark one. */
export interface Favourites {
  readonly all: ReadonlySet<number>
  readonly set: (netuid: Netuid, favourite: boolean) => void
}

export function useFavourites(): Favourites {
  const marked = valueIn(useSubscription('market.favourites'))
  const { send } = useCommand('market.setFavourite')
  const all = useMemo(() => new Set<number>(marked), [marked])
  const set = useCallback((netuid: Netuid, favourite: boolean) => void send({ netuid, favourite }), [send])
  return useMemo(() => ({ all, set }), [all, set])
}

/** What was recorded about a day ago. */
export interface Before {
  readonly since: MarketChanges['since']
  readonly points: ReadonlyMap<number, MarketChanges['points'][number]>
}

const NOTHING: Before = { since: undefined, points: new Map() }
const MINUTE_MS = 60_000

export function useBefore(): Before {
  const answer = useQuestion('market.changes', {}, { freshForMs: MINUTE_MS, everyMs: MINUTE_MS })
  const value = answer.state === 'ready' ? answer.value : undefined
  return useMemo(
    () =>
      value
        ? { since: value.since, points: new Map(value.points.map((point) => [point.netuid as number, point])) }
        : NOTHING,
    [value],
  )
}
