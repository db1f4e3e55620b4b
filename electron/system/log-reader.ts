import { open, readFile, stat } from 'node:fs/promises'
import { type LogFilter, type LogLine, matchesFilter, readLogLine } from '../../shared/log/log-line.ts'
import { redactFacts } from '../../shared/log/redact.ts'

/** Somebody may have written into the file by hand. */
const safe = (line: LogLine): LogLine => ({ ...line, facts: redactFacts(line.facts) })

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

/**
 * The last lines that fit the filter. Lines that were cut are left out; a file that is missing or put aside meanwhile is none.
 * @param paths newest first
 * @returns oldest first
 */
export async function lastLines(paths: readonly string[], filter: LogFilter, limit: number): Promise<LogLine[]> {
  const found: LogLine[] = []
  for (const path of paths) {
    const texts = (await textOf(path)).split('\n')
    for (let at = texts.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const line = readLogLine(texts[at] ?? '')
      if (line && matchesFilter(line, filter)) found.push(safe(line))
    }
    if (found.length >= limit) break
  }
  return found.reverse()
}

/** Where reading stopped: in which file, and after which of its bytes. */
interface Place {
  readonly file: number
  readonly bytes: number
}

/** Bytes after `from`, up to the last whole line. */
async function newText(
  path: string,
  from: number,
): Promise<{ readonly text: string; readonly place: Place } | undefined> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (!handle) return undefined
  try {
    const { size, ino } = await handle.stat()
    const buffer = Buffer.alloc(Math.max(0, size - from))
    await handle.read(buffer, 0, buffer.length, from)
    const end = buffer.lastIndexOf(10) + 1
    return { text: buffer.subarray(0, end).toString('utf8'), place: { file: ino, bytes: from + end } }
  } finally {
    await handle.close()
  }
}

/** Follows a log over its putting aside: each call gives what came since the last. */
export class LogFollower {
  readonly #path: string
  readonly #aside: string
  #place: Place | undefined

  constructor(path: string, aside: string) {
    this.#path = path
    this.#aside = aside
  }

  /** The first call gives nothing: it marks where the log ends now. */
  async next(filter: LogFilter): Promise<readonly LogLine[]> {
    const now = await stat(this.#path).catch(() => undefined)
    if (!now) return []
    const before = this.#place
    const text = before === undefined ? await this.#begin() : await this.#since(before, now.ino)
    const lines = text.split('\n').flatMap((one) => readLogLine(one) ?? [])
    return lines.filter((line) => matchesFilter(line, filter)).map(safe)
  }

  async #begin(): Promise<string> {
    this.#place = (await newText(this.#path, 0))?.place
    return ''
  }

  async #since(before: Place, file: number): Promise<string> {
    // It was put aside: its end is there, and the new file is read from its beginning.
    const old = file === before.file ? undefined : await newText(this.#aside, before.bytes)
    const more = await newText(this.#path, file === before.file ? before.bytes : 0)
    this.#place = more?.place ?? before
    return (old?.place.file === before.file ? old.text : '') + (more?.text ?? '')
  }
}
