import type { BackendsPort } from '../backends/backends.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { MinersPort } from '../chain/miners.port.ts'
import type { LlmPort } from '../llm/llm.port.ts'
import type { AdapterRegistry } from '../mining/subnet-adapter.port.ts'
import type { ModelsPort } from '../models/models.port.ts'
import type { GoFilePort } from '../storage/go-file.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { MachinePort } from '../system/machine.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { MiningService } from './mining.service.ts'
import type { MiningOptionsService } from './mining-options.service.ts'
import type { ModelsService } from './models.service.ts'
import type { NetworkService } from './network.service.ts'
import type { ReachService } from './reach.service.ts'
import type { SettingsService } from './settings.service.ts'
import type { TradePlans } from './trade-plans.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface OneClickDeps {
  readonly chain: Pick<ChainPort, 'state' | 'subnets' | 'minerSnapshot'> & MinersPort
  readonly llm: Pick<LlmPort, 'hardware' | 'load' | 'unload' | 'benchmark'>
  readonly machine: MachinePort
  readonly goFile: GoFilePort
  readonly storage: Pick<StoragePort, 'transactionOf'>
  readonly adapters: AdapterRegistry
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly log: LogPort
  readonly modelFiles: Pick<ModelsPort, 'pathOf'>
  /** Servers of the user's own that compute in place of a model. */
  readonly servers: Pick<BackendsPort, 'states' | 'reach'>
  readonly facts: { readonly modelsFolder: string }
  readonly settings: Pick<SettingsService, 'get'>
  readonly wallets: Pick<WalletService, 'active' | 'manage'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis' | 'onChange'>
  readonly models: Pick<ModelsService, 'list' | 'download' | 'downloadEnd' | 'cancel' | 'onChange'>
  readonly reach: Pick<ReachService, 'check' | 'state'>
  readonly tradePlans: Pick<TradePlans, 'register'>
  readonly transactions: Pick<TransactionsService, 'prepare' | 'send' | 'records' | 'onChange' | 'playMoney'>
  readonly mining: Pick<MiningService, 'start' | 'stop' | 'status' | 'onStatus'>
  readonly options: Pick<MiningOptionsService, 'list'>
}
