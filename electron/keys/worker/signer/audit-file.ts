import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import {
  type AuditEntry,
  type AuditFacts,
  canonicalJson,
  FIRST_PREV,
  nextEntry,
} from '../../../../shared/signing/audit.ts'
import { DAY_MS } from '../../../../shared/signing/policy.ts'
import { addRao, type Rao, rao } from '../../../../shared/units/amounts.ts'
import { codeOf, writeError } from '../safe-file.ts'
import { type LogLine, readLog } from './read-log.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

interface Known {
  readonly size: number
  readonly last: { readonly seq: number; readonly hash: string }
  /** TAO signed for within the last day or so, oldest first. */
  readonly spent: readonly { readonly atMs: number; readonly tao: Rao }[]
}

/**
 * The log of one process for one wallet: lines of JSON, each with the hash of the one before. Only ever appended to; a line
 * is on the disk before the signature that it tells of leaves the process.
 */
export class AuditFile {
  readonly #path: string
  #known: Known | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Sequence number and hash of the last line. @errors signer/audit-broken, storage/broken */
  async last(): Promise<Result<Known['last'], AppError>> {
    const known = await this.#load()
    return known.ok ? ok(known.value.last) : known
  }

  /** TAO of what was signed within 24 hours before `nowMs`, rao. A clock set back loses nothing. */
  async spentBefore(nowMs: number): Promise<Result<Rao, AppError>> {
    const known = await this.#load()
    if (!known.ok) return known
    const recent = known.value.spent.filter(({ atMs }) => atMs > nowMs - DAY_MS)
    return ok(recent.reduce((sum, { tao }) => addRao(sum, tao), rao(0n)))
  }

  /** @errors signer/audit-broken, storage/disk-full, storage/broken */
  async append(facts: AuditFacts): Promise<Result<AuditEntry, AppError>> {
    const known = await this.#load()
    if (!known.ok) return known
    const entry = nextEntry(facts, known.value.last, sha256)
    const line = `${canonicalJson(entry)}\n`
    try {
      const size = await this.#write(line)
      const { seq, hash } = entry
      this.#known = { size, last: { seq, hash }, spent: kept([...known.value.spent, ...spentIn(entry)], facts.atMs) }
      return ok(entry)
    } catch (cause) {
      this.#known = undefined
      return err(writeError(cause, this.#path, line.length))
    }
  }

  /** All lines, oldest first. @errors signer/audit-broken */
  async entries(): Promise<Result<readonly AuditEntry[], AppError>> {
    const known = await this.#load()
    if (!known.ok) return known
    const log = readLog(await this.#content(), sha256)
    return log.brokenAt === undefined ? ok(log.entries.map(({ entry }) => entry)) : this.#broken(log.brokenAt)
  }

  /** Whether a line with this number and hash is in the log: what the sealed state remembers. */
  async holds(seq: number, hash: string): Promise<Result<boolean, AppError>> {
    const last = await this.last()
    if (!last.ok) return last
    if (seq === 0) return ok(hash === FIRST_PREV)
    if (seq === last.value.seq) return ok(hash === last.value.hash)
    const all = await this.entries()
    return all.ok ? ok(all.value[seq - 1]?.hash === hash) : all
  }

  /** Puts a log that does not fit together aside, under a name that tells when; the next line begins a new one. */
  async setAside(nowMs: number): Promise<Result<void, AppError>> {
    this.#known = undefined
    try {
      await rename(this.#path, `${this.#path}.broken-${nowMs}`)
      return ok(undefined)
    } catch (cause) {
      return codeOf(cause) === 'ENOENT' ? ok(undefined) : err(writeError(cause, this.#path, 0))
    }
  }

  async #write(line: string): Promise<number> {
    const file = await open(this.#path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600)
    try {
      await file.writeFile(line)
      await file.sync()
      return (await file.stat()).size
    } finally {
      await file.close()
    }
  }

  async #load(): Promise<Result<Known, AppError>> {
    try {
      const size = await stat(this.#path).then(
        (found) => found.size,
        (cause: unknown) => (codeOf(cause) === 'ENOENT' ? 0 : Promise.reject(cause)),
      )
      if (this.#known?.size === size) return ok(this.#known)
      return await this.#loadAnew()
    } catch (cause) {
      return err(writeError(cause, this.#path, 0))
    }
  }

  async #loadAnew(): Promise<Result<Known, AppError>> {
    const content = await this.#content()
    const log = readLog(content, sha256)
    if (log.brokenAt !== undefined) return this.#broken(log.brokenAt)
    const known = knownOf(log.entries, content.length)
    if (log.tornBytes === 0) {
      this.#known = known
      return ok(known)
    }
    await this.#cut(content.length - log.tornBytes)
    this.#known = { ...known, size: content.length - log.tornBytes }
    const healed = await this.append({
      atMs: Date.now(),
      what: 'healed',
      decision: 'noted',
      note: `${log.tornBytes} bytes of a torn line`,
    })
    return healed.ok ? ok(this.#known) : healed
  }

  async #cut(size: number): Promise<void> {
    const file = await open(this.#path, 'r+')
    try {
      await file.truncate(size)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  #content(): Promise<Buffer> {
    return readFile(this.#path).catch((cause: unknown) =>
      codeOf(cause) === 'ENOENT' ? Buffer.alloc(0) : Promise.reject(cause),
    )
  }

  #broken(line: number): Result<never, AppError> {
    return err({ code: 'signer/audit-broken', file: basename(this.#path), line })
  }
}

const spentIn = ({ decision, tao, atMs }: AuditEntry): Known['spent'] =>
  decision === 'signed' && tao !== undefined && tao > 0n ? [{ atMs, tao }] : []

/** Two days, so that a clock that goes wrong by a day forgets nothing. */
const kept = (spent: Known['spent'], nowMs: number): Known['spent'] =>
  spent.filter(({ atMs }) => atMs > nowMs - 2 * DAY_MS)

function knownOf(lines: readonly LogLine[], size: number): Known {
  const last = lines.at(-1)?.entry
  const spent = lines.flatMap(({ entry }) => spentIn(entry))
  return {
    size,
    last: last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: FIRST_PREV },
    spent: kept(spent, Date.now()),
  }
}
