import { open } from 'node:fs/promises'
import { type InspectedModel, inspectGguf } from '../../../shared/inference/inspect-gguf.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { WorkerError } from '../messages.ts'

/**
 * Reads a model file's head before llama.cpp sees the file: a cut or foreign file gets a reason instead of a crash.
 *
 * @errors model/file-missing, model/broken
 */
export async function inspectFile(file: string): Promise<Result<InspectedModel, WorkerError>> {
  const handle = await open(file, 'r').catch(() => undefined)
  if (!handle) return err({ code: 'model/file-missing', file })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) return err({ code: 'model/broken', file, reason: 'this is not a file' })
    const readStart = async (bytes: number): Promise<Uint8Array> =>
      (await handle.read(new Uint8Array(bytes), 0, bytes, 0)).buffer
    return await inspectGguf({ path: file, sizeBytes: stat.size, readStart })
  } catch (problem) {
    return err({ code: 'model/broken', file, reason: problem instanceof Error ? problem.message : 'unreadable' })
  } finally {
    await handle.close()
  }
}
