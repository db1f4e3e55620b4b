import type { LotMethod } from '../../shared/ledger/lots.ts'

export interface MethodWords {
  readonly name: string
  readonly says: string
}

/** Which lots a sale takes, in words. */
export const METHOD_WORDS: Readonly<Record<LotMethod, MethodWords>> = {
  fifo: { name: 'Oldest first', says: 'A sale takes the lots that were acquired first (FIFO).' },
  hifo: { name: 'Dearest first', says: 'A sale takes the lots that cost most per alpha (HIFO).' },
  average: { name: 'Average', says: 'All lots of a position cost the same per alpha.' },
}
