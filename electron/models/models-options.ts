import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { MachineRoom } from '../../shared/inference/model-memory.ts'
import type { CatalogueEntry } from './catalogue.ts'

export interface ModelsOptions {
  /** Where models are kept unless the user names another folder; always: the self-test model and the lists. */
  readonly folder: string
  readonly catalogue: readonly CatalogueEntry[]
  /** Folder of licence texts, `<name of the licence>.txt`. */
  readonly licenceTexts?: string
  /** Makes a folder and those above it. Default: as Node does it. @throws what the system says */
  readonly makeFolder?: (path: string) => void
  /** Wall clock. Default: the system's. */
  readonly nowMs?: () => number
  /** Memory of this machine; `undefined` = unknown, and then so is what fits. */
  readonly room?: () => Promise<MachineRoom | undefined>
  /** Free bytes of the disk under a folder. Default: asks the system. */
  readonly freeBytes?: (folder: string) => Promise<number | undefined>
  /** Of a download; see `DownloadOptions`. */
  readonly retryMs?: number
  readonly stallMs?: number
  readonly smallestShareBytes?: number
}

/** A folder that is not there yet has the space of the one above it. */
export async function systemFreeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  if (found) return found.bavail * found.bsize
  const above = dirname(folder)
  return above === folder ? undefined : systemFreeBytes(above)
}
