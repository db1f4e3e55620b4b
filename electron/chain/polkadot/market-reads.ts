import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { MarketsPort } from '../markets.port.ts'
import { readDepth, readMarket, readStatement } from './read/market.ts'
import { readNetworkFacts } from './read/network-facts.ts'
import { readPastMarket } from './read/past-market.ts'
import { readValidatorTable } from './read/validator-table.ts'
import type { Session } from './session.ts'
import type { View } from './view.ts'

export interface MarketReading {
  readonly read: <T>(run: (view: View, session: Session) => Promise<T>) => Promise<Result<T, AppError>>
}

/** The part of the adapter that compares subnets, validators and the network. */
export function marketReads({ read }: MarketReading): MarketsPort {
  return {
    market: () => read((view) => readMarket(view)),
    marketDepth: (netuid) => read((view) => readDepth(view, netuid)),
    subnetStatement: (netuid) => read((view) => readStatement(view, netuid)),
    validatorTable: (netuid) => read((view) => readValidatorTable(view, netuid)),
    networkFacts: () => read((view) => readNetworkFacts(view)),
    marketPast: (netuid, blocks, onSample) =>
      read((_view, session) => readPastMarket(session, { netuid, blocks, onSample })),
  }
}
