import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { StorageFailure } from '../storage/storage.port.ts'
import type { BackendKeysPort } from './backends.port.ts'

const shape = z.record(z.string(), z.object({ origin: z.string(), text: z.string() }))
type Keys = z.output<typeof shape>

/** A file that cannot be read holds no keys: the servers then say that they want one. */
function read(path: string): Keys {
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}

/** All or nothing, and never readable for others, not even for a moment. @throws StorageFailure */
function write(path: string, keys: Keys): void {
  const next = `${path}.new`
  try {
    rmSync(next, { force: true })
    const file = openSync(next, 'wx', 0o600)
    try {
      writeSync(file, JSON.stringify(keys))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(next, path)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new StorageFailure(code === 'ENOSPC' ? 'disk-full' : 'broken', path, message)
  }
}

/**
 * Keys of servers in a file of their own that only its owner may read (0600). Not sealed: the miner starts again by itself, with
 * nobody there to type a password, so whatever would open it would lie beside it.
 */
export function backendKeyFile(path: string): BackendKeysPort {
  let keys: Keys | undefined
  const known = () => {
    keys ??= read(path)
    return keys
  }
  const save = (next: Keys) => {
    write(path, next)
    keys = next
  }
  return {
    keyOf(id, origin) {
      const key = Object.hasOwn(known(), id) ? known()[id] : undefined
      return key?.origin === origin ? key.text : undefined
    },
    remember: (id, key) => save({ ...known(), [id]: key }),
    forget(id) {
      if (!Object.hasOwn(known(), id)) return
      save(Object.fromEntries(Object.entries(known()).filter(([one]) => one !== id)))
    },
  }
}
