import { type AppContract, contract, type Handlers } from '../../shared/contract/contract.ts'
import { AccountPlans } from '../services/account-plans.ts'
import { AccountsService } from '../services/accounts.service.ts'
import { AddressesService } from '../services/addresses.service.ts'
import { AirgapService } from '../services/airgap.service.ts'
import { AlertsService } from '../services/alerts.service.ts'
import { AnnouncementsService } from '../services/announcements.service.ts'
import { ArchiveNode } from '../services/archive-node.ts'
import { BackendsService } from '../services/backends.service.ts'
import { CallerListsService } from '../services/caller-lists.service.ts'
import { CareService } from '../services/care.service.ts'
import { Downloads } from '../services/downloads.ts'
import { EarningsService } from '../services/earnings.service.ts'
import { raiseForRedRows } from '../services/earnings-alerts.ts'
import { EarningsBook } from '../services/earnings-book.ts'
import { FiatService } from '../services/fiat.service.ts'
import { FleetService } from '../services/fleet.service.ts'
import { HoldingsService } from '../services/holdings.service.ts'
import { KnownAddresses } from '../services/known-addresses.ts'
import { LedgerService } from '../services/ledger.service.ts'
import { MarketsService } from '../services/markets.service.ts'
import { raiseWhenMinerStops } from '../services/miner-alerts.ts'
import { MiningService } from '../services/mining.service.ts'
import { MiningOptionsService } from '../services/mining-options.service.ts'
import { ModelsService } from '../services/models.service.ts'
import { MonitorService } from '../services/monitor.service.ts'
import { MoveQueuesService } from '../services/move-queues.service.ts'
import { NetworkService } from '../services/network.service.ts'
import { OneClickService } from '../services/one-click.service.ts'
import { OrdersService } from '../services/orders.service.ts'
import { PlaceListsService } from '../services/place-lists.service.ts'
import { PriceRulesService } from '../services/price-rules.service.ts'
import { ProfitService } from '../services/profit.service.ts'
import { ReachService } from '../services/reach.service.ts'
import { RegistrationService } from '../services/registration.service.ts'
import { RegistrationRecorder } from '../services/registration-recorder.ts'
import { RegistrationWatch } from '../services/registration-watch.ts'
import { SettingsService } from '../services/settings.service.ts'
import { ShieldService } from '../services/shield.service.ts'
import { SignerService } from '../services/signer.service.ts'
import { StakeMovesService } from '../services/stake-moves.service.ts'
import { TradePlans } from '../services/trade-plans.ts'
import { TransactionsService } from '../services/transactions.service.ts'
import { TransferHistoryService } from '../services/transfer-history.service.ts'
import { ViewsService } from '../services/views.service.ts'
import { WalletService } from '../services/wallet.service.ts'
import { accountsHandlers } from './accounts-handlers.ts'
import { addressesHandlers } from './addresses-handlers.ts'
import { airgapHandlers } from './airgap-handlers.ts'
import { alertsHandlers } from './alerts-handlers.ts'
import { appHandlers } from './app-handlers.ts'
import { backendsHandlers } from './backends-handlers.ts'
import { callersHandlers } from './callers-handlers.ts'
import { careHandlers } from './care-handlers.ts'
import { chainHandlers } from './chain-handlers.ts'
import { earningsHandlers } from './earnings-handlers.ts'
import { explainer } from './explainer.ts'
import { fiatHandlers } from './fiat-handlers.ts'
import { fleetHandlers } from './fleet-handlers.ts'
import { holdingsHandlers } from './holdings-handlers.ts'
import type { Host, HostPorts, Services } from './host-parts.ts'
import { ledgerHandlers } from './ledger-handlers.ts'
import { marketsHandlers } from './markets-handlers.ts'
import { miningHandlers } from './mining-handlers.ts'
import { modelsHandlers } from './models-handlers.ts'
import { monitorHandlers } from './monitor-handlers.ts'
import { oneClickHandlers } from './one-click-handlers.ts'
import { ordersHandlers } from './orders-handlers.ts'
import { profitHandlers } from './profit-handlers.ts'
import { reachHandlers } from './reach-handlers.ts'
import { registrationHandlers } from './registration-handlers.ts'
import { createRouter } from './router.ts'
import { signerHandlers } from './signer-handlers.ts'
import { stakingHandlers } from './staking-handlers.ts'
import { walletHandlers } from './wallet-handlers.ts'

export type { Host, HostFacts, HostPorts, Services } from './host-parts.ts'

function fiatService(
  { web, clock, knownNetworks }: HostPorts,
  settings: SettingsService,
  network: NetworkService,
): FiatService {
  const realGenesis = knownNetworks.find(({ kind }) => kind === 'finney')?.genesis
  return new FiatService({ web, clock, settings, network, realGenesis })
}

/** Places on subnets: what they cost, how near ours are to being lost, and who is told of it. */
function placeServices(
  ports: HostPorts,
  { settings, network, wallets }: Pick<Services, 'settings' | 'network' | 'wallets'>,
): Pick<Services, 'registration' | 'registrationWatch' | 'alerts'> {
  const genesis = () => network.genesis()
  const recorder = new RegistrationRecorder({ ...ports, genesis })
  const alerts = new AlertsService({ ...ports, settings, network })
  const hotkeys = () => wallets.state().wallets.flatMap((wallet) => wallet.hotkeys.map(({ address }) => address))
  return {
    registration: new RegistrationService({ ...ports, recorder }),
    registrationWatch: new RegistrationWatch({ ...ports, genesis, hotkeys, recorder, alerts }),
    alerts,
  }
}

/** Everything of a miner, from the address to the end of it. */
function miningServices(
  ports: HostPorts,
  { settings, ...others }: Pick<Services, 'settings' | 'wallets' | 'network' | 'transactions' | 'fiat'>,
): Pick<
  Services,
  | 'mining'
  | 'profit'
  | 'registration'
  | 'registrationWatch'
  | 'alerts'
  | 'care'
  | 'miningOptions'
  | 'monitor'
  | 'reach'
  | 'announcements'
> {
  const mining = new MiningService({ ...ports, ...others, reserve: () => settings.get().modelReserve })
  const announcements = new AnnouncementsService({ ...ports, ...others, serving: () => mining.status() })
  const care = new CareService({
    ...ports,
    ...others,
    settings,
    mining,
    leave: (place) => announcements.leave(place),
    announcedAt: () => announcements.byMiner(),
  })
  return {
    mining,
    profit: new ProfitService({ ...ports, ...others, mining, care }),
    ...placeServices(ports, { settings, ...others }),
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
    announcements,
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

/** Built of all others. */
type Last = 'oneClick' | 'fleet' | 'priceRules' | 'placeLists'

const oneClickService = (ports: HostPorts, services: Omit<Services, Last>): OneClickService =>
  new OneClickService({
    ...ports,
    ...services,
    modelFiles: ports.models,
    servers: ports.backends,
    options: services.miningOptions,
  })

function fleetService(ports: HostPorts, services: Omit<Services, Last>): FleetService {
  const { facts, fleetFile: file, knownNetworks } = ports
  const known = knownNetworks.flatMap(({ kind, genesis }) =>
    genesis === undefined || kind === 'local' ? [] : [[genesis, kind] as const],
  )
  return new FleetService({
    ...ports,
    ...services,
    fleet: ports.fleet,
    file,
    version: facts.version,
    known: new Map(known),
  })
}

/** All that plans, signs and sends. */
function moneyServices(
  ports: HostPorts,
  {
    wallets,
    network,
    addresses,
    accountPlans,
    markets,
  }: Pick<Services, 'wallets' | 'network' | 'addresses' | 'accountPlans' | 'markets'>,
): Pick<Services, 'stakeMoves' | 'tradePlans' | 'transactions' | 'moveQueues'> {
  const { chain, keys } = ports
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
  return { stakeMoves, tradePlans, transactions, moveQueues }
}

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
  const moves = moneyServices(ports, { wallets, network, addresses, accountPlans, markets })
  const { transactions } = moves
  const fiat = fiatService(ports, settings, network)
  const services = {
    settings,
    network,
    wallets,
    ...moves,
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
    fiat,
    ledger: new LedgerService({ ...ports, archiveNode, settings, wallets, network, downloads }),
    callerLists: new CallerListsService({ ...ports, settings }),
    earnings: new EarningsService({ chain, storage, clock, log, wallets, network }),
    earningsBook: new EarningsBook({ ...ports, wallets, network, downloads }),
    models: modelsService(ports, settings),
    backends: new BackendsService({ ...ports, settings }),
    ...miningServices(ports, { settings, wallets, network, transactions, fiat }),
  }
  return {
    ...services,
    oneClick: oneClickService(ports, services),
    fleet: fleetService(ports, services),
    priceRules: new PriceRulesService({ ...ports, ...services, file: ports.priceRulesFile }),
    placeLists: new PlaceListsService({ ...ports, ...services, explain: explainer(ports) }),
  }
}

/** Ends the miner, and takes its address off the chain, as far as that is done within seconds. */
async function endMiner({ care, mining, announcements }: Services): Promise<void> {
  await care.close()
  const place = announcements.byMiner()
  await mining.stop()
  await announcements.close(place)
}

/** Every channel of the contract. */
function handlersOf(ports: HostPorts, services: Services): Handlers<AppContract> {
  return {
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
    ...earningsHandlers(services),
    ...fiatHandlers(services),
    ...alertsHandlers(services),
    ...registrationHandlers(services),
    ...addressesHandlers(services),
    ...accountsHandlers(services),
    ...marketsHandlers(services),
    ...holdingsHandlers(services),
    ...ordersHandlers(services),
    ...reachHandlers(services),
    ...fleetHandlers(services),
    ...backendsHandlers(services),
    ...monitorHandlers(ports, services),
    ...careHandlers(services),
    ...profitHandlers(services),
  }
}

/** Composition root. Knows every service, knows nothing of Electron or HTTP. */
export function createHost(ports: HostPorts): Host {
  const downloads = new Downloads(ports)
  const services = buildServices(ports, downloads)
  let closed = false
  const stopAlerts = raiseWhenMinerStops({ ...services, clock: ports.clock })
  raiseForRedRows(services)
  return {
    router: createRouter(contract, handlersOf(ports, services), explainer(ports)),
    services,
    downloads,
    async start(wanted) {
      const watches = ports.facts.kind !== 'cli'
      await services.network.foresee(wanted)
      await services.monitor.start()
      if (watches) await services.fleet.start()
      await services.network.begin(wanted)
      services.care.start(watches)
      services.profit.onPause((pause) => services.alerts.raise({ kind: 'mining-paused', ...pause }))
      // A command that ends after one answer has no time to watch.
      if (!watches) return
      services.registrationWatch.start()
      services.priceRules.start()
      services.profit.start()
    },
    async close() {
      if (closed) return
      closed = true
      await services.models.close()
      services.transferHistory.close()
      services.ledger.close()
      services.oneClick.close()
      services.fiat.close()
      services.alerts.close()
      stopAlerts()
      services.registrationWatch.close()
      services.priceRules.close()
      services.profit.close()
      await endMiner(services)
      ports.backends.close()
      await Promise.all([
        services.reach.close(),
        services.fleet.close(),
        services.monitor.close(),
        ports.llm.close(),
        ports.axon.stop(),
        ports.keys.lockAll(),
        services.network.close(),
        services.earnings.close(),
      ])
      ports.storage.close()
    },
  }
}
