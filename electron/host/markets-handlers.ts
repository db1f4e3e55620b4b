import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `market.${string}`>

export function marketsHandlers({ markets }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'market.changes': async () => markets.changes(),
    'market.history': async ({ netuid, fromBlock }) => markets.history(netuid, fromBlock),
    'market.fetchPast': (ask) => markets.fetchPast(ask),
    'market.depth': ({ netuid }) => markets.depth(netuid),
    'market.statement': ({ netuid }) => markets.statement(netuid),
    'market.validators': ({ netuid }) => markets.validators(netuid),
    'market.network': () => markets.networkFacts(),
    'market.favourites': (_input, emit, signal) =>
      followed(
        (listener) => markets.onFavourites(listener),
        () => emit(markets.favourites()),
        signal,
      ),
    'market.setFavourite': async ({ netuid, favourite }) => markets.setFavourite(netuid, favourite),
  }
}
