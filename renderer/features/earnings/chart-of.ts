/** One epoch, or one day. `undefined`: nobody looked, or the worth is not known. */
export interface ChartPoint {
  readonly key: string
  readonly value: bigint | undefined
  /** Where it is not known: what of it is. */
  readonly least?: bigint | undefined
}
export type ChartMode = 'added' | 'each'

export interface Bar {
  readonly key: string
  /** Percent of the panel. */
  readonly height: number
  readonly kind: 'gain' | 'loss' | 'gap'
}
/** 0..1 both ways; y grows upwards. */
export interface Spot {
  readonly x: number
  readonly y: number
}
export interface Chart {
  readonly bars: readonly Bar[]
  /** Pieces of the line: what is not known is never bridged. */
  readonly lines: readonly (readonly Spot[])[]
  /** Stretches that are not known, 0..1. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
  readonly most: bigint
  readonly least: bigint
  /** Added up, and not all of it is known: it may be more. */
  readonly atLeast: boolean
  /** So many points are one here. */
  readonly each: number
}

/** More than this are thinner than the eye resolves: neighbours go together. */
const MOST = 120
const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** @param oldestFirst heights are for the eye only, so they may be floats */
export function chartOf(oldestFirst: readonly ChartPoint[], mode: ChartMode): Chart {
  const points = together(oldestFirst)
  const heights = mode === 'added' ? addedUp(points) : points.map(({ value }) => value)
  const known = heights.filter((value) => value !== undefined)
  const most = known.reduce((top, value) => (value > top ? value : top), 0n)
  const least = known.reduce((low, value) => (value < low ? value : low), 0n)
  return {
    bars: mode === 'each' ? points.map((point) => barOf(point, most > -least ? most : -least)) : [],
    lines: mode === 'added' ? linesOf(heights, { least, most }) : [],
    gaps: gapsOf(points),
    most,
    least,
    atLeast: mode === 'added' && points.some(({ value }) => value === undefined),
    each: Math.max(1, Math.ceil(oldestFirst.length / MOST)),
  }
}

/** The course of a price: no bars, and its axis does not begin at 0. */
export function courseOf(oldestFirst: readonly ChartPoint[]): Chart {
  const values = oldestFirst.map(({ value }) => value)
  const known = values.filter((value) => value !== undefined)
  const least = known.reduce((low, value) => (value < low ? value : low), known[0] ?? 0n)
  const most = known.reduce((top, value) => (value > top ? value : top), known[0] ?? 0n)
  return { bars: [], lines: linesOf(values, { least, most }), gaps: [], most, least, atLeast: false, each: 1 }
}

function together(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const each = Math.ceil(points.length / MOST)
  if (each <= 1) return points
  return Array.from({ length: Math.ceil(points.length / each) }, (_, index) => {
    const some = points.slice(index * each, (index + 1) * each)
    const known = some.flatMap(({ value }) => (value === undefined ? [] : [value]))
    const least = some.reduce((all, one) => all + (one.value ?? one.least ?? 0n), 0n)
    // One of them that nobody looked at makes all of them unknown: no line goes through it.
    return { key: some[0]?.key ?? '', value: known.length < some.length ? undefined : least, least }
  })
}

function addedUp(points: readonly ChartPoint[]): readonly (bigint | undefined)[] {
  let sum = 0n
  return points.map(({ value, least = 0n }) => {
    sum += value ?? least
    return value === undefined ? undefined : sum
  })
}

const barOf = ({ key, value }: ChartPoint, most: bigint): Bar => ({
  key,
  height: value === undefined ? 100 : most === 0n ? 0 : Number((size(value) * 900n) / most) / 10,
  kind: value === undefined ? 'gap' : value < 0n ? 'loss' : 'gain',
})

function linesOf(
  values: readonly (bigint | undefined)[],
  { least, most }: { readonly least: bigint; readonly most: bigint },
): readonly (readonly Spot[])[] {
  const span = Number(most - least) || 1
  const lines: Spot[][] = []
  let open: Spot[] | undefined
  values.forEach((value, index) => {
    if (value === undefined) {
      open = undefined
      return
    }
    if (!open) {
      open = []
      lines.push(open)
    }
    open.push({ x: (index + 0.5) / values.length, y: most === least ? 0.5 : Number(value - least) / span })
  })
  return lines
}

function gapsOf(points: readonly ChartPoint[]): Chart['gaps'] {
  const gaps: { from: number; to: number }[] = []
  points.forEach(({ value }, index) => {
    if (value !== undefined) return
    const last = gaps.at(-1)
    const [from, to] = [index / points.length, (index + 1) / points.length]
    if (last && last.to === from) last.to = to
    else gaps.push({ from, to })
  })
  return gaps
}
