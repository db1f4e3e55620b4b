import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import { type GgufFacts, readGgufHeader } from './gguf-header.ts'

export interface InspectedModel {
  readonly facts: GgufFacts
  readonly sizeBytes: number
}
export type BrokenModel = Extract<AppError, { code: 'model/broken' }>

/** Vocabularies of 256,000 tokens with their merges take about 20 MB; no header is longer than the last of these. */
const READS_BYTES = [1, 8, 64, 256].map((mebibytes) => mebibytes * 1024 ** 2)

/**
 * Decides from a file's head and size whether it is a whole GGUF model.
 *
 * @param file  named in errors. `sizeBytes` is its size on disk; `readStart` gives that many bytes of its beginning.
 * @errors      model/broken with a reason: not GGUF, header cut off, data cut off.
 */
export async function inspectGguf(file: {
  readonly path: string
  readonly sizeBytes: number
  readonly readStart: (bytes: number) => Promise<Uint8Array>
}): Promise<Result<InspectedModel, BrokenModel>> {
  const { path, sizeBytes } = file
  const broken = (reason: string): Result<never, BrokenModel> => err({ code: 'model/broken', file: path, reason })
  for (const wanted of READS_BYTES) {
    const reading = readGgufHeader(await file.readStart(Math.min(wanted, sizeBytes)))
    if (reading.is === 'not-gguf') return broken(reading.reason)
    if (reading.is === 'facts') {
      const { facts } = reading
      if (sizeBytes >= facts.expectedBytes) return ok({ facts, sizeBytes })
      return broken(`the file is cut off: ${sizeBytes} of ${facts.expectedBytes} bytes`)
    }
    if (wanted >= sizeBytes) break
  }
  return broken('the file ends within its header')
}
