/** A file that is being written. It has its name only when it is whole. */
export interface ExportFile {
  /** Resolves when more may come: nothing piles up in memory. @throws StorageFailure */
  write(text: string): Promise<void>
  /** @throws StorageFailure */
  finish(): Promise<{ readonly path: string; readonly bytes: number }>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** The one folder that files for other programs go to. Names are the host's own: no caller chooses a path. */
export interface ExportFilesPort {
  /** @throws StorageFailure */
  begin(name: string): Promise<ExportFile>
}
