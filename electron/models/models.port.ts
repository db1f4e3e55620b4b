import type { AppError } from '../../shared/errors.ts'
import type { ModelReserve } from '../../shared/inference/model-memory.ts'
import type { Result } from '../../shared/result.ts'

export type ModelFit = 'fits' | 'slow' | 'does-not-fit' | 'unknown'

export interface ModelEntry {
  /** Stable: the catalogue's id, `self-test`, or `local-` and a hash of the file's path. */
  readonly id: string
  readonly name: string
  /** One line for a person: what it is good for. */
  readonly use: string
  readonly origin: 'catalogue' | 'imported' | 'self-test'
  /** Page of the repository it comes from; absent for local files. */
  readonly source?: string
  /** Commit of that repository. */
  readonly revision?: string
  /** File name, without folder. */
  readonly file: string
  readonly sizeBytes: number
  /** Lower-case hex of the whole file; absent for an imported file. */
  readonly sha256?: string
  readonly licence?: string
  readonly licenceUrl?: string
  /** Memory that loading is expected to need, context included. */
  readonly memoryBytes: number
  /** Weight format, such as `Q4_K_M`; absent = unknown. */
  readonly quant?: string
  readonly state: 'absent' | 'partial' | 'downloading' | 'ready'
  /** Bytes on disk: 0 when absent, `sizeBytes` when ready. */
  readonly downloadedBytes: number
  readonly fits: ModelFit
  /** Why, in one or two plain sentences. */
  readonly fitWhy: string
}

export interface ModelProgress {
  readonly id: string
  readonly downloadedBytes: number
  readonly totalBytes: number
  /** 'checking' = reading the file back for its hash. */
  readonly step: 'downloading' | 'checking'
}

export interface ModelsPort {
  /**
   * Self-test model, catalogue and imported files, in this order.
   * @param reserve  what the user wants kept free; absent = the default.
   */
  list(reserve?: ModelReserve): Promise<readonly ModelEntry[]>
  /**
   * Absolute path of a model that is ready to load; makes the self-test model when asked for it.
   * @errors model/unknown, model/not-downloaded, model/file-missing, storage/disk-full, storage/broken
   */
  pathOf(id: string): Promise<Result<string, AppError>>
  /**
   * Continues where a cut or cancelled download stopped. Cancelling keeps the part.
   * @errors model/unknown, model/busy, model/download-failed, model/hash-mismatch, storage/disk-full, contract/cancelled
   */
  download(
    id: string,
    on: { readonly progress?: (progress: ModelProgress) => void },
    signal: AbortSignal,
  ): Promise<Result<ModelEntry, AppError>>
  /**
   * Names a local GGUF file as a model. The file stays where it is.
   * @errors model/file-missing, model/broken, storage/disk-full, storage/broken
   */
  importFile(path: string): Promise<Result<ModelEntry, AppError>>
  /**
   * Deletes a downloaded file or part; of an imported model only its mention, never the user's file.
   * @errors model/unknown, model/busy, storage/disk-full, storage/broken
   */
  remove(id: string): Promise<Result<void, AppError>>
  /** Called after each change of `list()`. @returns a function that stops listening. */
  onChange(listener: () => void): () => void
}
