import type { Ss58 } from '../units/amounts.ts'
import { BYTE_ORDER_MARK } from './csv.ts'
import type { EntryKind, LedgerEntry } from './entry.ts'
import { type ExportKind, ExportLines, headOf, type Names } from './export-lines.ts'
import { type Disposal, LotBook } from './lot-book.ts'
import type { LotMethod } from './lots.ts'
import { YearBook, yearOf } from './years.ts'

/** Which file, of what. Plain data: it crosses the border of a process. */
export interface ExportAsk {
  readonly genesis: string
  readonly what: ExportKind
  readonly method: LotMethod
  readonly account?: Ss58 | undefined
  /** Calendar year, UTC; absent: all. */
  readonly year?: number | undefined
  readonly own: readonly Ss58[]
  readonly walletNames: ReadonlyMap<Ss58, string>
  readonly subnetNames: ReadonlyMap<number, string>
}

export type ExportEntry = LedgerEntry & { readonly blockHash?: string | undefined }

/** Lines of the ledger, oldest first, each read when it is asked for. */
export type ReadLines = (filter: {
  readonly account?: Ss58 | undefined
  readonly kind?: EntryKind | undefined
  /** ms since 1970; from inclusive, to exclusive. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}) => Iterable<ExportEntry>

/** A file of the ledger, line by line, the head first: of a million lines only their open lots are in memory. */
export function* exportText(ask: ExportAsk, read: ReadLines): Generator<string, void> {
  yield BYTE_ORDER_MARK + headOf(ask.what)
  const lines = new ExportLines(namesOf(ask))
  switch (ask.what) {
    case 'transactions':
    case 'rewards':
      return yield* entries(ask, lines, read)
    case 'lots':
      return yield* lots(ask, lines, read)
    case 'years':
      return yield* years(ask, lines, read)
  }
}

const namesOf = ({ walletNames, subnetNames }: ExportAsk): Names => ({
  walletOf: (account) => walletNames.get(account) ?? '',
  subnetOf: (netuid) => subnetNames.get(netuid) ?? '',
})

function* entries({ what, account, year }: ExportAsk, lines: ExportLines, read: ReadLines): Generator<string, void> {
  const kind = what === 'rewards' ? ('reward' as const) : undefined
  for (const entry of read({ account, kind, ...(year === undefined ? {} : spanOf(year)) }))
    yield what === 'rewards' ? lines.reward(entry) : lines.transaction(entry)
}

/** Lots come from all accounts, as stake may have moved between them; those of one are written. */
function* lots({ method, own, account, year }: ExportAsk, lines: ExportLines, read: ReadLines) {
  const isAsked = (of: { readonly account: Ss58 }) => account === undefined || of.account === account
  const closed: Disposal[] = []
  const book = new LotBook(method, new Set(own), (disposal) => {
    if (isAsked(disposal) && (year === undefined || yearOf(disposal.atMs) === year)) closed.push(disposal)
  })
  for (const entry of read({})) {
    book.apply(entry)
    for (const disposal of closed) yield lines.closedLot(disposal)
    closed.length = 0
  }
  for (const lot of book.open()) if (isAsked(lot)) yield lines.openLot(lot)
}

function* years({ method, own, account, year }: ExportAsk, lines: ExportLines, read: ReadLines) {
  const sums = new YearBook()
  const book = new LotBook(method, new Set(own), (disposal) => sums.dispose(disposal))
  for (const entry of read({})) {
    sums.add(entry)
    book.apply(entry)
  }
  for (const summary of sums.summaries())
    if ((account === undefined || summary.account === account) && (year === undefined || summary.year === year))
      yield lines.year(summary)
}

const spanOf = (year: number) => ({ fromMs: Date.UTC(year, 0, 1), toMs: Date.UTC(year + 1, 0, 1) })
