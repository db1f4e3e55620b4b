import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StorageFailure } from './storage.port.ts'

/**
 * Makes a data folder the property of one host. The lock is one of the operating system's, held on an empty SQLite file:
 * it goes with the process however that ends, so it is never stale, and two that start at once cannot both have it.
 * @returns a function that gives the folder free. @throws StorageFailure `in-use`
 */
export function lockFolder(folder: string): () => void {
  const db = new Database(join(folder, 'host.lock'), { timeout: 0 })
  try {
    db.exec('begin exclusive')
    return () => void db.close()
  } catch (cause) {
    db.close()
    if ((cause as { code?: string }).code !== 'SQLITE_BUSY') throw cause
    throw new StorageFailure('in-use', folder, 'another host uses this folder')
  }
}
