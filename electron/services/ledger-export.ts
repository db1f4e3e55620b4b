import { BYTE_ORDER_MARK } from '../../shared/ledger/csv.ts'
import type { LedgerEntry } from '../../shared/ledger/entry.ts'
import { type ExportKind, ExportLines, headOf, type Names } from '../../shared/ledger/export-lines.ts'
import type { Disposal } from '../../shared/ledger/lot-book.ts'
import type { LotMethod } from '../../shared/ledger/lots.ts'
import { YearBook, yearOf } from '../../shared/ledger/years.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { ExportFilesPort } from '../storage/export-files.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { LedgerBooks } from './ledger-books.ts'
import { linesOf } from './ledger-lines.ts'

export interface ExportAsk {
  readonly genesis: string
  readonly what: ExportKind
  readonly method: LotMethod
  readonly account?: Ss58 | undefined
  readonly year?: number | undefined
  readonly own: ReadonlySet<Ss58>
  readonly names: Names
}
export interface Exported {
  readonly path: string
  /** Without the head. */
  readonly lines: number
  readonly bytes: number
}

interface ExportDeps {
  readonly storage: StoragePort
  readonly exports: ExportFilesPort
  readonly clock: ClockPort
  readonly books: LedgerBooks
}

/** A file of the ledger, line by line from pages of the ledger: a million lines need no more memory than a thousand. */
export class LedgerExport {
  readonly #deps: ExportDeps

  constructor(deps: ExportDeps) {
    this.#deps = deps
  }

  /** @throws StorageFailure */
  async write(ask: ExportAsk): Promise<Exported> {
    const file = await this.#deps.exports.begin(this.nameOf(ask))
    try {
      const lines = await this.stream(ask, (text) => file.write(text))
      const { path, bytes } = await file.finish()
      return { path, lines, bytes }
    } catch (cause) {
      await file.discard()
      throw cause
    }
  }

  /** The same file, to whoever takes it. @returns lines without the head. @throws what `put` throws */
  async stream(ask: ExportAsk, put: (text: string) => Promise<void>): Promise<number> {
    const out = new Writer(put)
    await put(BYTE_ORDER_MARK + headOf(ask.what))
    await this.#body(ask, out)
    return out.lines
  }

  nameOf(ask: ExportAsk): string {
    return nameOf(ask, this.#deps.clock.nowMs())
  }

  #body(ask: ExportAsk, out: Writer): Promise<void> {
    switch (ask.what) {
      case 'transactions':
      case 'rewards':
        return this.#entries(ask, out)
      case 'lots':
        return this.#lots(ask, out)
      case 'years':
        return this.#years(ask, out)
    }
  }

  async #entries({ genesis, what, account, year, names }: ExportAsk, out: Writer): Promise<void> {
    const lines = new ExportLines(names)
    const kind = what === 'rewards' ? ('reward' as const) : undefined
    const filter = { account, kind, ...(year === undefined ? {} : spanOf(year)) }
    for await (const entry of linesOf(this.#deps.storage, genesis, filter))
      await out.line(what === 'rewards' ? lines.reward(entry) : lines.transaction(entry))
  }

  /** Lots come from all accounts, as stake may have moved between them; those of one are written. */
  async #lots({ genesis, method, own, account, year, names }: ExportAsk, out: Writer): Promise<void> {
    const lines = new ExportLines(names)
    const isAsked = (of: { readonly account: Ss58 }) => account === undefined || of.account === account
    const closed: Disposal[] = []
    const book = await this.#deps.books.follow(
      genesis,
      { method, own },
      {
        onDisposal: (disposal) => {
          if (isAsked(disposal) && (year === undefined || yearOf(disposal.atMs) === year)) closed.push(disposal)
        },
        afterLine: async () => {
          for (const disposal of closed.splice(0)) await out.line(lines.closedLot(disposal))
        },
      },
    )
    for (const lot of book.open()) if (isAsked(lot)) await out.line(lines.openLot(lot))
    book.release()
  }

  async #years({ genesis, method, own, account, year, names }: ExportAsk, out: Writer): Promise<void> {
    const years = new YearBook()
    const book = await this.#deps.books.follow(
      genesis,
      { method, own },
      {
        onLine: (entry: LedgerEntry) => years.add(entry),
        onDisposal: (disposal) => years.dispose(disposal),
      },
    )
    book.release()
    const lines = new ExportLines(names)
    for (const summary of years.summaries())
      if ((account === undefined || summary.account === account) && (year === undefined || summary.year === year))
        await out.line(lines.year(summary))
  }
}

class Writer {
  readonly #put: (text: string) => Promise<void>
  lines = 0

  constructor(put: (text: string) => Promise<void>) {
    this.#put = put
  }

  line(text: string): Promise<void> {
    this.lines += 1
    return this.#put(text)
  }
}

const spanOf = (year: number) => ({ fromMs: Date.UTC(year, 0, 1), toMs: Date.UTC(year + 1, 0, 1) })

/** The time keeps two files of one day apart; the method is named where the figures depend on it. */
function nameOf({ what, method, year, account }: ExportAsk, nowMs: number): string {
  const at = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')
  const by = what === 'lots' || what === 'years' ? [method] : []
  return [
    `taoforge-${what}`,
    ...by,
    ...(year === undefined ? [] : [year]),
    ...(account ? [account.slice(0, 8)] : []),
    at,
  ]
    .join('-')
    .concat('.csv')
}
