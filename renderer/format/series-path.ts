/** A value at a time; `undefined` where it is unknown. */
export interface TimedValue {
  readonly atMs: number
  readonly value: number | undefined
}

export interface PathOptions {
  readonly fromMs: number
  readonly toMs: number
  /** Between two values that belong together, ms: a longer silence is a gap. */
  readonly stepMs: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Round numbers that an axis may end at. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/** The first round number that leaves some room above the highest value. */
export function topOf(values: readonly TimedValue[]): number {
  const most = Math.max(0, ...values.map(({ value }) => value ?? 0)) * 1.05
  for (let power = 1; power < 1e12; power *= 10)
    for (const step of STEPS) if (step * power >= most && step * power >= 1) return step * power
  return most
}

/** Pieces of the line, oldest first; gaps are never bridged. */
function piecesOf(values: readonly TimedValue[], stepMs: number): readonly (readonly TimedValue[])[] {
  const pieces: TimedValue[][] = []
  let open: TimedValue[] | undefined
  for (const one of values) {
    if (one.value === undefined) {
      open = undefined
      continue
    }
    const before = open?.at(-1)
    if (!open || (before && one.atMs - before.atMs > stepMs * 2.5)) {
      open = []
      pieces.push(open)
    }
    open.push(one)
  }
  return pieces
}

/** What SVG draws: the line, and the area below it. */
export function pathsOf(values: readonly TimedValue[], options: PathOptions): { line: string; area: string } {
  const { fromMs, toMs, stepMs, top, width, height } = options
  const x = (atMs: number) => (((atMs - fromMs) / (toMs - fromMs || 1)) * width).toFixed(1)
  const y = (value: number | undefined) => (height - ((value ?? 0) / top) * height).toFixed(1)
  const inside = values.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  let line = ''
  let area = ''
  for (const piece of piecesOf(inside, stepMs)) {
    const [first] = piece
    const last = piece.at(-1)
    if (!first || !last) continue
    const points = piece.map((one) => `${x(one.atMs)},${y(one.value)}`)
    // A value that stands alone is as wide as its time, else nothing would be seen of it.
    if (piece.length === 1) points.push(`${x(Math.min(toMs, first.atMs + stepMs))},${y(first.value)}`)
    const end = points.at(-1)?.split(',')[0] ?? x(last.atMs)
    line += `M${points.join('L')}`
    area += `M${x(first.atMs)},${height}L${points.join('L')}L${end},${height}Z`
  }
  return { line, area }
}
