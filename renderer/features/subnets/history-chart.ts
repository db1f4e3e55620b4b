import type { MarketSampleView } from '../../../shared/contract/markets.contract.ts'
import { recordedStep } from '../../../shared/subnets/market.ts'

/** 0..1 both ways; y grows upwards. */
export interface Point {
  readonly x: number
  readonly y: number
}
/** 0..1; nothing was recorded between the two. */
export interface Gap {
  readonly from: number
  readonly to: number
}
export interface Line {
  /** Without a gap; a single point is a piece of its own. */
  readonly pieces: readonly (readonly Point[])[]
  /** Least and most that was seen, in the unit of the values. */
  readonly least: bigint
  readonly most: bigint
}
export interface FlowBar {
  /** rao that the pool gained (or lost, negative) in this part of the axis; `undefined` where nothing was recorded. */
  readonly value: bigint | undefined
  /** 0..1 of the largest. */
  readonly size: number
}
export interface HistoryChart {
  readonly gaps: readonly Gap[]
  readonly price: Line | undefined
  readonly pool: Line | undefined
  readonly flows: readonly FlowBar[]
  readonly largestFlow: bigint
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** A recorder may miss a look or two, and looks are not exactly one step apart. */
const PATIENCE = 2.5
const FLOW_BARS = 48

/** Whether anything is missing between two looks. Older ones are further apart, because they were thinned. */
const isGap = (earlier: number, later: number, now: number): boolean =>
  later - earlier > PATIENCE * recordedStep(now - earlier)

/** @param samples oldest first. Positions are for the eye only, so they may be floats. */
export function historyChart(samples: readonly MarketSampleView[], span: Span): HistoryChart {
  const width = Math.max(1, span.to - span.from)
  const place = (block: number): number => (block - span.from) / width
  const shown = samples.filter(({ block }) => block >= span.from && block <= span.to)
  const pieces = piecesOf(shown, span.to)
  const flows = flowsOf(pieces, place)
  const largestFlow = flows.reduce<bigint>((most, value) => (size(value ?? 0n) > most ? size(value ?? 0n) : most), 0n)
  return {
    gaps: gapsOf(pieces, span, place),
    price: lineOf(pieces, (sample) => sample.price, place),
    pool: lineOf(pieces, (sample) => sample.taoReserve, place),
    flows: flows.map((value) => ({ value, size: largestFlow === 0n ? 0 : ratio(size(value ?? 0n), largestFlow) })),
    largestFlow,
  }
}

const size = (value: bigint): bigint => (value < 0n ? -value : value)
const ratio = (part: bigint, whole: bigint): number => Number((part * 10_000n) / whole) / 10_000

type Piece = readonly MarketSampleView[]

function piecesOf(samples: readonly MarketSampleView[], now: number): readonly Piece[] {
  const pieces: MarketSampleView[][] = []
  for (const sample of samples) {
    const open = pieces.at(-1)
    const last = open?.at(-1)
    if (open && last && !isGap(last.block, sample.block, now)) open.push(sample)
    else pieces.push([sample])
  }
  return pieces
}

function gapsOf(pieces: readonly Piece[], { from, to }: Span, place: (block: number) => number): readonly Gap[] {
  const ends = [from, ...pieces.flatMap((piece) => [piece[0]?.block ?? from, piece.at(-1)?.block ?? from]), to]
  const gaps: Gap[] = []
  for (let index = 0; index < ends.length; index += 2) {
    const [start, end] = [ends[index] ?? from, ends[index + 1] ?? to]
    if (isGap(start, end, to)) gaps.push({ from: place(start), to: place(end) })
  }
  return gaps
}

function lineOf(
  pieces: readonly Piece[],
  pick: (sample: MarketSampleView) => bigint | undefined,
  place: (block: number) => number,
): Line | undefined {
  const values = pieces.flat().flatMap((sample) => pick(sample) ?? [])
  const [first] = values
  if (first === undefined) return undefined
  const least = values.reduce((low, value) => (value < low ? value : low), first)
  const most = values.reduce((high, value) => (value > high ? value : high), first)
  const drawn: Point[][] = []
  for (const piece of pieces) {
    let open: Point[] | undefined
    for (const sample of piece) {
      const value = pick(sample)
      if (value === undefined) {
        // A value that is unknown ends the line: it is never bridged.
        open = undefined
        continue
      }
      if (!open) {
        open = []
        drawn.push(open)
      }
      open.push({ x: place(sample.block), y: most === least ? 0.5 : ratio(value - least, most - least) })
    }
  }
  return { pieces: drawn, least, most }
}

/** What the TAO in the pool gained, in equal parts of the axis; only between looks that follow each other. */
function flowsOf(pieces: readonly Piece[], place: (block: number) => number): readonly (bigint | undefined)[] {
  const sums = Array.from({ length: FLOW_BARS }, (): bigint | undefined => undefined)
  for (const piece of pieces)
    for (const [index, sample] of piece.entries()) {
      const before = piece[index - 1]
      if (!before) continue
      const bar = Math.min(FLOW_BARS - 1, Math.max(0, Math.floor(place(sample.block) * FLOW_BARS)))
      sums[bar] = (sums[bar] ?? 0n) + sample.taoReserve - before.taoReserve
    }
  return sums
}
