import type { PlaceCourse } from '../../shared/contract/registration.contract.ts'
import type { PricePoint } from '../../shared/registration/price-course.ts'

/** What the chart draws in: x from 0 to 1000 over the time, y from 0 (top, dearest) to 100 (nothing). */
export interface CourseShape {
  readonly lines: readonly string[]
  readonly projected: string
  /** Percent of the width in which nothing was recorded. */
  readonly gaps: readonly { readonly from: number; readonly width: number }[]
  /** Percent of the width. */
  readonly now: number
  readonly highest: bigint
  readonly lowest: bigint
}

/** Narrower than this nobody sees it. Percent of the width. */
const LEAST_GAP = 0.5

/** @param span blocks that are shown of the past. Places are for the eye only, so they may be floats. */
export function courseShape(course: PlaceCourse, span: number): CourseShape {
  const from = course.block - span
  const to = course.projected.at(-1)?.block ?? course.block
  const all = [...course.lines.flat(), ...course.projected]
  const prices = all.map(({ price }) => price as bigint)
  const highest = prices.reduce((top, price) => (price > top ? price : top), 1n)
  const lowest = prices.reduce((low, price) => (price < low ? price : low), highest)
  const x = (block: number): number => ((Math.max(block, from) - from) / (to - from)) * 100
  const y = (price: bigint): number => 100 - Number((price * 9_500n) / highest) / 100
  const drawn = (points: readonly PricePoint[]): string =>
    points.map(({ block, price }) => `${(x(block) * 10).toFixed(1)},${y(price).toFixed(2)}`).join(' ')
  const ends = course.lines.map((line) => ({ from: x(line[0]?.block ?? from), to: x(line.at(-1)?.block ?? from) }))
  const edges = [0, ...ends.map((line) => line.to)]
  const gaps = ends.map((line, index) => ({ from: edges[index] ?? 0, width: line.from - (edges[index] ?? 0) }))
  return {
    lines: course.lines.filter((line) => line.length > 1).map(drawn),
    projected: drawn(course.projected),
    gaps: gaps.filter(({ width }) => width > LEAST_GAP),
    now: x(course.block),
    highest,
    lowest,
  }
}
