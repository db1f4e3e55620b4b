import { seqOf } from '../../shared/ledger/entry.ts'
import { type Holding, LotBook } from '../../shared/ledger/lot-book.ts'
import type { LotMethod } from '../../shared/ledger/lots.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { BooksProgress } from '../../shared/words/books-words.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { type LedgerBooksKeeper, ownKey, type WhoseBooks } from './ledger-books-keeper.ts'
import { linesOf } from './ledger-lines.ts'

/**
 * Where books are kept below the last final block, in blocks. Rewards are booked some blocks after their epoch, and up to a
 * thousand late: what then comes in between is read again from here.
 */
const MARKS_BELOW = [1_000, 30]

/** Somebody waits for it: told after so many lines, which take some tenths of a second, and again after as many. */
const TOLD_EVERY = 20_000

/** A book as it stands behind one line. */
interface Mark {
  readonly book: LotBook
  /** Of that line; `undefined` before the first. */
  readonly cursor: string | undefined
  /** Place of that line; -1 before the first. */
  readonly seq: number
  /** How many lines it followed. */
  readonly lines: number
}
interface Kept {
  readonly genesis: string
  readonly method: LotMethod
  readonly own: string
  /** What was written up to here is in the marks. */
  readonly revision: number
  /** Lowest first; the last one stands at the end of the ledger. */
  readonly marks: readonly Mark[]
  readonly holdings: readonly Holding[] | undefined
}

/**
 * Lot books of the whole ledger. The book at its end is kept, and so are some further down: what comes on top is read alone,
 * and where lines changed below, everything from the mark before them is read again. The lowest of them outlives the program.
 */
export class LedgerBooks {
  readonly #storage: StoragePort
  readonly #keeper: LedgerBooksKeeper
  readonly #told: () => void
  #progress: BooksProgress | undefined
  #kept: Kept | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** @param told whenever {@link progress} has changed */
  constructor(storage: StoragePort, keeper: LedgerBooksKeeper, told: () => void = () => undefined) {
    this.#storage = storage
    this.#keeper = keeper
    this.#told = told
  }

  /** How far the ledger is followed, while that takes long. */
  progress(): BooksProgress | undefined {
    return this.#progress
  }

  holdings(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Promise<readonly Holding[]> {
    const answer = this.#turn.then(() => this.#newest(genesis, method, own)).finally(() => this.#tell(undefined))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  #tell(progress: BooksProgress | undefined): void {
    if (progress === this.#progress) return
    this.#progress = progress
    this.#told()
  }

  async #newest(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Promise<readonly Holding[]> {
    const kept = this.#keptOf(genesis, method, own)
    const { revision, lowest } = this.#storage.ledgerChanges(genesis, kept.revision)
    if (kept.holdings && lowest === undefined) return kept.holdings
    const good = kept.marks.filter(({ seq }) => lowest === undefined || seq < lowest)
    const isAtEnd = good.length > 0 && good.length === kept.marks.length
    // The book at the end is written on: where reading fails half way, it is worth nothing any more.
    this.#kept = undefined
    const from = good.length > 0 ? undefined : await this.#keeper.read({ genesis, method, own })
    const marks = await this.#follow({ ...kept, marks: from ? [from] : good }, { own, isAtEnd })
    const holdings = marks.at(-1)?.book.holdings() ?? []
    this.#kept = { ...kept, revision, marks, holdings }
    this.#keepLowest({ genesis, method, own }, marks, revision)
    return holdings
  }

  /** The book at the end is written on; those below stay as they are. */
  #keepLowest(of: WhoseBooks, marks: readonly Mark[], revision: number): void {
    const [lowest] = marks.slice(0, -1)
    if (lowest?.cursor === undefined) return
    const { book, cursor, seq, lines } = lowest
    this.#keeper.keep(of, { book, cursor, seq, lines }, revision)
  }

  /** Reads on from the last good mark, and sets new ones on the way. */
  async #follow(
    { genesis, method, marks }: Kept,
    { own, isAtEnd }: { readonly own: ReadonlySet<Ss58>; readonly isAtEnd: boolean },
  ): Promise<readonly Mark[]> {
    const last = marks.at(-1)
    // The book at the end goes on by itself; one further down stays where it is.
    const set: Mark[] = isAtEnd ? marks.slice(0, -1) : [...marks]
    let book = last ? (isAtEnd ? last.book : last.book.fork()) : new LotBook(method, own)
    let [cursor, seq, lines] = [last?.cursor, last?.seq ?? -1, last?.lines ?? 0]
    const final = this.#storage.ledgerFinal(genesis)
    const places = MARKS_BELOW.map((blocks) => seqOf(Math.max(0, final - blocks), 0)).filter((place) => place > seq)
    const [to, start] = [this.#storage.ledgerTip(genesis)?.number ?? 0, lines]
    let from: number | undefined
    for await (const entry of linesOf(this.#storage, genesis, { after: cursor })) {
      from ??= entry.block
      if (lines > start && (lines - start) % TOLD_EVERY === 0)
        this.#tell({ from, to: Math.max(to, entry.block), at: entry.block })
      const at = seqOf(entry.block, entry.slot)
      // Lines of several accounts may share a place: a mark stands behind all of them.
      if (at > seq && places[0] !== undefined && at >= places[0]) {
        while (places[0] !== undefined && at >= places[0]) places.shift()
        set.push({ book, cursor, seq, lines })
        book = book.fork()
      }
      book.apply(entry)
      cursor = entry.cursor
      seq = at
      lines += 1
    }
    return [...set.slice(-MARKS_BELOW.length), { book, cursor, seq, lines }]
  }

  #keptOf(genesis: string, method: LotMethod, own: ReadonlySet<Ss58>): Kept {
    const key = ownKey(own)
    const known = this.#kept
    if (known?.genesis === genesis && known.method === method && known.own === key) return known
    return { genesis, method, own: key, revision: -1, marks: [], holdings: undefined }
  }
}
