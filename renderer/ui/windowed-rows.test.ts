import { describe, expect, it } from 'vitest'
import { piecesOf } from './windowed-rows.ts'

const layout = (...keep: number[]) => ({ keep, rowPx: 10 })
const heightOf = (pieces: ReturnType<typeof piecesOf>) =>
  pieces.reduce((sum, piece) => sum + ('row' in piece ? 10 : piece.px), 0)

describe('piecesOf', () => {
  it('draws the rows in sight, and leaves room for the others', () => {
    expect(piecesOf(10, { first: 4, end: 6 }, layout())).toEqual([
      { gapBefore: 4, px: 40 },
      { row: 4 },
      { row: 5 },
      { gapBefore: 10, px: 40 },
    ])
  })
  it('keeps the row with the focus wherever it is', () => {
    expect(piecesOf(10, { first: 0, end: 1 }, layout(7))).toEqual([
      { row: 0 },
      { gapBefore: 7, px: 60 },
      { row: 7 },
      { gapBefore: 10, px: 20 },
    ])
  })
  it('is as high as all rows together, for any window', () => {
    for (const range of [
      { first: -24, end: -8 },
      { first: -8, end: 8 },
      { first: 16, end: 40 },
      { first: 40, end: 64 },
    ])
      for (const keep of [[], [0], [19], [-1], [20]]) expect(heightOf(piecesOf(20, range, layout(...keep)))).toBe(200)
  })
})
