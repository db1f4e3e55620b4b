import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { GoFilePort } from './go-file.port.ts'
import { storageFailure } from './open-database.ts'

/** Beside its place first: what was there stays until the new one is whole and on disk. */
export function goFile(path: string): GoFilePort {
  const fresh = `${path}.new`
  return {
    read() {
      try {
        return readFileSync(path, 'utf8')
      } catch {
        return undefined
      }
    },
    write(text) {
      try {
        const file = openSync(fresh, 'w', 0o600)
        try {
          writeSync(file, text)
          fsyncSync(file)
        } finally {
          closeSync(file)
        }
        renameSync(fresh, path)
      } catch (cause) {
        rmSync(fresh, { force: true })
        throw storageFailure(path, cause)
      }
    },
  }
}
