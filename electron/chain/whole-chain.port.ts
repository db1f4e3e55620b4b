import type { AccountsPort } from './accounts.port.ts'
import type { ChainPort } from './chain.port.ts'
import type { EarningsPort } from './earnings.port.ts'
import type { HoldingsPort } from './holdings.port.ts'
import type { LedgerPort } from './ledger.port.ts'
import type { MarketsPort } from './markets.port.ts'
import type { MinersPort } from './miners.port.ts'
import type { OrdersPort } from './orders.port.ts'
import type { PlacesPort } from './places.port.ts'
import type { ProofPort } from './proof.port.ts'
import type { ShieldPort } from './shield.port.ts'
import type { StakingPort } from './staking.port.ts'

/** Everything that is asked of a chain. Who needs a part of it names that part. */
export type WholeChain = ChainPort &
  AccountsPort &
  StakingPort &
  ProofPort &
  MarketsPort &
  LedgerPort &
  EarningsPort &
  HoldingsPort &
  MinersPort &
  OrdersPort &
  PlacesPort &
  ShieldPort
