import { type AppContract, contract, type Handlers } from '../../shared/contract/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { AxonPort } from '../axon/axon.port.ts'
import type { BackendKeysPort, BackendsPort } from '../backends/backends.port.ts'
import type { CarePort } from '../care/care.port.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { MarketsPort } from '../chain/markets.port.ts'
import type { MinersPort } from '../chain/miners.port.ts'
import type { OrdersPort } from '../chain/orders.port.ts'
import type { ProofPort } from '../chain/proof.port.ts'
import type { ShieldPort } from '../chain/shield.port.ts'
import type { StakingPort } from '../chain/staking.port.ts'
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
import { AccountPlans } from '../services/account-plans.ts'
import { AccountsService } from '../services/accounts.service.ts'
import { AddressesService } from '../services/addresses.service.ts'
import { AirgapService } from '../services/airgap.service.ts'
import { AnnouncementsService } from '../services/announcements.service.ts'
import { ArchiveNode, type ArchiveSource } from '../services/archive-node.ts'
import { BackendsService } from '../services/backends.service.ts'
import { CallerListsService } from '../services/caller-lists.service.ts'
import { CareService } from '../services/care.service.ts'
import { Downloads } from '../services/downloads.ts'
import { EarningsService } from '../services/earnings.service.ts'
import { FiatService } from '../services/fiat.service.ts'
import { HoldingsService } from '../services/holdings.service.ts'
import { KnownAddresses } from '../services/known-addresses.ts'
import { LedgerService } from '../services/ledger.service.ts'
import { MarketsService } from '../services/markets.service.ts'
import { MiningService } from '../services/mining.service.ts'
import { MiningOptionsService } from '../services/mining-options.service.ts'
import { ModelsService } from '../services/models.service.ts'
import { MonitorService } from '../services/monitor.service.ts'
import { MoveQueuesService } from '../services/move-queues.service.ts'
import { type KnownNetwork, NetworkService } from '../services/network.service.ts'
import { OneClickService } from '../services/one-click.service.ts'
import { OrdersService } from '../services/orders.service.ts'
import { ReachService } from '../services/reach.service.ts'
import { RegistrationService } from '../services/registration.service.ts'
import { SettingsService } from '../services/settings.service.ts'
import { ShieldService } from '../services/shield.service.ts'
import { SignerService } from '../services/signer.service.ts'
import { StakeMovesService } from '../services/stake-moves.service.ts'
import { TradePlans } from '../services/trade-plans.ts'
import { TransactionsService } from '../services/transactions.service.ts'
import { TransferHistoryService } from '../services/transfer-history.service.ts'
import { ViewsService } from '../services/views.service.ts'
import { WalletService } from '../services/wallet.service.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { GoFilePort } from '../storage/go-file.port.ts'
import type { LedgerFilesPort } from '../storage/ledger-files.port.ts'
import { StorageFailure, type StoragePort } from '../storage/storage.port.ts'
import type { FetchTextPort } from '../system/fetch-text.port.ts'
import type { LogBookPort } from '../system/log-book.port.ts'
import type { MachinePort } from '../system/machine.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import { accountsHandlers } from './accounts-handlers.ts'
import { addressesHandlers } from './addresses-handlers.ts'
import { airgapHandlers } from './airgap-handlers.ts'
import { appHandlers } from './app-handlers.ts'
import { backendsHandlers } from './backends-handlers.ts'
import { callersHandlers } from './callers-handlers.ts'
import { careHandlers } from './care-handlers.ts'
import { chainHandlers } from './chain-handlers.ts'
import { fiatHandlers } from './fiat-handlers.ts'
import { holdingsHandlers } from './holdings-handlers.ts'
import { ledgerHandlers } from './ledger-handlers.ts'
import { marketsHandlers } from './markets-handlers.ts'
import { miningHandlers } from './mining-handlers.ts'
import { modelsHandlers } from './models-handlers.ts'
import { monitorHandlers } from './monitor-handlers.ts'
import { oneClickHandlers } from './one-click-handlers.ts'
import { ordersHandlers } from './orders-handlers.ts'
import { reachHandlers } from './reach-handlers.ts'
import { createRouter, type Router } from './router.ts'
import { signerHandlers } from './signer-handlers.ts'
import { stakingHandlers } from './staking-handlers.ts'
import { walletHandlers } from './wallet-handlers.ts'

export interface HostFacts {
  readonly version: string
  readonly kind: 'desktop' | 'headless' | 'cli'
  readonly dataFolder: string
  readonly walletsFolder: string
  readonly modelsFolder: string
}

export interface HostPorts {
  readonly facts: HostFacts
  readonly chain: ChainPort &
    AccountsPort &
    StakingPort &
    ProofPort &
    MarketsPort &
    LedgerPort &
    EarningsPort &
    HoldingsPort &
    MinersPort &
    OrdersPort &
    ShieldPort
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
  readonly clock: ClockPort
  readonly random: RandomPort
  readonly log: LogPort
  /** What was logged. */
  readonly logs: LogBookPort
  readonly metricsDoor: MetricsDoorPort
  readonly monitorRecords: MonitorRecordsPort
}

export interface Services {
  readonly settings: SettingsService
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly views: ViewsService
  readonly registration: RegistrationService
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
  readonly announcements: AnnouncementsService
}

export interface Host {
  readonly router: Router
  /** What shells show outside of a window (tray, title); windows use the contract. */
  readonly services: Services
  /** Files that a browser fetches from its door; a shell without such a door leaves it alone. */
  readonly downloads: Downloads
  /** Reads the wallets and connects to the network of last time. */
  start(): Promise<void>
  /** Ends workers and closes files. Safe to call twice. */
  close(): Promise<void>
}

function fiatService(
  { web, clock, knownNetworks }: HostPorts,
  settings: SettingsService,
  network: NetworkService,
): FiatService {
  const realGenesis = knownNetworks.find(({ kind }) => kind === 'finney')?.genesis
  return new FiatService({ web, clock, settings, network, realGenesis })
}

/** Everything of a miner, from the address to the end of it. */
function miningServices(
  ports: HostPorts,
  { settings, ...others }: Pick<Services, 'settings' | 'wallets' | 'network' | 'transactions'>,
): Pick<Services, 'mining' | 'registration' | 'care' | 'miningOptions' | 'monitor' | 'reach' | 'announcements'> {
  const mining = new MiningService({ ...ports, ...others, reserve: () => settings.get().modelReserve })
  const care = new CareService({ ...ports, ...others, settings, mining })
  return {
    mining,
    registration: new RegistrationService(ports),
    miningOptions: new MiningOptionsService({ ...ports, ...others }),
    monitor: new MonitorService({
      ...ports,
      ...others,
      settings,
      mining,
      care,
      door: ports.metricsDoor,
      records: ports.monitorRecords,
    }),
    care,
    reach: new ReachService({ ...ports, settings }),
    announcements: new AnnouncementsService({ ...ports, ...others, serving: () => mining.status() }),
  }
}

/** A model that is loaded, or is being loaded, is in use. */
function modelsService({ models, llm }: HostPorts, settings: SettingsService): ModelsService {
  const inUse = (path: string): boolean => {
    const { state, model } = llm.status()
    return state === 'loading' || model?.file === path
  }
  return new ModelsService({ models, settings, inUse })
}

const oneClickService = (ports: HostPorts, services: Omit<Services, 'oneClick'>): OneClickService =>
  new OneClickService({ ...ports, ...services, modelFiles: ports.models, options: services.miningOptions })

function buildServices(ports: HostPorts, downloads: Downloads): Services {
  const { chain, keys, practice, storage, knownNetworks, clock, log } = ports
  const settings = new SettingsService(storage)
  const wallets = new WalletService({ keys, clock, settings })
  const openWallets = async (kind: 'practice' | 'real') => {
    await keys.use(kind)
    await wallets.load()
  }
  const network = new NetworkService({ chain, practice, settings, known: knownNetworks, openWallets })
  const archiveNode = new ArchiveNode(ports.archive)
  const markets = new MarketsService({ chain, archiveNode, storage, clock, log, network, wallets })
  const known = new KnownAddresses({ storage, wallets, network })
  const addresses = new AddressesService({ chain, storage, clock, network, known })
  const accountPlans = new AccountPlans({ chain, storage, wallets, network, recipients: addresses })
  const stakeMoves = new StakeMovesService({ chain, wallets, recipients: addresses, markets })
  const tradePlans = new TradePlans({
    chain,
    wallets,
    recipients: addresses,
    accounts: accountPlans,
    moves: stakeMoves,
  })
  const transactions = new TransactionsService({
    ...ports,
    wallets,
    network,
    accounts: accountPlans,
    plans: tradePlans,
    shield: new ShieldService({ chain, keys }),
  })
  const moveQueues = new MoveQueuesService({
    ...ports,
    wallets,
    network,
    moves: stakeMoves,
    accounts: accountPlans,
    transactions,
  })
  const services = {
    settings,
    network,
    wallets,
    stakeMoves,
    tradePlans,
    moveQueues,
    transactions,
    signer: new SignerService({ keys, transactions }),
    airgap: new AirgapService({ chain, keys, wallets, network, transactions }),
    accountPlans,
    accounts: new AccountsService({ chain, storage, wallets, network, plans: accountPlans }),
    addresses,
    knownAddresses: known,
    transferHistory: new TransferHistoryService({ chain, storage, log, wallets }),
    views: new ViewsService({ chain, wallets, network, sawSubnets: (snapshot) => markets.saw(snapshot) }),
    markets,
    holdings: new HoldingsService({ chain, wallets }),
    orders: new OrdersService({ chain, keys, storage, clock, wallets, network, accounts: accountPlans }),
    fiat: fiatService(ports, settings, network),
    ledger: new LedgerService({ ...ports, archiveNode, settings, wallets, network, downloads }),
    callerLists: new CallerListsService({ ...ports, settings }),
    earnings: new EarningsService({ chain, storage, clock, log, wallets, network }),
    models: modelsService(ports, settings),
    backends: new BackendsService({ ...ports, settings }),
    ...miningServices(ports, { settings, wallets, network, transactions }),
  }
  return { ...services, oneClick: oneClickService(ports, services) }
}

/** What a person is told of a storage that cannot be opened or written. */
export function storageError({ kind, path, message }: StorageFailure): AppError {
  switch (kind) {
    case 'disk-full':
      return { code: 'storage/disk-full', path, neededBytes: 0 }
    case 'broken':
      return { code: 'storage/broken', path, reason: message }
    case 'newer-version':
      return { code: 'storage/newer-version', path }
    case 'in-use':
      return { code: 'host/data-folder-in-use', path }
  }
}

/** A full disk is the user's to mend, so it gets its own code; everything else thrown is our bug. */
function explainer({ log, random }: HostPorts): (cause: unknown) => AppError {
  return (cause) => {
    if (cause instanceof StorageFailure) {
      const { kind, path, message } = cause
      log.log('error', `storage.${kind}`, { path, reason: message })
      return storageError(cause)
    }
    const incident = random.uuid().slice(0, 8)
    log.log('error', 'internal', {
      incident,
      reason: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    })
    return { code: 'internal', incident }
  }
}

/** Composition root. Knows every service, knows nothing of Electron or HTTP. */
export function createHost(ports: HostPorts): Host {
  const downloads = new Downloads(ports)
  const services = buildServices(ports, downloads)
  const handlers: Handlers<AppContract> = {
    ...appHandlers(ports.facts, services),
    ...walletHandlers(services),
    ...signerHandlers(services),
    ...airgapHandlers(services),
    ...chainHandlers(services),
    ...stakingHandlers(services),
    ...miningHandlers(ports, services),
    ...callersHandlers(services),
    ...modelsHandlers(services),
    ...oneClickHandlers(services),
    ...ledgerHandlers(services),
    ...fiatHandlers(services),
    ...addressesHandlers(services),
    ...accountsHandlers(services),
    ...marketsHandlers(services),
    ...holdingsHandlers(services),
    ...ordersHandlers(services),
    ...reachHandlers(services),
    ...backendsHandlers(services),
    ...monitorHandlers(ports, services),
    ...careHandlers(services),
  }
  let closed = false
  return {
    router: createRouter(contract, handlers, explainer(ports)),
    services,
    downloads,
    async start() {
      await services.wallets.load()
      await services.monitor.start()
      await services.network.resume()
      services.care.start(ports.facts.kind !== 'cli')
    },
    async close() {
      if (closed) return
      closed = true
      await services.models.close()
      services.transferHistory.close()
      services.ledger.close()
      services.oneClick.close()
      services.fiat.close()
      services.announcements.close()
      await services.care.close()
      await services.mining.stop()
      ports.backends.close()
      await Promise.all([
        services.reach.close(),
        services.monitor.close(),
        ports.llm.close(),
        ports.axon.stop(),
        ports.keys.lockAll(),
        services.network.close(),
      ])
      ports.storage.close()
    },
  }
}
