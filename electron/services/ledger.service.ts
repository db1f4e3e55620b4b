import type { LedgerStatus } from '../../shared/contract/ledger.contract.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import { gatherPositions } from '../../shared/ledger/all-positions.ts'
import type { ExportKind } from '../../shared/ledger/export-lines.ts'
import type { ExportAsk } from '../../shared/ledger/export-text.ts'
import type { LotMethod } from '../../shared/ledger/lots.ts'
import { bookPositions } from '../../shared/ledger/positions.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Portfolio } from '../../shared/staking/position.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { LedgerPort } from '../chain/ledger.port.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { LedgerFilesPort } from '../storage/ledger-files.port.ts'
import type { LedgerFilter, StoredEntry } from '../storage/ledger-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { ArchiveNode } from './archive-node.ts'
import type { Downloads } from './downloads.ts'
import { EpochYields } from './epoch-yields.ts'
import { LedgerBooks } from './ledger-books.ts'
import { LedgerBooksKeeper } from './ledger-books-keeper.ts'
import { type Exported, LedgerExport } from './ledger-export.ts'
import { type FillAsk, gapsOf, LedgerFill } from './ledger-fill.ts'
import { LedgerRecorder } from './ledger-recorder.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface LedgerDeps {
  readonly chain: ChainPort & LedgerPort & EarningsPort
  /** For gaps that only a node with all state can fill. */
  readonly archiveNode: ArchiveNode
  readonly storage: StoragePort
  readonly exports: ExportFilesPort
  readonly ledgerFiles: LedgerFilesPort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly settings: Pick<SettingsService, 'get'>
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly downloads: Downloads
}

interface PageAsk extends LedgerFilter {
  readonly after?: string | undefined
  readonly limit: number
  readonly order: 'newest' | 'oldest'
}
interface BooksAsk {
  /** Absent: the one that the settings name. */
  readonly method?: LotMethod | undefined
  readonly account?: Ss58 | undefined
}
type FileAsk = BooksAsk & { readonly what: ExportKind; readonly year?: number | undefined }

/** What happened to own accounts, what it means in lots and gains, and files of it. */
export class LedgerService {
  readonly #deps: LedgerDeps
  readonly #recorder: LedgerRecorder
  readonly #fill: LedgerFill
  readonly #keeper: LedgerBooksKeeper
  readonly #books: LedgerBooks
  readonly #yields: EpochYields
  readonly #export: LedgerExport
  readonly #changed = new Listeners<void>()
  readonly #epochs = new Listeners<readonly EpochRow[]>()
  #version = 0

  constructor(deps: LedgerDeps) {
    this.#deps = deps
    const { chain, archiveNode: archive, storage, log, exports, clock, ledgerFiles: files } = deps
    this.#keeper = new LedgerBooksKeeper(storage)
    this.#books = new LedgerBooks(storage, this.#keeper, () => this.#changed.tell())
    this.#yields = new EpochYields(storage)
    this.#recorder = new LedgerRecorder({ chain, storage, log, accounts: () => this.#accounts() })
    this.#fill = new LedgerFill({
      chain,
      archive,
      storage,
      recorder: this.#recorder,
      changed: () => this.#tell(),
      booked: (rows) => this.#epochs.tell(rows),
    })
    this.#export = new LedgerExport({ files, exports, clock })
    this.#recorder.onChange(() => this.#tell())
    // A wallet that came: its record begins with the block that is there, not with the next one.
    deps.wallets.onChange(() => void this.#recorder.follow())
  }

  close(): void {
    this.#fill.stop()
    this.#recorder.close()
    this.#keeper.close()
    this.#export.close()
  }

  /** Epochs of the past that were booked now. */
  onEpochs(listener: (rows: readonly EpochRow[]) => void): () => void {
    return this.#epochs.add(listener)
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  status(): LedgerStatus {
    const { network, storage } = this.#deps
    const genesis = network.genesis()
    const accounts = this.#accounts().map((account) => {
      const spans = genesis === undefined ? [] : storage.ledgerSpans(genesis, account)
      return { account, spans, gaps: gapsOf(spans) }
    })
    return {
      version: this.#version,
      accounts,
      finalThrough: genesis === undefined ? -1 : storage.ledgerFinal(genesis),
      filling: this.#fill.filling(),
      stopped: this.#fill.stopped(),
      contradicted: genesis === undefined ? undefined : this.#recorder.contradictedAt(genesis),
      computing: this.#books.progress(),
    }
  }

  lines(ask: PageAsk): Result<{ lines: readonly StoredEntry[]; next?: string | undefined }, AppError> {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const lines = this.#deps.storage.ledgerPage(genesis, ask)
    return ok({ lines, ...(lines.length < ask.limit ? {} : { next: lines.at(-1)?.cursor }) })
  }

  async fill(ask: Pick<FillAsk, 'account' | 'archive'> & { readonly fromBlock?: number | undefined }) {
    const { network, storage } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' } as const)
    const gaps = gapsOf(storage.ledgerSpans(genesis, ask.account), ask.fromBlock)
    const hotkeys = this.#hotkeysOf(ask.account)
    const started = await this.#fill.start({ account: ask.account, hotkeys, archive: ask.archive, genesis, gaps })
    this.#tell()
    return started
  }

  stopFilling(): Result<null, AppError> {
    this.#fill.stop()
    return ok(null)
  }

  async holdings(ask: BooksAsk) {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' } as const)
    const [version, method] = [this.#version, this.#method(ask)]
    const all = await this.#books.holdings(genesis, method, new Set(this.#accounts()))
    const holdings = all.filter((holding) => ask.account === undefined || holding.account === ask.account)
    const { yieldOf } = this.#yields.now(genesis)
    return ok({
      version,
      method,
      holdings: holdings.map((holding) => ({ ...holding, yield: yieldOf(holding) })),
    })
  }

  async positions(ask: BooksAsk) {
    const { network, wallets } = this.#deps
    const coldkey = ask.account ?? wallets.active()?.address
    const genesis = network.genesis()
    if (coldkey === undefined) return err({ code: 'keys/no-wallet' } as const)
    if (genesis === undefined) return err({ code: 'chain/not-connected' } as const)
    const found = await this.#booked(genesis, [coldkey], this.#method(ask))
    if (!found.ok) return found
    const [first] = found.value.booked
    if (!first) return err({ code: 'keys/no-wallet' } as const)
    const { portfolio, positions, totals } = first
    return ok({
      account: coldkey,
      method: this.#method(ask),
      block: portfolio.block,
      free: portfolio.free,
      positions,
      totals,
    })
  }

  /** All wallets of this app together, those that are only watched too: read at one block, in one go. */
  async allPositions(ask: Pick<BooksAsk, 'method'>) {
    const genesis = this.#deps.network.genesis()
    const { wallets } = this.#deps.wallets.state()
    const accounts = [...new Set(this.#accounts())]
    if (accounts.length === 0) return err({ code: 'keys/no-wallet' } as const)
    if (genesis === undefined) return err({ code: 'chain/not-connected' } as const)
    const method = this.#method(ask)
    const found = await this.#booked(genesis, accounts, method)
    if (!found.ok) return found
    const { booked, holdings } = found.value
    const parts = booked.map(({ portfolio: { coldkey, free, notFinal } }) => ({
      account: coldkey,
      name: wallets.find(({ address }) => address === coldkey)?.name ?? '',
      free,
      ...(notFinal ? { notFinal } : {}),
    }))
    const rows = booked.flatMap(({ portfolio: { coldkey }, positions }) =>
      positions.map((position) => ({ ...position, account: coldkey })),
    )
    const block = booked[0]?.portfolio.block ?? 0
    return ok({ block, method, wallets: parts, ...gatherPositions(rows, parts, holdings) })
  }

  /** What the chain says of some wallets at one block, each with its books. */
  async #booked(genesis: string, coldkeys: readonly Ss58[], method: LotMethod) {
    const { chain } = this.#deps
    const [only, ...others] = coldkeys
    const [portfolios, subnets, holdings] = await Promise.all([
      // That of one is the one that windows look at: it is not read twice.
      only !== undefined && others.length === 0 ? this.#portfolioOf(only) : chain.portfolios(coldkeys, true),
      chain.subnets(),
      this.#books.holdings(genesis, method, new Set(this.#accounts())),
    ])
    if (!portfolios.ok) return portfolios
    const outside = subnets.ok ? subnets.value.subnets.map((s) => [s.netuid, s.alphaOutside] as const) : []
    const beside = {
      holdings,
      epochsOf: this.#yields.now(genesis).rowsOf,
      alphaOutside: new Map(outside),
    }
    const booked = portfolios.value.map((portfolio) => ({ portfolio, ...bookPositions(portfolio, beside) }))
    return ok({ booked, holdings })
  }

  async #portfolioOf(coldkey: Ss58): Promise<Result<readonly Portfolio[], AppError>> {
    const found = await this.#deps.chain.portfolio(coldkey, true)
    return found.ok ? ok([found.value]) : found
  }

  async export(ask: FileAsk, signal?: AbortSignal): Promise<Result<Exported, AppError>> {
    const whole = await this.#exportAsk(ask)
    return whole.ok ? this.#export.write(whole.value, signal) : whole
  }

  /** @errors ledger/no-download where this host has no door for a browser */
  async offerDownload(ask: FileAsk): Promise<Result<{ readonly address: string }, AppError>> {
    const whole = await this.#exportAsk(ask)
    if (!whole.ok) return whole
    const address = this.#export.offer(whole.value, this.#deps.downloads)
    return address === undefined ? err({ code: 'ledger/no-download' }) : ok({ address })
  }

  async #exportAsk(ask: FileAsk): Promise<Result<ExportAsk, AppError>> {
    const { chain, network, wallets } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const subnets = await chain.subnets()
    const subnetNames = new Map(
      subnets.ok ? subnets.value.subnets.map(({ netuid, name }) => [netuid as number, name]) : [],
    )
    const walletNames = new Map(wallets.state().wallets.map(({ address, name }) => [address, name]))
    return ok({
      ...ask,
      method: this.#method(ask),
      genesis,
      own: this.#accounts(),
      walletNames,
      subnetNames,
    })
  }

  #accounts(): readonly Ss58[] {
    return this.#deps.wallets.state().wallets.map(({ address }) => address)
  }

  #hotkeysOf(account: Ss58): readonly Ss58[] {
    const wallet = this.#deps.wallets.state().wallets.find(({ address }) => address === account)
    return wallet?.hotkeys.map(({ address }) => address) ?? []
  }

  #method({ method }: Pick<BooksAsk, 'method'>): LotMethod {
    return method ?? this.#deps.settings.get().lotMethod
  }

  #tell(): void {
    this.#version += 1
    this.#changed.tell()
  }
}
