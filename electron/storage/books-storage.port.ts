import type { LotMethod } from '../../shared/ledger/lots.ts'

/** Which books: by which rules and lots, and of whose ledger. */
export interface BooksOf {
  /** @see BOOK_RULES */
  readonly rules: number
  readonly method: LotMethod
  /** Addresses of the own accounts, sorted. */
  readonly own: string
}

/** Behind which line of the ledger books stand. */
export interface BooksPlace {
  readonly cursor: string
  readonly seq: number
  /** How many lines they followed. */
  readonly lines: number
}

/** Books that were kept from an earlier run. */
export interface KeptBooks extends BooksPlace {
  readonly id: number
  readonly pieces: number
}

/**
 * Books of the ledger, kept so that a start need not follow every line. At most one is kept of a chain. Whatever writes a line at
 * or below its place deletes it in the same transaction: a program that is killed leaves books that are right, or none.
 */
export interface BooksStorage {
  keptBooks(genesis: string, of: BooksOf): KeptBooks | undefined
  /** @returns `undefined` where these books are gone: a line below them changed */
  keptPiece(id: number, place: number): string | undefined
  /**
   * Begins to keep books, piece by piece.
   * @param revision up to which changes of lines are in them
   * @returns their number; `undefined` where a line at or below their place has changed since
   */
  beginBooks(genesis: string, of: BooksOf & BooksPlace & { readonly revision: number }): number | undefined
  /** @returns false: they are worth nothing any more, and nothing was written */
  keepPieces(id: number, from: number, pieces: readonly string[]): boolean
  /** From now on these are the ones that are found; those before them go. @returns false as above */
  finishBooks(id: number): boolean
}
