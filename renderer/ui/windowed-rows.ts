import { type RefObject, startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Before the first row was measured, px. */
const USUAL_ROW = 33
/** Rows beyond both edges: the page scrolls on its own thread, and may be a few rows ahead of us. */
const BEYOND = 12
/** The window moves in steps of few rows: each frame draws a little, and none draws much. */
const STEP = 2

/** Drawn before the region was measured. */
const FIRST_ROWS = 32
/**
 * Up to so many rows are all drawn, the first ones at once and the others when nothing else waits: what is drawn already
 * scrolls without our work, at 58 frames a second where drawing rows on the way reached 31.
 */
const MOST_DRAWN = 400

interface Range {
  readonly first: number
  /** One after the last. */
  readonly end: number
}

/** A drawn row, or the room of rows that are not drawn. */
export type Piece = { readonly row: number } | { readonly gapBefore: number; readonly px: number }

/**
 * Rows in sight, and single ones beside (the row with the focus must not vanish under it), with gaps of the right height.
 * @param keep rows that are drawn wherever they are
 */
export function piecesOf(
  count: number,
  { first, end }: Range,
  layout: { keep: readonly number[]; rowPx: number },
): readonly Piece[] {
  const drawn = new Set(layout.keep.filter((row) => row >= 0 && row < count))
  for (let row = Math.max(0, first); row < Math.min(count, end); row += 1) drawn.add(row)
  const pieces: Piece[] = []
  let next = 0
  const gapUpTo = (row: number) => {
    if (row > next) pieces.push({ gapBefore: row, px: (row - next) * layout.rowPx })
  }
  for (const row of [...drawn].sort((a, b) => a - b)) {
    gapUpTo(row)
    pieces.push({ row })
    next = row + 1
  }
  gapUpTo(count)
  return pieces
}

/** @param body rows of equal height, inside the region that scrolls (`.main`) */
export function useWindowedRows(
  body: RefObject<HTMLElement | null>,
  table: { readonly count: number; readonly on: boolean },
): { readonly range: Range; readonly rowPx: number } {
  const { count } = table
  const on = table.on && count > MOST_DRAWN
  const [range, setRange] = useState<Range>({ first: 0, end: FIRST_ROWS })
  const [all, setAll] = useState(!table.on)
  useEffect(() => startTransition(() => setAll(true)), [])
  const rowPx = useRef(USUAL_ROW)
  const look = useCallback(() => {
    const scroller = body.current?.closest('.main')
    if (!on || !body.current || !scroller) return
    const drawn = body.current.querySelector('tr[aria-rowindex]')?.getBoundingClientRect().height ?? 0
    if (drawn > 0) rowPx.current = drawn
    const sight = scroller.getBoundingClientRect()
    const passed = sight.top - body.current.getBoundingClientRect().top
    const first = Math.floor((passed / rowPx.current - BEYOND) / STEP) * STEP
    const end = Math.min(count, Math.ceil(((passed + sight.height) / rowPx.current + BEYOND) / STEP) * STEP)
    setRange((now) => (now.first === first && now.end === end ? now : { first, end }))
  }, [body, count, on])
  // Not after each render: while it scrolls, measuring once more in every frame would be most of its work.
  useLayoutEffect(look, [look])
  useEffect(() => {
    const scroller = body.current?.closest('.main')
    if (!on || !scroller) return
    const resized = new ResizeObserver(look)
    resized.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [body, look, on])
  return on || !all ? { range, rowPx: rowPx.current } : { range: { first: 0, end: count }, rowPx: rowPx.current }
}
