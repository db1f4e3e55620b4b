import type { EpochFileAsk } from '../../shared/earnings/epochs-file.ts'
import type { AppError } from '../../shared/errors.ts'
import type { ExportAsk } from '../../shared/ledger/export-text.ts'
import type { Result } from '../../shared/result.ts'

/** Every file that can be asked for. */
export type FileAsk = ExportAsk | EpochFileAsk

/** Where a file of the ledger goes, text by text, and what ends it early. */
export interface LedgerFileTaker {
  /** Resolves when more may come: nothing piles up in memory. What it throws ends the file. */
  put(text: string): Promise<void>
  readonly signal?: AbortSignal | undefined
}

/** Files of the ledger, made beside the host: their memory is not the host's, and is gone when they are done. */
export interface LedgerFilesPort {
  /**
   * @returns lines without the head. @throws what `put` throws, StorageFailure
   * @errors ledger/export-ended, contract/cancelled
   */
  stream(ask: FileAsk, taker: LedgerFileTaker): Promise<Result<number, AppError>>
  /** Ends those that are being made. */
  close(): void
}
