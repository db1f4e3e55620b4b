import type { FileAsk } from '../ledger-files.port.ts'
import type { StorageFailure } from '../storage.port.ts'

/** What the host tells the process that reads the ledger for one file. Both ends ship together. */
export type ToExporter =
  | { readonly kind: 'write'; readonly ask: FileAsk }
  /** One more text may come: the last one was taken. */
  | { readonly kind: 'more' }

export type FromExporter =
  | { readonly kind: 'text'; readonly text: string }
  /** @property lines without the head */
  | { readonly kind: 'done'; readonly lines: number }
  | { readonly kind: 'failed'; readonly failure: Pick<StorageFailure, 'kind' | 'path' | 'message'> }

/** Texts on their way that nobody took yet: the pipe stays busy, and nothing piles up. */
export const TEXTS_AHEAD = 2
