import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFile, ExportFilesPort } from './export-files.port.ts'
import { storageFailure } from './open-database.ts'

/** Written at once; small enough to be no matter, large enough to be few writes. */
const CHUNK_CHARS = 64 * 1024

/** @param folder made if absent; only the owner may read what is in it */
export function exportFiles(folder: string): ExportFilesPort {
  return {
    async begin(name) {
      const path = join(folder, name)
      return guarded(path, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        return openFile(path)
      })
    },
  }
}

async function openFile(path: string): Promise<ExportFile> {
  const unfinished = `${path}.part`
  const file = await open(unfinished, 'w', 0o600)
  let waiting = ''
  let bytes = 0
  const flush = async () => {
    const chunk = Buffer.from(waiting, 'utf8')
    waiting = ''
    bytes += chunk.length
    await file.writeFile(chunk)
  }
  return {
    write: (text) =>
      guarded(path, async () => {
        waiting += text
        if (waiting.length >= CHUNK_CHARS) await flush()
      }),
    finish: () =>
      guarded(path, async () => {
        await flush()
        await file.sync()
        await file.close()
        await rename(unfinished, path)
        return { path, bytes }
      }),
    async discard() {
      await file.close().catch(() => undefined)
      await rm(unfinished, { force: true })
    },
  }
}

async function guarded<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw storageFailure(path, cause)
  }
}
