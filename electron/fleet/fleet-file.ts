import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { StorageFailure } from '../storage/storage.port.ts'
import type { FleetFilePort, KeptFleet } from './fleet.port.ts'

const key = z.codec(
  z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array),
  {
    decode: (text) => new Uint8Array(Buffer.from(text, 'base64url')),
    encode: (bytes) => Buffer.from(bytes).toString('base64url'),
  },
)
const pair = {
  id: z.string().regex(/^[0-9a-f]{32}$/),
  key,
  name: z.string(),
  mayControl: z.boolean(),
  addedAtMs: z.number(),
  lastSeenMs: z.number().optional(),
}
const port = z.number().int().min(0).max(65_535)
const shape = z.object({
  version: z.literal(1),
  door: z.object({ port, onlyHere: z.boolean() }).optional(),
  viewers: z.array(z.object(pair)),
  machines: z.array(z.object({ ...pair, address: z.string(), port })),
})
const NOTHING: KeptFleet = { viewers: [], machines: [] }

/** What is no list is set aside: whoever was paired has to be paired anew, and nothing is lost that a person could still mend. @throws StorageFailure */
function read(path: string): KeptFleet {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return NOTHING
    // There, and not to be read now: taken as nothing it would be replaced with the next that is paired.
    throw new StorageFailure('broken', path, message)
  }
  try {
    const { door, viewers, machines } = z.decode(shape, JSON.parse(text))
    return { door, viewers, machines }
  } catch {
    renameSync(path, `${path}.unreadable`)
    return NOTHING
  }
}

/** @throws StorageFailure */
function write(path: string, kept: KeptFleet): void {
  const next = `${path}.new`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    rmSync(next, { force: true })
    const file = openSync(next, 'wx', 0o600)
    try {
      const { door, viewers, machines } = kept
      writeSync(
        file,
        JSON.stringify(z.encode(shape, { version: 1, door, viewers: [...viewers], machines: [...machines] })),
      )
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
 * Keys of pairs, in a file of their own that only its owner may read (0600). Not sealed, for the reason that keys of servers are not: a
 * machine comes back after a power cut with nobody there to type a password. They open reports and, where allowed, the miner's switch.
 */
export const fleetFile = (path: string): FleetFilePort => ({
  read: () => read(path),
  write: (kept) => write(path, kept),
})
