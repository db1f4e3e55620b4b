/** Blocks of the ledger that are followed for costs and gains. */
export interface BooksProgress {
  readonly from: number
  readonly to: number
  readonly at: number
}

/** How far, in whole percent, never 100 before the end. */
export const percentOf = ({ from, to, at }: BooksProgress): number =>
  to <= from ? 0 : Math.min(99, Math.max(0, Math.floor(((at - from) * 100) / (to - from))))

/** Why costs and gains are not there yet. */
export const computingWords = (progress: BooksProgress): string =>
  `Costs and gains are being computed from the history: block ${progress.at.toLocaleString('en-US')} of ${progress.to.toLocaleString('en-US')}, ${percentOf(progress)} %.`
