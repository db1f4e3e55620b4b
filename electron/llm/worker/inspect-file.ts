import { open } from 'node:fs/promises'
import { type GgufFacts, readGgufHeader } from '../../../shared/inference/gguf-header.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { WorkerError } from '../messages.ts'

export interface InspectedFile {
  readonly facts: GgufFacts
  readonly sizeBytes: number
}

/** Vocabularies of 256,000 tokens with their merges take about 20 MB; no header is longer than the last of these. */
const READS_BYTES = [1, 8, 64, 256].map((mebibytes) => mebibytes * 1024 ** 2)

/**
 * Reads a model file's head before llama.cpp sees the file: a cut or foreign file gets a reason instead of a crash.
 *
 * @errors model/file-missing, model/broken
 */
export async function inspectFile(file: string): Promise<Result<InspectedFile, WorkerError>> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return err({ code: 'model/file-missing', file })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return err({ code: 'model/broken', file, reason: 'this is not a file' })
    for (const wanted of READS_BYTES) {
      const bytes = new Uint8Array(Math.min(wanted, stat.size))
      await handle.read(bytes, 0, bytes.length, 0)
      const reading = readGgufHeader(bytes)
      if (reading.is === 'not-gguf') return err({ code: 'model/broken', file, reason: reading.reason })
      if (reading.is === 'facts') return wholeFile(file, reading.facts, stat.size)
      if (bytes.length === stat.size) break
    }
    return err({ code: 'model/broken', file, reason: 'the file ends within its header' })
  } catch (problem) {
    return err({ code: 'model/broken', file, reason: problem instanceof Error ? problem.message : 'unreadable' })
  } finally {
    await handle.close()
  }
}

function wholeFile(file: string, facts: GgufFacts, sizeBytes: number): Result<InspectedFile, WorkerError> {
  if (sizeBytes >= facts.expectedBytes) return ok({ facts, sizeBytes })
  const reason = `the file is cut off: ${sizeBytes} of ${facts.expectedBytes} bytes`
  return err({ code: 'model/broken', file, reason })
}
