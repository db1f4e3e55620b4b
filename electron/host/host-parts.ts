import type { NetworkChoice } from '../../shared/network/network.ts'
import type { WebhookPort } from '../alerts/webhook.port.ts'
import type { AxonPort } from '../axon/axon.port.ts'
import type { BackendKeysPort, BackendsPort } from '../backends/backends.port.ts'
import type { CarePort } from '../care/care.port.ts'
import type { WholeChain } from '../chain/whole-chain.port.ts'
import type { FleetFilePort, FleetLinePort } from '../fleet/fleet.port.ts'
import type { SwitchingKeys } from '../keys/switching-keys.port.ts'
import type { LlmPort } from '../llm/llm.port.ts'
import type { MappedWorkPort } from '../mining/mapped-work.port.ts'
import type { OwnServicePort } from '../mining/own-service.port.ts'
import type { AdapterRegistry } from '../mining/subnet-adapter.port.ts'
import type { ModelsPort } from '../models/models.port.ts'
import type { MetricsDoorPort } from '../monitor/metrics-door.port.ts'
import type { MonitorRecordsPort } from '../monitor/monitor-records.port.ts'
import type { PracticePort } from '../practice/practice.port.ts'
import type { ReachPort } from '../reach/reach.port.ts'
import type { AccountPlans } from '../services/account-plans.ts'
import type { AccountsService } from '../services/accounts.service.ts'
import type { AddressesService } from '../services/addresses.service.ts'
import type { AirgapService } from '../services/airgap.service.ts'
import type { AlertsService } from '../services/alerts.service.ts'
import type { AnnouncementsService } from '../services/announcements.service.ts'
import type { ArchiveSource } from '../services/archive-node.ts'
import type { BackendsService } from '../services/backends.service.ts'
import type { CallerListsService } from '../services/caller-lists.service.ts'
import type { CareService } from '../services/care.service.ts'
import type { Downloads } from '../services/downloads.ts'
import type { EarningsService } from '../services/earnings.service.ts'
import type { EarningsBook } from '../services/earnings-book.ts'
import type { FiatService } from '../services/fiat.service.ts'
import type { FleetService } from '../services/fleet.service.ts'
import type { HoldingsService } from '../services/holdings.service.ts'
import type { KnownAddresses } from '../services/known-addresses.ts'
import type { LedgerService } from '../services/ledger.service.ts'
import type { MarketsService } from '../services/markets.service.ts'
import type { MiningService } from '../services/mining.service.ts'
import type { MiningOptionsService } from '../services/mining-options.service.ts'
import type { ModelsService } from '../services/models.service.ts'
import type { MonitorService } from '../services/monitor.service.ts'
import type { MoveQueuesService } from '../services/move-queues.service.ts'
import type { KnownNetwork, NetworkService } from '../services/network.service.ts'
import type { OneClickService } from '../services/one-click.service.ts'
import type { OrdersService } from '../services/orders.service.ts'
import type { PlaceListsService } from '../services/place-lists.service.ts'
import type { PriceRulesService } from '../services/price-rules.service.ts'
import type { ProfitService } from '../services/profit.service.ts'
import type { ReachService } from '../services/reach.service.ts'
import type { RegistrationService } from '../services/registration.service.ts'
import type { RegistrationWatch } from '../services/registration-watch.ts'
import type { SettingsService } from '../services/settings.service.ts'
import type { SignerService } from '../services/signer.service.ts'
import type { StakeMovesService } from '../services/stake-moves.service.ts'
import type { TradePlans } from '../services/trade-plans.ts'
import type { TransactionsService } from '../services/transactions.service.ts'
import type { TransferHistoryService } from '../services/transfer-history.service.ts'
import type { ViewsService } from '../services/views.service.ts'
import type { WalletService } from '../services/wallet.service.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { GoFilePort } from '../storage/go-file.port.ts'
import type { LedgerFilesPort } from '../storage/ledger-files.port.ts'
import type { RulesFilePort } from '../storage/rules-file.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { FetchTextPort } from '../system/fetch-text.port.ts'
import type { LogBookPort } from '../system/log-book.port.ts'
import type { MachinePort } from '../system/machine.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import type { Router } from './router.ts'

export interface HostFacts {
  readonly version: string
  readonly kind: 'desktop' | 'headless' | 'cli'
  readonly dataFolder: string
  readonly walletsFolder: string
  readonly modelsFolder: string
}

export interface HostPorts {
  readonly facts: HostFacts
  readonly chain: WholeChain
  /** A second connection, for blocks that the first node has forgotten. */
  readonly archive: ArchiveSource
  readonly keys: SwitchingKeys
  readonly llm: LlmPort
  readonly axon: AxonPort
  readonly models: ModelsPort
  readonly practice: PracticePort
  readonly reach: ReachPort
  readonly machine: MachinePort
  /** How far the way to mining was walked. */
  readonly goFile: GoFilePort
  /** Rules that buy places. */
  readonly priceRulesFile: RulesFilePort
  readonly care: CarePort
  readonly storage: StoragePort
  readonly exports: ExportFilesPort
  readonly ledgerFiles: LedgerFilesPort
  readonly adapters: AdapterRegistry
  readonly ownService: OwnServicePort
  readonly backends: BackendsPort
  readonly backendKeys: BackendKeysPort
  readonly knownNetworks: readonly KnownNetwork[]
  readonly mappedWork: MappedWorkPort
  /** For prices in ordinary money, where somebody chose a source. */
  readonly web: FetchTextPort
  /** For alerts, where somebody gave an address. */
  readonly webhook: WebhookPort
  readonly clock: ClockPort
  readonly random: RandomPort
  readonly log: LogPort
  /** What was logged. */
  readonly logs: LogBookPort
  readonly metricsDoor: MetricsDoorPort
  readonly monitorRecords: MonitorRecordsPort
  readonly fleet: FleetLinePort
  readonly fleetFile: FleetFilePort
}

export interface Services {
  readonly settings: SettingsService
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly views: ViewsService
  readonly registration: RegistrationService
  readonly registrationWatch: RegistrationWatch
  readonly priceRules: PriceRulesService
  readonly placeLists: PlaceListsService
  readonly alerts: AlertsService
  readonly markets: MarketsService
  readonly stakeMoves: StakeMovesService
  readonly tradePlans: TradePlans
  readonly moveQueues: MoveQueuesService
  readonly transactions: TransactionsService
  readonly signer: SignerService
  readonly airgap: AirgapService
  readonly accountPlans: AccountPlans
  readonly accounts: AccountsService
  readonly addresses: AddressesService
  readonly knownAddresses: KnownAddresses
  readonly transferHistory: TransferHistoryService
  readonly earnings: EarningsService
  readonly earningsBook: EarningsBook
  readonly holdings: HoldingsService
  readonly orders: OrdersService
  readonly ledger: LedgerService
  readonly fiat: FiatService
  readonly models: ModelsService
  readonly backends: BackendsService
  readonly mining: MiningService
  readonly care: CareService
  readonly callerLists: CallerListsService
  readonly miningOptions: MiningOptionsService
  readonly oneClick: OneClickService
  readonly monitor: MonitorService
  readonly reach: ReachService
  readonly profit: ProfitService
  readonly fleet: FleetService
  readonly announcements: AnnouncementsService
}

export interface Host {
  readonly router: Router
  /** What shells show outside of a window (tray, title); windows use the contract. */
  readonly services: Services
  /** Files that a browser fetches from its door; a shell without such a door leaves it alone. */
  readonly downloads: Downloads
  /** Reads the wallets, connects, and watches from then on. @param wanted absent: the network of last time */
  start(wanted?: NetworkChoice): Promise<void>
  /** Ends workers and closes files. Safe to call twice. */
  close(): Promise<void>
}
