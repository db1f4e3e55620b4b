import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { checkFile } from './check-file.ts'
import type { DownloadOptions } from './download.ts'
import { cancelled, Failed } from './failed.ts'
import { Speed } from './pace.ts'
import { PartFile, partOf, removePart } from './part-file.ts'
import { DISK_MARGIN_BYTES } from './transfer.ts'

export interface Copy {
  readonly source: string
  readonly target: string
  readonly sizeBytes: number
  /** Known hash of the source; absent: the source is read for it. */
  readonly sha256?: string | undefined
}

const CHUNK_BYTES = 4 * 1024 ** 2
const SAVE_EVERY_BYTES = 256 * 1024 ** 2

type CopyOptions = Pick<DownloadOptions, 'freeBytes' | 'onProgress' | 'signal'>

async function copyGaps(
  { source, sizeBytes }: Copy,
  part: PartFile,
  { onProgress, signal }: CopyOptions,
): Promise<void> {
  const from = await open(source, 'r')
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  const speed = new Speed()
  let unsaved = 0
  try {
    for (const [start, end] of part.gaps) {
      for (let at = start; at < end; ) {
        if (signal.aborted) throw cancelled()
        const { bytesRead } = await from.read(buffer, 0, Math.min(CHUNK_BYTES, end - at), at)
        if (bytesRead === 0) throw new Failed({ code: 'model/broken', file: source, reason: 'it became shorter' })
        await part.write(at, buffer.subarray(0, bytesRead))
        at += bytesRead
        unsaved += bytesRead
        if (unsaved > SAVE_EVERY_BYTES) {
          await part.save()
          unsaved = 0
        }
        const bytes = part.doneBytes
        speed.saw(bytes, performance.now())
        const bytesPerSecond = speed.at(performance.now())
        onProgress({
          bytes,
          step: 'downloading',
          ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
          ...(bytesPerSecond ? { leftMs: Math.round(((sizeBytes - bytes) * 1000) / bytesPerSecond) } : {}),
        })
      }
    }
  } finally {
    await from.close()
  }
}

/**
 * Copies a file into a part that survives cancels and crashes, syncs it, reads it back, and gives it its name only if its
 * hash is that of the source.
 *
 * @returns SHA-256 of both, lower-case hex
 * @throws Failed storage/disk-full, model/hash-mismatch, contract/cancelled; what reading and writing throw
 */
export async function copyFile(copy: Copy, options: CopyOptions): Promise<string> {
  const { source, target, sizeBytes } = copy
  const part = await PartFile.open({ target, sizeBytes, of: copy.sha256 ?? `copy of ${source}` })
  try {
    const free = await options.freeBytes(dirname(target))
    const neededBytes = sizeBytes - part.doneBytes + DISK_MARGIN_BYTES
    if (free !== undefined && free < neededBytes)
      throw new Failed({ code: 'storage/disk-full', path: dirname(target), neededBytes })
    await copyGaps(copy, part, options)
  } finally {
    await part.save().catch(() => undefined)
    await part.close()
  }
  const read = async (file: string) =>
    (
      await checkFile(file, undefined, {
        signal: options.signal,
        onProgress: (bytes) => options.onProgress({ bytes, step: 'checking' }),
      })
    ).sha256
  const actual = await read(partOf(target))
  const expected = copy.sha256 ?? (await read(source))
  if (actual !== expected) {
    await removePart(target)
    throw new Failed({ code: 'model/hash-mismatch', file: target, expected, actual })
  }
  await PartFile.finish(target)
  return actual
}
