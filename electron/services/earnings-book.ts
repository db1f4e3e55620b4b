import type { EarningsSummary, EarningsSums, EpochsPage } from '../../shared/contract/earnings.contract.ts'
import type { EpochFileAsk, EpochFormat, GapLine } from '../../shared/earnings/epochs-file.ts'
import { EARNING_KINDS } from '../../shared/earnings/kinds.ts'
import { boundsOf, type DaySpan, type Range, spanBefore, spanOf } from '../../shared/earnings/ranges.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Netuid, netuid, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsFilter, EarningsGroup, EarningsSum } from '../storage/earnings-views.port.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { LedgerFilesPort } from '../storage/ledger-files.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { Downloads } from './downloads.ts'
import { type Exported, LedgerExport } from './ledger-export.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface EarningsBookDeps {
  readonly chain: Pick<ChainPort, 'subnets'>
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly exports: ExportFilesPort
  readonly ledgerFiles: LedgerFilesPort
  readonly wallets: Pick<WalletService, 'state'>
  readonly network: Pick<NetworkService, 'genesis'>
  readonly downloads: Downloads
}

export interface EarningsAsk {
  readonly range: Range
  readonly account?: Ss58 | undefined
  readonly netuid?: Netuid | undefined
  readonly hotkey?: Ss58 | undefined
}
interface PageAsk extends EarningsAsk {
  readonly onlyRed: boolean
  readonly offset: number
  readonly limit: number
}
type FileAsk = EarningsAsk & { readonly format: EpochFormat }

/** A calendar of a year has so many days, the first week of it whole. */
const CALENDAR_DAYS = 371
const MOST_GAPS = 50

/** What epochs brought, as it is asked for: sums, pages and files of them. */
export class EarningsBook {
  readonly #deps: EarningsBookDeps
  readonly #export: LedgerExport

  constructor(deps: EarningsBookDeps) {
    this.#deps = deps
    const { ledgerFiles: files, exports, clock } = deps
    this.#export = new LedgerExport({ files, exports, clock })
  }

  summary(ask: EarningsAsk): Result<EarningsSummary, AppError> {
    const filter = this.#filter(ask)
    if (!filter) return err({ code: 'chain/not-connected' })
    const { storage } = this.#deps
    const span = this.#span(ask)
    const before = spanBefore(span)
    const isOne = ask.netuid !== undefined
    const groups = (by: EarningsGroup) =>
      storage
        .earningsGroups(filter, span, by)
        .map(({ key, sum }) => ({ key, sums: told(sum, isOne || by === 'subnet') }))
    const all = { genesis: filter.genesis, accounts: filter.accounts }
    const booked = filter.accounts.flatMap((account) => storage.bookedThrough(filter.genesis, account) ?? [])
    return ok({
      span,
      total: told(storage.earningsSum(filter, span), isOne),
      ...(before ? { before: told(storage.earningsSum(filter, before), isOne) } : {}),
      groups: { wallet: groups('wallet'), hotkey: groups('hotkey'), subnet: groups('subnet') },
      days: this.#days(filter, span),
      ...(ask.netuid === undefined ? {} : { subnet: this.#ends({ ...filter, netuid: ask.netuid }, span) }),
      seen: {
        netuids: storage.earningsSeen(all, 'subnet').map((id) => netuid(Number(id))),
        hotkeys: storage.earningsSeen(all, 'hotkey').map((key) => ss58(key)),
      },
      gaps: this.#gaps(filter)
        .slice(0, MOST_GAPS)
        .map(({ coldkey, ...gap }) => ({ account: coldkey, ...gap })),
      ...(booked.length === 0 ? {} : { bookedThrough: Math.min(...booked) }),
    })
  }

  epochs(ask: PageAsk): Result<EpochsPage, AppError> {
    const filter = this.#filter(ask)
    if (!filter) return err({ code: 'chain/not-connected' })
    const { storage } = this.#deps
    const span = this.#span(ask)
    const { onlyRed, offset, limit } = ask
    const sum = storage.earningsSum(filter, span)
    const gaps = this.#gaps(filter)
    const rows = storage.epochsPage({ ...filter, span, onlyRed, offset, limit }).map((row) => {
      const gap = gaps.find((one) => one.coldkey === row.coldkey && one.throughBlock === row.parts?.fromBlock)
      if (!gap) return { row }
      const { fromBlock, throughBlock } = gap
      return { row, afterGap: { account: row.coldkey, fromBlock, throughBlock } }
    })
    return ok({ rows, total: onlyRed ? sum.redRows : sum.rows })
  }

  async export(ask: FileAsk, signal?: AbortSignal): Promise<Result<Exported, AppError>> {
    const whole = await this.#fileAsk(ask)
    return whole.ok ? this.#export.write(whole.value, signal) : whole
  }

  /** @errors ledger/no-download where this host has no door for a browser */
  async offerDownload(ask: FileAsk): Promise<Result<{ readonly address: string }, AppError>> {
    const whole = await this.#fileAsk(ask)
    if (!whole.ok) return whole
    const address = this.#export.offer(whole.value, this.#deps.downloads)
    return address === undefined ? err({ code: 'ledger/no-download' }) : ok({ address })
  }

  #span({ range }: EarningsAsk): DaySpan {
    return spanOf(range, this.#deps.clock.nowMs())
  }

  #filter({ account, netuid: id, hotkey }: EarningsAsk): EarningsFilter | undefined {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return undefined
    return {
      genesis,
      accounts: this.#accounts(account),
      ...(id === undefined ? {} : { netuid: id }),
      ...(hotkey === undefined ? {} : { hotkey }),
    }
  }

  #days(filter: EarningsFilter, { from, to }: DaySpan): EarningsSummary['days'] {
    const since = from === undefined ? undefined : Math.min(from, to - CALENDAR_DAYS + 1)
    return this.#deps.storage
      .earningsDays(filter, { from: since, to })
      .map(({ day, price, rows, unpriced, redRows, ...sum }) => ({
        day,
        rows,
        unpriced,
        redRows,
        tao: added(sum.tao),
        ...(filter.netuid === undefined ? {} : { alpha: added(sum.alpha) }),
        ...(price === undefined ? {} : { price }),
      }))
  }

  #ends(filter: EarningsFilter & { readonly netuid: Netuid }, span: DaySpan): NonNullable<EarningsSummary['subnet']> {
    const ends = this.#deps.storage.earningsEnds(filter, span)
    const first = ends.map((one) => one.first).toSorted((a, b) => a.atMs - b.atMs)
    const last = ends.map((one) => one.last).toSorted((a, b) => b.atMs - a.atMs)
    const [priceThen, lastPrice] = [first[0]?.price, last[0]?.price]
    return {
      start: first.reduce((all, { stake }) => all + stake, 0n),
      end: last.reduce((all, { stake }) => all + stake, 0n),
      ...(priceThen === undefined ? {} : { priceThen }),
      ...(lastPrice === undefined ? {} : { lastPrice }),
    }
  }

  /** Newest first. */
  #gaps({ genesis, accounts }: EarningsFilter): readonly GapLine[] {
    return accounts
      .flatMap((coldkey) =>
        this.#deps.storage
          .earningsGaps(genesis, coldkey)
          .map(({ fromBlock, throughBlock }) => ({ coldkey, fromBlock, throughBlock })),
      )
      .sort((a, b) => b.throughBlock - a.throughBlock)
  }

  async #fileAsk({ format, ...ask }: FileAsk): Promise<Result<EpochFileAsk, AppError>> {
    const { chain, network, wallets, clock } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const subnets = await chain.subnets()
    const names = subnets.ok ? subnets.value.subnets.map(({ netuid, name }) => [netuid as number, name] as const) : []
    const walletNames = new Map(wallets.state().wallets.map(({ address, name }) => [address, name]))
    return ok({
      what: 'epochs',
      format,
      genesis,
      accounts: this.#accounts(ask.account),
      ...(ask.netuid === undefined ? {} : { netuid: ask.netuid }),
      ...(ask.hotkey === undefined ? {} : { hotkey: ask.hotkey }),
      ...boundsOf(spanOf(ask.range, clock.nowMs())),
      walletNames,
      subnetNames: new Map(names),
    })
  }

  /** Own ones only: what is asked of others is nobody's earnings here. */
  #accounts(only: Ss58 | undefined): readonly Ss58[] {
    const own = this.#deps.wallets.state().wallets.map(({ address }) => address)
    return only === undefined ? own : own.filter((address) => address === only)
  }
}

const added = (of: EarningsSum['tao']): bigint => EARNING_KINDS.reduce((all, kind) => all + of[kind], 0n)

/** @param isOneSubnet amounts in alpha can be added */
function told(sum: EarningsSum, isOneSubnet: boolean): EarningsSums {
  const { alpha, tao, flows, feeAlpha, unexplained, red, ...rest } = sum
  const knownTao = added(tao)
  return {
    ...rest,
    tao,
    knownTao,
    ...(sum.unpriced === 0 ? { earnedTao: knownTao } : {}),
    ...(isOneSubnet ? { alpha: { kinds: alpha, earned: added(alpha), flows, fee: feeAlpha, unexplained, red } } : {}),
  }
}
