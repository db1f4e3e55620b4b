import type { AppError } from '../../shared/errors.ts'
import type { ModelReserve } from '../../shared/inference/model-memory.ts'
import type { ModelChoices, ModelUse } from '../../shared/models/model-choices.ts'
import type { Result } from '../../shared/result.ts'

export type ModelFit = 'fits' | 'slow' | 'does-not-fit' | 'unknown'

export interface ModelEntry {
  /** Stable: the catalogue's id, `self-test`, or `local-` and a hash of the file's path. */
  readonly id: string
  readonly name: string
  /** One line for a person: what it is good for. */
  readonly use: string
  readonly uses: readonly ModelUse[]
  readonly origin: 'catalogue' | 'imported' | 'self-test'
  /** Page of the repository it comes from; absent for local files. */
  readonly source?: string
  /** Host that a download asks. */
  readonly from?: string
  /** Commit of that repository. */
  readonly revision?: string
  /** File name, without folder. */
  readonly file: string
  /** Where the file is; absent while there is none. */
  readonly path?: string
  /** Made by this app, which may move and delete it. */
  readonly ours: boolean
  readonly sizeBytes: number
  /** Lower-case hex of the whole file; absent for a file that was imported by reference. */
  readonly sha256?: string
  /** Hashes of its pieces are known. */
  readonly pieces: boolean
  readonly licence?: string
  readonly licenceUrl?: string
  readonly licenceAcceptedMs?: number
  /** Memory that loading is expected to need, context included. */
  readonly memoryBytes: number
  /** Weight format, such as `Q4_K_M`; absent = unknown. */
  readonly quant?: string
  readonly state: 'absent' | 'partial' | 'downloading' | 'ready'
  /** Bytes on disk: 0 when absent, `sizeBytes` when ready. */
  readonly downloadedBytes: number
  readonly job?: ModelJob
  /** A move that was begun and not ended: where to, and how much is there. */
  readonly moving?: { readonly folder: string; readonly bytes: number }
  /** What is wrong with the file that lies there. */
  readonly error?: AppError
  readonly fits: ModelFit
  /** Why, in one or two plain sentences. */
  readonly fitWhy: string
}

/** What is being done with a model's file. */
export interface ModelJob {
  readonly kind: 'download' | 'copy' | 'move'
  /** 'waiting' = for the server; 'checking' = reading the file back for its hash. */
  readonly step: 'waiting' | 'running' | 'checking'
  readonly bytes: number
  readonly totalBytes: number
  readonly bytesPerSecond?: number
  readonly leftMs?: number
  readonly connections?: number
}

/** What the user set; absent = the usual. */
export interface ModelWishes extends ModelChoices {
  /** Memory kept free. */
  readonly reserve?: ModelReserve | undefined
}

export interface Licence {
  readonly id: string
  readonly licence: string
  readonly url: string
  readonly revision: string
  /** All of it; absent where this app does not have the text. */
  readonly text?: string
  readonly acceptedMs?: number
}

export interface ModelsPort {
  /** Self-test model, catalogue and imported files, in this order. */
  list(wishes?: ModelWishes): Promise<readonly ModelEntry[]>
  /**
   * Absolute path of a model that is ready to load; makes the self-test model when asked for it.
   * A file that nobody read yet is read for its hash first.
   * @errors model/unknown, model/not-downloaded, model/hash-mismatch, model/file-missing, storage/disk-full, storage/broken
   */
  pathOf(id: string): Promise<Result<string, AppError>>
  /** @errors model/unknown: also of models without a licence to accept */
  licence(id: string): Promise<Result<Licence, AppError>>
  /**
   * Records that this licence was read and agreed to. Does nothing where it is recorded.
   * @param accepted  the name of the licence; absent = nobody was asked now
   * @errors model/unknown, model/licence-not-accepted (another name, or never accepted for this revision), storage/*
   */
  agree(id: string, accepted: string | undefined): Promise<Result<void, AppError>>
  /**
   * Continues where a cut or cancelled download stopped; of an imported model the copy. Cancelling keeps the part.
   * @errors model/unknown, model/busy, model/licence-not-accepted, model/download-failed, model/hash-mismatch,
   * model/file-missing, storage/disk-full, storage/broken, contract/cancelled
   */
  download(id: string, wishes: ModelWishes): Promise<Result<ModelEntry, AppError>>
  /**
   * Names a local GGUF file as a model: where it lies, or as a copy of this app's own. A copy that was cancelled is
   * continued by `download`.
   * @errors model/file-missing, model/broken, model/split, model/busy, storage/disk-full, storage/broken, contract/cancelled
   */
  importFile(path: string, how: ModelWishes & { readonly copy: boolean }): Promise<Result<ModelEntry, AppError>>
  /**
   * Moves a model's file: copied, synced, checked, switched, and only then deleted at the old place. Cancelling keeps what
   * was copied; naming the folder where the file is gives a begun move up.
   * @errors model/unknown, model/busy, model/cannot-move, model/hash-mismatch, storage/disk-full, storage/broken,
   * contract/cancelled
   */
  move(id: string, folder: string): Promise<Result<ModelEntry, AppError>>
  /** Ends what is being done with a model; it answers `contract/cancelled`, and what is there stays. */
  cancel(id: string): void
  /**
   * Deletes a file or part that this app made; of another one only its mention, never the user's file.
   * @errors model/unknown, model/busy, storage/disk-full, storage/broken
   */
  remove(id: string): Promise<Result<void, AppError>>
  /** Called after each change of `list()`. @returns a function that stops listening. */
  onChange(listener: () => void): () => void
  /** Cancels everything, and waits until it is noted how far it came. */
  close(): Promise<void>
}
