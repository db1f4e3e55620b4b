import { BOOK_RULES, type BookPiece, piecesFromText, piecesToText } from '../../shared/ledger/book-pieces.ts'
import { LotBook } from '../../shared/ledger/lot-book.ts'
import type { LotMethod } from '../../shared/ledger/lots.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { BooksPlace } from '../storage/books-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { pause } from './ledger-lines.ts'

/** Lots that are written or read at a time: some ms. */
const LOTS = 4_000
/** Written anew after so many lines: they are read again in a part of a second. */
const EVERY = 10_000

export interface WhoseBooks {
  readonly genesis: string
  readonly method: LotMethod
  readonly own: ReadonlySet<Ss58>
}
/** A book as it stands behind a line. */
interface BookAt extends BooksPlace {
  readonly book: LotBook
}

export const ownKey = (own: ReadonlySet<Ss58>): string => [...own].sort().join()

/**
 * Keeps a book on disk, so that the next start need not follow every line. It only saves time: where it is missing, or a line
 * below it changed, the lines say the same.
 */
export class LedgerBooksKeeper {
  readonly #storage: StoragePort
  readonly #every: number
  #keeping: Promise<void> | undefined
  #closed = false

  constructor(storage: StoragePort, every = EVERY) {
    this.#storage = storage
    this.#every = every
  }

  /** Nothing is written any more. */
  close(): void {
    this.#closed = true
  }

  /** Until what is being kept is kept. */
  async idle(): Promise<void> {
    await this.#keeping
  }

  /** @returns `undefined` where none are kept, or a line below them changed meanwhile */
  async read({ genesis, method, own }: WhoseBooks): Promise<BookAt | undefined> {
    const of = { rules: BOOK_RULES, method, own: ownKey(own) }
    const kept = this.#storage.keptBooks(genesis, of)
    if (!kept) return undefined
    const book = new LotBook(method, own)
    for (let place = 0; place < kept.pieces; place += 1) {
      const text = this.#storage.keptPiece(kept.id, place)
      if (text === undefined) return undefined
      for (const piece of piecesFromText(text)) book.putBack(piece)
      await pause()
    }
    const { cursor, seq, lines } = kept
    return { book, cursor, seq, lines }
  }

  /**
   * Keeps a book that nobody writes on, where that is worth it; in the background.
   * @param revision up to which changes of lines are in it
   */
  keep(of: WhoseBooks, at: BookAt, revision: number): void {
    if (this.#keeping || this.#closed || at.lines < this.#every) return
    const known = this.#storage.keptBooks(of.genesis, { rules: BOOK_RULES, method: of.method, own: ownKey(of.own) })
    if (known && Math.abs(at.lines - known.lines) < this.#every) return
    // A disk that is full is told by those whose writing counts.
    const ended = () => {
      this.#keeping = undefined
    }
    this.#keeping = this.#write(of, at, revision).then(ended, ended)
  }

  async #write({ genesis, method, own }: WhoseBooks, at: BookAt, revision: number): Promise<void> {
    const of = { rules: BOOK_RULES, method, own: ownKey(own) }
    const { seq, cursor, lines } = at
    const id = this.#storage.beginBooks(genesis, { ...of, seq, cursor, lines, revision })
    if (id === undefined) return
    let place = 0
    for (const pieces of bundles(at.book.pieces())) {
      await pause()
      if (this.#closed || !this.#storage.keepPieces(id, place, [piecesToText(pieces)])) return
      place += 1
    }
    this.#storage.finishBooks(id)
  }
}

/** Small pieces together. */
function* bundles(pieces: Iterable<BookPiece>): Generator<readonly BookPiece[]> {
  let bundle: BookPiece[] = []
  let lots = 0
  for (const piece of pieces) {
    bundle.push(piece)
    lots += piece.lots.length + 1
    if (lots < LOTS) continue
    yield bundle
    bundle = []
    lots = 0
  }
  if (bundle.length > 0) yield bundle
}
