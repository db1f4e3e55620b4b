import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../electron/headless/ensure-built.ts'
import { serveHost } from '../../electron/headless/serve.ts'
import type { Host } from '../../electron/host/create-host.ts'
import { createRouter } from '../../electron/host/router.ts'
import { DEFAULT_ALERTS } from '../../shared/alerts/alert-settings.ts'
import { DEFAULT_CARE } from '../../shared/care/care-settings.ts'
import type { NetworkStatus } from '../../shared/contract/app.contract.ts'
import type {
  EarningsView,
  PortfolioView,
  SubnetView,
  ValidatorView,
} from '../../shared/contract/chain-views.contract.ts'
import { type AppContract, contract, type Handlers } from '../../shared/contract/contract.ts'
import type { FleetView } from '../../shared/contract/fleet.contract.ts'
import type { MiningOption, MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { MonitorView } from '../../shared/contract/monitor.contract.ts'
import type { WalletState } from '../../shared/contract/wallet.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { GO_IDLE, goSteps } from '../../shared/mining/one-click.ts'
import { DEFAULT_PROFIT } from '../../shared/profit/profit-settings.ts'
import { err, ok } from '../../shared/result.ts'
import { newOneTimeKey } from '../../shared/sealing/sealed.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { NOTHING_EARNED } from './earnings-scenes.ts'

/** A computer that looks at none, and that none looks at. */
export const ALONE: FleetView = {
  atMs: 0,
  ownName: 'desk',
  own: {
    version: '0.1.0',
    miner: { state: 'off', answered: 0, late: 0, refused: 0 },
    canStart: false,
    hotkeys: [],
    alerts: [],
  },
  machines: [],
  totals: { machines: 1, heard: 1, networks: [], wattsOf: 0, wattsPartial: false, shared: [] },
  door: { state: 'off', onlyHere: false, refused: 0 },
  viewers: [],
  ownAddresses: ['192.168.1.20'],
}

const pages = fileURLToPath(new URL('../../out/renderer', import.meta.url))

/** All that a scene shows. The doors, the router and the codecs are the real ones; only the services are played. */
export interface Scene {
  readonly network: NetworkStatus
  readonly wallets: WalletState
  readonly portfolio: { readonly data?: PortfolioView; readonly error?: AppError }
  readonly subnets: { readonly data?: { block: number; subnets: readonly SubnetView[] }; readonly error?: AppError }
  readonly validators: readonly ValidatorView[]
  readonly earnings: { readonly data?: EarningsView; readonly error?: AppError }
  readonly activity: readonly TransactionRecord[]
  readonly mining: MiningStatus
  readonly options: readonly MiningOption[]
  readonly models: readonly ModelView[]
  /** Answers of channels that most scenes have no use for. */
  readonly answers?: Partial<Handlers<AppContract>>
}

/** Of an app that was started a moment ago. */
export const NOTHING_MONITORED: MonitorView = {
  atMs: 0,
  sinceMs: 0,
  counts: {},
  promptTokens: 0,
  completionTokens: 0,
  latency: {},
  firstToken: {},
  callers: [],
  callersSeen: 0,
  epochs: [],
  door: { state: 'off' },
}

const refused = async () => err({ code: 'contract/cancelled' } as const)

function handlersOf(scene: Scene): Handlers<AppContract> {
  const settings = { ...DEFAULT_SETTINGS }
  const facts = {
    version: '0.1.0',
    host: 'headless',
    dataFolder: '/d',
    walletsFolder: '/w',
    modelsFolder: '/m',
  } as const
  return {
    'app.info': async () => ok(facts),
    'network.status': (_input, emit) => emit(scene.network),
    'network.select': refused,
    'network.leave': refused,
    'network.allow': refused,
    'settings.watch': (_input, emit) => emit(settings),
    'settings.change': refused,
    'wallet.state': (_input, emit) => emit(scene.wallets),
    'wallet.sealingKey': async () => ok({ to: (await newOneTimeKey()).to }),
    'wallet.draft': refused,
    'wallet.create': refused,
    'wallet.importWords': refused,
    'wallet.inspectFolder': refused,
    'wallet.importFolder': refused,
    'wallet.select': refused,
    'wallet.unlock': async () => err({ code: 'keys/wrong-password' }),
    'wallet.lock': refused,
    'wallet.createHotkey': refused,
    'wallet.work': (_input, emit) => emit([]),
    'wallet.wordList': refused,
    'wallet.diagnoseWords': refused,
    'wallet.inspectSecret': refused,
    'wallet.importSecret': refused,
    'wallet.inspectPolkadotJson': refused,
    'wallet.importPolkadotJson': refused,
    'wallet.importWatchOnly': refused,
    'wallet.revealWords': refused,
    'wallet.exportBtwallet': refused,
    'wallet.exportPolkadotJson': refused,
    'wallet.rename': refused,
    'wallet.changePassword': refused,
    'wallet.convert': refused,
    'wallet.remove': refused,
    'wallet.trash': async () => ok([]),
    'wallet.restore': refused,
    'wallet.deleteForever': refused,
    'wallet.importHotkey': refused,
    'wallet.importHotkeyFile': refused,
    'wallet.renameHotkey': refused,
    'wallet.removeHotkey': refused,
    'wallet.unlockHotkey': refused,
    'wallet.lockHotkey': refused,
    'portfolio.watch': (_input, emit) => emit(scene.portfolio),
    'portfolio.get': refused,
    'subnets.watch': (_input, emit) => emit(scene.subnets),
    'subnets.validators': async () => ok(scene.validators),
    'earnings.watch': (_input, emit) => emit(scene.earnings),
    'staking.planMoves': async () => err({ code: 'stake/nothing-to-do' }),
    'staking.planExit': async () => err({ code: 'stake/nothing-to-do' }),
    'staking.planRebalance': async () => err({ code: 'stake/nothing-to-do' }),
    'staking.queues': (_input, emit) => emit([]),
    'staking.startQueue': refused,
    'staking.runQueue': refused,
    'staking.stopQueue': refused,
    'staking.dropQueue': refused,
    'oneClick.watch': (_input, emit) => emit({ ...GO_IDLE, steps: goSteps(GO_IDLE) }),
    'oneClick.propose': async () => ok({ candidates: [], asks: [] }),
    'oneClick.go': refused,
    'oneClick.confirm': refused,
    'oneClick.cancel': refused,
    'oneClick.resume': refused,
    'oneClick.dismiss': refused,
    'registration.outlook': refused,
    'registration.course': refused,
    'registration.rules': async () => ok({ rules: [], aside: [] }),
    'registration.setRule': refused,
    'registration.endRule': refused,
    'registration.planMany': async ({ netuid }) => err({ code: 'register/closed', netuid }),
    'registration.lists': (_input, emit) => emit([]),
    'registration.startMany': refused,
    'registration.runMany': refused,
    'registration.stopMany': refused,
    'registration.dropMany': refused,
    'registration.watch': (_input, emit) => emit({ data: { block: 0, places: [] } }),
    'registration.plan': async ({ netuid }) => err({ code: 'register/closed', netuid }),
    'transfer.limits': refused,
    'transfer.plan': refused,
    'transfer.planClose': refused,
    'transfer.received': (_input, emit) => emit([]),
    'signer.reading': refused,
    'signer.policy': refused,
    'signer.setPolicy': refused,
    'signer.cancelLoosening': refused,
    'signer.audit': refused,
    'signer.exportAudit': refused,
    'signer.signMessage': refused,
    'signer.verifyMessage': refused,
    'airgap.export': refused,
    'airgap.send': refused,
    'airgap.read': refused,
    'airgap.sign': refused,
    'account.guard': (_input, emit) => emit({ swaps: [], alarms: [] }),
    'account.acknowledgeSwap': refused,
    'account.plan': refused,
    'proxy.view': refused,
    'proxy.actFor': refused,
    'proxy.stopActingFor': refused,
    'multisig.list': async () => ok([]),
    'account.others': (_input, emit) => emit({ shared: [], proxyOf: [] }),
    'multisig.preview': refused,
    'multisig.add': refused,
    'multisig.remove': refused,
    'multisig.view': refused,
    'multisig.passCall': refused,
    'multisig.planNext': refused,
    'multisig.planCancel': refused,
    'addresses.watch': (_input, emit) => emit({ network: 'finney', entries: [] }),
    'addresses.add': refused,
    'addresses.change': refused,
    'addresses.remove': refused,
    'addresses.export': refused,
    'addresses.import': refused,
    'addresses.check': refused,
    'transaction.prepare': refused,
    'transaction.send': refused,
    'activity.watch': (_input, emit) => emit(scene.activity),
    'monitor.watch': (_input, emit) => emit({ ...NOTHING_MONITORED, atMs: Date.now() }),
    'monitor.live': (_input, emit) =>
      emit({ atMs: Date.now(), answered: 0, late: 0, refused: 0, running: 0, waiting: 0 }),
    'monitor.series': async () => ok({ stepMs: 1_000, atMs: Date.now(), slots: [] }),
    'monitor.openMetrics': refused,
    'monitor.closeMetrics': refused,
    'logs.read': async () => ok({ lines: [], folder: '/d/logs', lost: 0 }),
    'logs.report': refused,
    'practice.playMoney': async () => err({ code: 'practice/only-there' }),
    'ledger.lines': async () => ok({ lines: [] }),
    'ledger.status': (_input, emit) => emit({ version: 0, accounts: [], finalThrough: -1 }),
    'ledger.fill': refused,
    'ledger.stopFilling': refused,
    'ledger.holdings': async () => ok({ holdings: [], version: 0, method: settings.lotMethod }),
    'ledger.positions': refused,
    'ledger.allPositions': refused,
    'ledger.export': refused,
    'ledger.offerDownload': refused,
    'earnings.summary': async () => (scene.earnings.error ? err(scene.earnings.error) : ok(NOTHING_EARNED)),
    'earnings.epochs': refused,
    'earnings.export': refused,
    'earnings.offerDownload': refused,
    'fiat.watch': (_input, emit) => emit({ worthless: false, stale: false }),
    'fiat.choose': refused,
    'alerts.watch': (_input, emit) => emit({ notices: [], unread: 0, settings: DEFAULT_ALERTS }),
    'alerts.read': refused,
    'alerts.set': refused,
    'alerts.testWebhook': refused,
    'mining.options': async () => ok(scene.options),
    'mining.hardware': async () => ok({ cpuCores: 2, memoryTotalBytes: 8e9, backend: 'cpu', gpus: [] }),
    'mining.start': refused,
    'mining.stop': refused,
    'backends.watch': (_input, emit) => emit([]),
    'backends.add': refused,
    'backends.change': refused,
    'backends.remove': refused,
    'backends.test': refused,
    'fleet.watch': (_input, emit) => emit(ALONE),
    'fleet.invite': refused,
    'fleet.withdraw': refused,
    'fleet.closeDoor': refused,
    'fleet.forgetViewer': refused,
    'fleet.add': refused,
    'fleet.rename': refused,
    'fleet.remove': refused,
    'fleet.order': refused,
    'mining.status': (_input, emit) => emit(scene.mining),
    'reach.watch': (_input, emit) => emit({ state: 'not-asked', asks: { servers: [], helpers: [], own: [] } }),
    'reach.check': refused,
    'mining.move': refused,
    'mining.announced': async () => ok({ waitBlocks: 0, leaving: false }),
    'mining.withdraw': refused,
    'callers.get': async () => ok({ denied: [] }),
    'callers.set': refused,
    'reach.close': refused,
    'reach.help': refused,
    'reach.stopHelping': refused,
    'care.watch': (_input, emit) =>
      emit({ reasons: [], blind: [], settings: DEFAULT_CARE, rule: { state: 'off' }, restarts: { deaths: [] } }),
    'care.set': refused,
    'profit.watch': (_input, emit) =>
      emit({
        data: {
          settings: DEFAULT_PROFIT,
          atMs: Date.now(),
          play: false,
          price: { by: 'nobody', why: 'off' },
          rule: { state: 'off' },
        },
      }),
    'profit.set': refused,
    'profit.goOn': refused,
    'care.power': async () => ok({ points: [], days: [] }),
    'models.watch': (_input, emit) => emit(scene.models),
    'models.licence': refused,
    'models.move': refused,
    'models.download': refused,
    'models.cancel': refused,
    'models.import': refused,
    'models.makeSelfTest': refused,
    'models.remove': refused,
    'holdings.state': refused,
    'holdings.lockSteps': async () => ok([]),
    'orders.offer': async () => ok({ atBlock: 0, obstacle: { code: 'order/switched-off' } }),
    'orders.plan': refused,
    'orders.sign': refused,
    'orders.list': async () => ok([]),
    'orders.planCancel': refused,
    'orders.export': refused,
    'market.changes': async () => ok({ points: [] }),
    'market.history': async () => ok({ samples: [] }),
    'market.fetchPast': refused,
    'market.depth': refused,
    'market.statement': refused,
    'market.validators': refused,
    'market.network': refused,
    'market.favourites': (_input, emit) => emit([]),
    'market.setFavourite': refused,
    ...scene.answers,
  }
}

/** A host whose answers are a scene: for states that a healthy network does not reach by itself. */
export async function playScene(scene: Scene): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  await ensureBuilt(() => {})
  const router = createRouter(contract, handlersOf(scene), () => ({ code: 'internal', incident: 'scene' }))
  // The cast: a door needs the router of a host and its downloads, nothing else.
  const downloads = {
    serve: () => undefined,
    take: () => ({ name: 'history.csv', write: (put: (text: string) => Promise<void>) => put('a,b\r\n') }),
  }
  const served = await serveHost({ router, downloads } as unknown as Host, pages, 0)
  return { url: served.url, stop: () => served.close() }
}
