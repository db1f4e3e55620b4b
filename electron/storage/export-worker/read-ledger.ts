import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { ReadLines } from '../../../shared/ledger/export-text.ts'
import { readLines } from '../ledger-pages.ts'
import { KeyBook, type Row } from '../ledger-rows.ts'
import { storageFailure } from '../open-database.ts'

/** KiB of the file in memory. Lines are read in the order in which they lie there: more would be read once all the same. */
const CACHE_KIB = 512

/**
 * The ledger of a data folder beside the host that writes it, as it is at the first line that is read: what the host books
 * meanwhile is not in it. Opened for reading only.
 * @throws StorageFailure
 */
export function ledgerReader(folder: string, genesis: string): ReadLines {
  const path = join(folder, 'taoforge.sqlite')
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    db.pragma(`cache_size = -${CACHE_KIB}`)
    db.exec('begin')
    const chain = db.prepare('select id from ledger_chains where genesis = ?').get(genesis) as Row | undefined
    const keys = new KeyBook(db)
    return (filter) => (chain ? readLines(db, keys, Number(chain['id']), filter) : [])
  } catch (cause) {
    throw storageFailure(path, cause)
  }
}
