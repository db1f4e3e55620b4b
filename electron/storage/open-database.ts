import { existsSync, renameSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { StorageFailure } from './storage.port.ts'

/**
 * The file could not grow. SQLite says "full" only for the error number of a full disk; a quota, a limit of the process
 * or a memory file system without room end as a failed write of the file, its log or the log's index.
 */
const NO_ROOM: ReadonlySet<string> = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_SHMSIZE',
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
])

export function storageFailure(path: string, cause: unknown): StorageFailure {
  if (cause instanceof StorageFailure) return cause
  const code = (cause as { code?: string }).code ?? ''
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StorageFailure(NO_ROOM.has(code) ? 'disk-full' : 'broken', path, reason)
}

/**
 * Opens the file, looks whether it is whole, and brings it up to date; a copy of what was there stays beside it.
 * A file that is broken or newer than this program is left as it is.
 * @param migrations in order; the file's `user_version` counts how many it has
 * @throws StorageFailure
 */
export function openDatabase(path: string, migrations: readonly string[]): Database.Database {
  try {
    return opened(path, migrations)
  } catch (cause) {
    throw storageFailure(path, cause)
  }
}

function opened(path: string, migrations: readonly string[]): Database.Database {
  const db = new Database(path)
  try {
    const have = db.pragma('user_version', { simple: true }) as number
    if (have > migrations.length)
      throw new StorageFailure('newer-version', path, `made by a newer Taoforge (schema ${have})`)
    checkWhole(db, path)
    // WAL and FULL: a killed process or a lost power supply leaves the last whole transaction.
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db, { path, have, migrations })
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

/** Every page is read once: some ms per MB. What is noticed here is noticed before anything is written over it. */
function checkWhole(db: Database.Database, path: string): void {
  const found = db.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw new StorageFailure('broken', path, String(found))
}

interface Migrating {
  readonly path: string
  readonly have: number
  readonly migrations: readonly string[]
}

function migrate(db: Database.Database, { path, have, migrations }: Migrating): void {
  if (have === migrations.length) return
  if (have > 0) keepCopy(db, `${path}.schema-${have}`)
  // All steps or none: a disk that fills up in between leaves the version that was there.
  db.transaction(() => {
    for (const step of migrations.slice(have)) db.exec(step)
    db.pragma(`user_version = ${migrations.length}`)
  })()
}

/** A copy under its final name is a whole one. The first copy of a version stays: it is the one from before any try. */
function keepCopy(db: Database.Database, copy: string): void {
  if (existsSync(copy)) return
  rmSync(`${copy}.new`, { force: true })
  db.prepare('vacuum into ?').run(`${copy}.new`)
  renameSync(`${copy}.new`, copy)
}
