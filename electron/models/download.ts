import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isDiskFull } from './replace-file.ts'

export interface Download {
  readonly url: string
  /** Where the whole, checked file ends up. */
  readonly target: string
  readonly sizeBytes: number
  readonly sha256: string
}

export interface DownloadOptions {
  /** Free bytes of the disk under a folder; `undefined` = unknown. */
  readonly freeBytes: (folder: string) => Promise<number | undefined>
  readonly onProgress: (bytes: number, step: 'downloading' | 'checking') => void
  readonly signal: AbortSignal
  /** First wait after a cut; doubles while no byte arrives. Default: 1_000. */
  readonly retryMs?: number
}

/** Beside the part file: what it is a part of. A part of anything else is thrown away. */
const journal = z.object({ url: z.string(), sha256: z.string(), etag: z.string().exactOptional() })
type Journal = z.infer<typeof journal>

/** Kept free for the rest of the system: a full disk breaks more than a download. */
const DISK_MARGIN_BYTES = 64 * 1024 ** 2
/** No byte for so long counts as a cut connection. */
const STALL_MS = 30_000
/** Cuts in a row without a byte in between, after which the download is given up. The part is kept. */
const MOST_FRUITLESS = 4

/** A failure with its code; thrown within this file only. */
class Failed extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.code)
    this.error = error
  }
}
const failed = (reason: string): Failed => new Failed({ code: 'model/download-failed', reason })

export const partOf = (target: string): string => `${target}.part`
const journalOf = (target: string): string => `${target}.part.json`

/** @returns bytes that are there, 0 when none are. */
export const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0

export async function removePart(target: string): Promise<void> {
  await rm(partOf(target), { force: true })
  await rm(journalOf(target), { force: true })
}

async function readJournal(target: string): Promise<Journal | undefined> {
  const text = await readFile(journalOf(target), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return journal.parse(JSON.parse(text))
  } catch {
    // Cut while it was written: the part beside it cannot be trusted.
    return undefined
  }
}

async function checkSpace({ target, sizeBytes }: Download, have: number, options: DownloadOptions): Promise<void> {
  const free = await options.freeBytes(dirname(target))
  const neededBytes = sizeBytes - have + DISK_MARGIN_BYTES
  if (free !== undefined && free < neededBytes) {
    throw new Failed({ code: 'storage/disk-full', path: dirname(target), neededBytes })
  }
}

/** Where an answer continues. Throws on one that is not the file. */
function startOf(response: Response, have: number, sizeBytes: number): number {
  if (response.status === 200) {
    const length = response.headers.get('content-length')
    if (length !== null && Number(length) !== sizeBytes) {
      throw failed(`the server has a file of ${length} bytes instead of ${sizeBytes}`)
    }
    return 0
  }
  if (response.status !== 206) throw failed(`the server answered ${response.status}`)
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '')
  const total = range?.[2]
  if (Number(range?.[1]) !== have || (total !== '*' && Number(total) !== sizeBytes)) {
    throw failed('the server continued another file or at another place')
  }
  return have
}

/** One connection: asks from where we are, and writes until it ends or is cut. */
async function attempt(download: Download, options: DownloadOptions): Promise<void> {
  const { url, target, sizeBytes, sha256 } = download
  const known = await readJournal(target)
  if (known?.url !== url || known.sha256 !== sha256) await removePart(target)
  const have = await sizeOf(partOf(target))
  if (have > sizeBytes) {
    await removePart(target)
    throw failed('the part was longer than the file')
  }
  if (have === sizeBytes) return
  await checkSpace(download, have, options)
  const stall = new AbortController()
  const stalled = (): void => stall.abort(new Error('nothing arrived for 30 seconds'))
  let watch = setTimeout(stalled, STALL_MS)
  try {
    // Compressed on the way, a range would count bytes of something else than the file.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' }
    if (have > 0) headers['range'] = `bytes=${have}-`
    // Without it a file that changed on the server would be continued with the wrong bytes.
    if (have > 0 && known?.etag) headers['if-range'] = known.etag
    const response = await fetch(url, { headers, signal: AbortSignal.any([options.signal, stall.signal]) })
    const from = startOf(response, have, sizeBytes)
    const etag = response.headers.get('etag')
    // A weak tag may not be used with If-Range (RFC 9110, 13.1.5).
    const strong = etag && !etag.startsWith('W/') ? { etag } : {}
    await writeFile(journalOf(target), JSON.stringify({ url, sha256, ...strong } satisfies Journal))
    await using file = await open(partOf(target), from === 0 ? 'w' : 'r+')
    let at = from
    for await (const chunk of response.body ?? []) {
      clearTimeout(watch)
      watch = setTimeout(stalled, STALL_MS)
      if (at + chunk.length > sizeBytes) throw failed('the server sent more than the file')
      await writeAll(file, chunk, at)
      at += chunk.length
      options.onProgress(at, 'downloading')
    }
  } finally {
    clearTimeout(watch)
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    // An abort from before the listener was there is not told again.
    if (signal.aborted) done()
  })

/** The sentence of a network failure: `fetch failed` says nothing, its cause does. */
function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return 'unknown'
  return problem.cause instanceof Error && problem.cause.message !== '' ? problem.cause.message : problem.message
}

/** Connects again after cuts until the part is complete. */
async function complete(download: Download, options: DownloadOptions): Promise<void> {
  let fruitless = 0
  for (;;) {
    const before = await sizeOf(partOf(download.target))
    const cut = await attempt(download, options).then(
      () => undefined,
      (problem: unknown) => problem,
    )
    if (options.signal.aborted) throw new Failed({ code: 'contract/cancelled' })
    if (cut instanceof Failed) throw cut
    if (isDiskFull(cut)) {
      const neededBytes = download.sizeBytes - (await sizeOf(partOf(download.target)))
      throw new Failed({ code: 'storage/disk-full', path: dirname(download.target), neededBytes })
    }
    const now = await sizeOf(partOf(download.target))
    if (now === download.sizeBytes) return
    fruitless = now > before ? 0 : fruitless + 1
    if (fruitless > MOST_FRUITLESS) throw failed(reasonOf(cut ?? new Error('the server ends before the file does')))
    await pause((options.retryMs ?? 1_000) * 2 ** fruitless, options.signal)
    if (options.signal.aborted) throw new Failed({ code: 'contract/cancelled' })
  }
}

async function check({ target, sha256, sizeBytes }: Download, options: DownloadOptions): Promise<void> {
  const hash = createHash('sha256')
  let read = 0
  const stream = createReadStream(partOf(target), { highWaterMark: 1024 ** 2, signal: options.signal })
  stream.on('data', (chunk) => {
    read += chunk.length
    options.onProgress(Math.min(read, sizeBytes), 'checking')
  })
  await pipeline(stream, hash)
  const actual = hash.digest('hex')
  if (actual === sha256) return
  // Which bytes are wrong cannot be told from one hash; continuing this part would fail for ever.
  await removePart(target)
  throw new Failed({ code: 'model/hash-mismatch', file: target, expected: sha256, actual })
}

/**
 * Fetches a file whose size and hash are known: into a part file that survives cuts, cancels and restarts, checked as a
 * whole before it gets its name.
 *
 * @errors model/download-failed, model/hash-mismatch (the part is deleted), storage/disk-full, contract/cancelled
 */
export async function downloadFile(download: Download, options: DownloadOptions): Promise<Result<void, AppError>> {
  try {
    await mkdir(dirname(download.target), { recursive: true })
    await complete(download, options)
    await check(download, options)
    await rename(partOf(download.target), download.target)
    await rm(journalOf(download.target), { force: true })
    return ok(undefined)
  } catch (problem) {
    if (problem instanceof Failed) return err(problem.error)
    if (options.signal.aborted) return err({ code: 'contract/cancelled' })
    return err({ code: 'model/download-failed', reason: reasonOf(problem) })
  }
}
