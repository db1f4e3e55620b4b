import type { EpochRow } from '../../../shared/earnings/epoch-row.ts'

export interface Bar {
  readonly block: number
  /** Percent of the panel. */
  readonly height: number
  /** `gap`: several epochs in one row, because the app did not run. */
  readonly kind: 'gain' | 'loss' | 'gap'
}
/** 0..1 both ways; y grows upwards. */
export interface Point {
  readonly x: number
  readonly y: number
}
export interface EpochChart {
  readonly bars: readonly Bar[]
  /** Empty places before the first bar, so that two epochs do not fill the whole panel. */
  readonly lead: number
  readonly mostEarned: bigint
  /** Pieces of the price line: a missing price is never bridged. */
  readonly priceLines: readonly (readonly Point[])[]
}

/** Fewer bars than this would be blocks, not bars. */
const LEAST_SLOTS = 24
/** More bars than this are thinner than the eye resolves. */
const MOST_BARS = 60
const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** @param newestFirst rows of one hotkey on one subnet. Heights are for the eye only, so they may be floats. */
export function chartOf(newestFirst: readonly EpochRow[]): EpochChart {
  const rows = newestFirst.slice(0, MOST_BARS).reverse()
  const most = rows.reduce((top, row) => (size(row.earned) > top ? size(row.earned) : top), 0n)
  const bars = rows.map((row): Bar => {
    const height = most === 0n ? 0 : Number((size(row.earned) * 900n) / most) / 10
    return { block: row.epochBlock, height, kind: row.epochs > 1 ? 'gap' : row.earned < 0n ? 'loss' : 'gain' }
  })
  const lead = Math.max(0, LEAST_SLOTS - rows.length)
  return { bars, lead, mostEarned: most, priceLines: priceLinesOf(rows, lead) }
}

function priceLinesOf(rows: readonly EpochRow[], lead: number): readonly (readonly Point[])[] {
  const known = rows.flatMap((row) => (row.price === undefined ? [] : [Number(row.price)]))
  const low = Math.min(...known)
  const span = Math.max(...known) - low || 1
  const lines: Point[][] = []
  let open: Point[] | undefined
  rows.forEach((row, index) => {
    if (row.price === undefined) {
      open = undefined
      return
    }
    if (!open) {
      open = []
      lines.push(open)
    }
    // In the middle of its bar, so that both panels share one axis.
    open.push({
      x: (lead + index + 0.5) / (lead + rows.length),
      y: known.length === 1 ? 0.5 : (Number(row.price) - low) / span,
    })
  })
  return lines
}
