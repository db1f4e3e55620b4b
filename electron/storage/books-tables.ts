import type Database from 'better-sqlite3'
import type { BooksStorage } from './books-storage.port.ts'
import type { ChangeLogs } from './ledger-changes.ts'
import type { Row } from './ledger-rows.ts'

type Guard = <T>(run: () => T) => T

interface Beside {
  readonly guard: Guard
  readonly changes: ChangeLogs
  /** Number of a chain in the file. */
  readonly chain: (genesis: string) => number
}

/** The tables of migration 9. */
export function booksTables(db: Database.Database, { guard, changes, chain }: Beside): BooksStorage {
  const write = <T>(run: () => T): T => guard(() => db.transaction(run)())
  const isThere = (id: number) => db.prepare('select 1 from ledger_books where id = ?').get(id) !== undefined
  return {
    keptBooks: (genesis, { rules, method, own }) =>
      guard(() => {
        const row = db
          .prepare(
            `select b.*, (select count(*) from ledger_book_pieces where book = b.id) as pieces from ledger_books b
             where chain = ? and rules = ? and method = ? and own = ? and whole = 1`,
          )
          .get(chain(genesis), rules, method, own) as Row | undefined
        return row && { ...placeOf(row), id: Number(row['id']), pieces: Number(row['pieces']) }
      }),
    keptPiece: (id, place) =>
      guard(() => {
        const sql = 'select body from ledger_book_pieces where book = ? and place = ?'
        const row = db.prepare(sql).get(id, place) as Row | undefined
        return row && String(row['body'])
      }),
    beginBooks: (genesis, { rules, method, own, seq, cursor, lines, revision }) =>
      write(() => {
        const of = chain(genesis)
        const { lowest } = changes.of(of).since(revision)
        if (lowest !== undefined && lowest <= seq) return undefined
        // What an earlier run began and did not finish.
        db.prepare('delete from ledger_books where chain = ? and whole = 0').run(of)
        const begun = db
          .prepare(
            'insert into ledger_books (chain, rules, method, own, seq, cursor, lines) values (?, ?, ?, ?, ?, ?, ?)',
          )
          .run(of, rules, method, own, seq, cursor, lines)
        return Number(begun.lastInsertRowid)
      }),
    keepPieces: (id, from, pieces) =>
      write(() => {
        if (!isThere(id)) return false
        const put = db.prepare('insert into ledger_book_pieces values (?, ?, ?)')
        for (const [index, body] of pieces.entries()) put.run(id, from + index, body)
        return true
      }),
    finishBooks: (id) =>
      write(() => {
        if (!isThere(id)) return false
        db.prepare(
          'delete from ledger_books where id <> ? and chain = (select chain from ledger_books where id = ?)',
        ).run(id, id)
        db.prepare('update ledger_books set whole = 1 where id = ?').run(id)
        return true
      }),
  }
}

const placeOf = (row: Row) => ({
  cursor: String(row['cursor']),
  seq: Number(row['seq']),
  lines: Number(row['lines']),
})
