import { dirname } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { checkFile, type Pieces } from './check-file.ts'
import { asError, Failed, reasonOf } from './failed.ts'
import { PartFile, partOf, removePart } from './part-file.ts'
import { isDiskFull } from './replace-file.ts'
import { Again, checkSpace, Transfer } from './transfer.ts'

export interface Download {
  readonly url: string
  /** Where the whole, checked file ends up. Its folder has to be there. */
  readonly target: string
  readonly sizeBytes: number
  readonly sha256: string
  /** Where they are known, a wrong piece is fetched again and no more than that. */
  readonly pieces?: Pieces | undefined
}

export interface DownloadProgress {
  readonly bytes: number
  /** 'waiting': the server asked for time, or was not reached. 'checking': the file is read back for its hash. */
  readonly step: 'waiting' | 'downloading' | 'checking'
  readonly bytesPerSecond?: number
  readonly leftMs?: number
  readonly connections?: number
}

export interface DownloadOptions {
  /** Free bytes of the disk under a folder; `undefined` = unknown. */
  readonly freeBytes: (folder: string) => Promise<number | undefined>
  readonly onProgress: (progress: DownloadProgress) => void
  readonly signal: AbortSignal
  /** At once, 1 to 16. Default: 4. A server that gives no ranges is asked over one. */
  readonly connections?: number | undefined
  /** All connections together; absent or 0 = no limit. */
  readonly bytesPerSecond?: number | undefined
  /** First wait after a cut; doubles while no byte arrives. Default: 1_000. */
  readonly retryMs?: number | undefined
  /** Without a byte for so long a connection counts as cut. Default: 30_000. */
  readonly stallMs?: number | undefined
  /** How often what arrived is synced and noted: so much is fetched again after a crash. Default: 2_000. */
  readonly saveEveryMs?: number | undefined
  /** A connection is not worth less than this. Default: 4 MiB. */
  readonly smallestShareBytes?: number | undefined
}

export const USUAL_CONNECTIONS = 4
/** Rounds of fetching wrong pieces again: a source that is wrong three times in a row stays wrong. */
const MOST_ROUNDS = 2
/** A server may exchange the file once; what still changes has tags that mean nothing. */
const MOST_AGAIN = 4

/** Fetches what is missing, beginning anew as the server wants it. */
async function complete(download: Download, part: PartFile, options: DownloadOptions): Promise<void> {
  let heedTags = true
  let connections = options.connections ?? USUAL_CONNECTIONS
  let changes = 0
  for (let again = 0; part.gaps.length > 0; again++) {
    await checkSpace(download, part, options)
    try {
      await new Transfer(download, part, { ...options, heedTags, connections }).run()
    } catch (problem) {
      if (!(problem instanceof Again) || again >= MOST_AGAIN) throw problem
      if (problem.because === 'no-ranges') connections = 1
      else {
        changes += 1
        // Once it is believed that the file was exchanged. A tag that changes again names answers, not the file.
        if (changes === 1) await part.forget([[0, download.sizeBytes]])
        else heedTags = false
        part.setTag(download.url, undefined)
      }
    }
  }
  await part.save()
}

/** @returns undefined when the part is the file; else what is wrong, with the wrong pieces already off the journal. */
async function check(download: Download, part: PartFile, options: DownloadOptions): Promise<AppError | undefined> {
  const { target, sha256, pieces, sizeBytes } = download
  const found = await checkFile(partOf(target), pieces, {
    onProgress: (bytes) => options.onProgress({ bytes: Math.min(bytes, sizeBytes), step: 'checking' }),
    signal: options.signal,
  })
  if (found.sha256 === sha256) return undefined
  await part.forget(found.wrong)
  const mismatch = { code: 'model/hash-mismatch', file: target, expected: sha256, actual: found.sha256 } as const
  return found.wrong.length === 0 ? mismatch : { ...mismatch, wrongPieces: found.wrong.length }
}

async function fetchAll(download: Download, options: DownloadOptions): Promise<void> {
  const { target, sizeBytes, sha256 } = download
  const part = await PartFile.open({ target, sizeBytes, of: sha256 })
  let wrong: AppError | undefined
  try {
    for (let round = 0; round <= MOST_ROUNDS; round++) {
      await complete(download, part, options)
      wrong = await check(download, part, options)
      if (!wrong || !('wrongPieces' in wrong)) break
    }
  } finally {
    // What was fetched before a cut or a pause stays.
    await part.save().catch(() => undefined)
    await part.close()
  }
  if (!wrong) return
  // Which bytes are wrong cannot be told from one hash; continuing this part would fail for ever.
  if (!('wrongPieces' in wrong)) await removePart(target)
  throw new Failed(wrong)
}

/**
 * Fetches a file whose size and hash are known: over several connections, into a part file that survives cuts, cancels,
 * restarts and crashes, checked as a whole before it gets its name.
 *
 * @errors model/download-failed, model/hash-mismatch (without `wrongPieces` the part is deleted), storage/disk-full,
 * contract/cancelled
 */
export async function downloadFile(download: Download, options: DownloadOptions): Promise<Result<void, AppError>> {
  try {
    await fetchAll(download, options)
    await PartFile.finish(download.target)
    return ok(undefined)
  } catch (problem) {
    if (isDiskFull(problem)) {
      const neededBytes = download.sizeBytes
      return err({ code: 'storage/disk-full', path: dirname(download.target), neededBytes })
    }
    if (problem instanceof Failed || options.signal.aborted) return asError(problem, download.target, options.signal)
    return err({ code: 'model/download-failed', reason: reasonOf(problem) })
  }
}
