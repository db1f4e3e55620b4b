import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { LOG_LEVELS, type LogLevel } from '../../shared/log/log-line.ts'
import { redactFacts } from '../../shared/log/redact.ts'
import type { LogBookPort } from './log-book.port.ts'
import { lastLines } from './log-reader.ts'
import type { LogPort } from './system.port.ts'

export interface LogBounds {
  /** A file that would grow beyond it is put aside first, bytes. */
  readonly fileBytes: number
  /** The one in use and those put aside, together. */
  readonly files: number
}
/** 10 MB in all: days of a busy miner, months of a wallet. */
export const LOG_BOUNDS: LogBounds = { fileBytes: 2_000_000, files: 5 }

/** Below `logs/` of the data folder. */
export const LOG_NAME = 'taoforge.log'

/** Not through a link that somebody put there. Windows has no such flag. */
const OPEN_FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0)
const NEW_LINE = 10

/** `taoforge.log` is in use; `taoforge.log.1` is the newest of those put aside. */
export const nameOfLog = (path: string, age: number): string => (age === 0 ? path : `${path}.${age}`)

/** A name that is not there is no trouble: the first times, and after a kill in the middle of putting aside. */
function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ENOENT') throw cause
  }
}

/** What an earlier process left: how long, and whether a kill cut its last line. */
function standOf(handle: number): { readonly bytes: number; readonly torn: boolean } {
  const { size } = fstatSync(handle)
  if (size === 0) return { bytes: 0, torn: false }
  const last = Buffer.alloc(1)
  readSync(handle, last, 0, 1, size - 1)
  return { bytes: size, torn: last[0] !== NEW_LINE }
}

/**
 * The file in use. It is opened by each start and after each putting aside, never kept over a rename: whenever the process is
 * killed, the next one finds either the old name or none, and goes on.
 */
class LogFile {
  readonly #path: string
  readonly #bounds: LogBounds
  #handle: number | undefined
  #bytes = 0
  /** The last line has no end: the next one begins on a line of its own. */
  #torn = false

  constructor(path: string, bounds: LogBounds) {
    this.#path = path
    this.#bounds = bounds
  }

  /** @throws when the disk is full or the folder may not be written */
  put(line: string): void {
    const bytes = Buffer.from(line)
    if (this.#handle === undefined) this.#open()
    if (this.#bytes > 0 && this.#bytes + bytes.length > this.#bounds.fileBytes) this.#putAside()
    const handle = this.#handle ?? this.#open()
    const whole = this.#torn ? Buffer.concat([Buffer.from('\n'), bytes]) : bytes
    // Until all of it is there, it counts as cut: a full disk takes the first half of a line.
    this.#torn = true
    const written = writeSync(handle, whole)
    this.#bytes += written
    if (written < whole.length) throw new Error('the disk took only a part')
    this.#torn = false
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const handle = openSync(this.#path, OPEN_FLAGS, 0o600)
    fchmodSync(handle, 0o600)
    const { bytes, torn } = standOf(handle)
    this.#handle = handle
    this.#bytes = bytes
    this.#torn = torn
    return handle
  }

  #putAside(): void {
    this.#close()
    for (let age = this.#bounds.files - 1; age > 0; age -= 1)
      renameIfThere(nameOfLog(this.#path, age - 1), nameOfLog(this.#path, age))
    this.#open()
  }

  /** After trouble everything is looked at anew: the folder may have been moved, or the disk mounted again. */
  reset(): void {
    try {
      this.#close()
    } catch {
      // It is gone either way.
    }
  }

  #close(): void {
    const handle = this.#handle
    this.#handle = undefined
    if (handle !== undefined) closeSync(handle)
  }
}

const noneYet = (): Record<LogLevel, number> => ({ debug: 0, info: 0, warn: 0, error: 0 })

/**
 * JSON lines in files of bounded size, readable by their owner alone, without secrets. A log that cannot be written must not stop
 * a wallet: lines are then counted, and the count is the first thing that is written when there is room again.
 */
export function fileLog(path: string, bounds: LogBounds = LOG_BOUNDS): LogPort & LogBookPort {
  const file = new LogFile(path, bounds)
  const counts = noneYet()
  let lost = 0
  let untold = 0
  const lineOf = (level: LogLevel, event: string, facts: Parameters<LogPort['log']>[2]) =>
    `${JSON.stringify({ time: new Date().toISOString(), level, event, facts: redactFacts(facts ?? {}) })}\n`
  return {
    log(level, event, facts) {
      counts[level] += 1
      try {
        if (untold > 0) file.put(lineOf('warn', 'log.lost', { lines: untold }))
        untold = 0
        file.put(lineOf(level, event, facts))
      } catch {
        // Disk full or read-only: whatever matters is also answered to the caller.
        lost += 1
        untold += 1
        file.reset()
      }
    },
    async read(filter, limit) {
      const names = Array.from({ length: bounds.files }, (_, age) => nameOfLog(path, age))
      return { lines: await lastLines(names, filter, limit), folder: dirname(path), lost }
    },
    counts: () => Object.fromEntries(LOG_LEVELS.map((level) => [level, counts[level]])) as Record<LogLevel, number>,
    lost: () => lost,
  }
}
