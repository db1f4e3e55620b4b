/** What a model is good for; of the user's own files by what their header says. */
export const MODEL_USES = ['chat', 'code', 'embedding', 'rerank', 'test'] as const
export type ModelUse = (typeof MODEL_USES)[number]

/** How models are fetched and where they are kept. Absent: the usual. */
export interface ModelChoices {
  /** Folder for what is downloaded or copied from now on; absolute. What is there already stays where it is. */
  readonly folder?: string | undefined
  /** Base address of a mirror. Hashes are pinned whatever it serves. */
  readonly source?: string | undefined
  /** Connections of a download, 1 to 16. */
  readonly connections?: number | undefined
  /** All connections of a download together; 0 = no limit. */
  readonly bytesPerSecond?: number | undefined
}
