import { type PricePoint, type PriceRules, priceAfter, priceAfterRegistration } from './price-course.ts'

/** One registration, from the event of its block. */
export interface Registration {
  readonly block: number
  readonly uid: number
}

/** Blocks whose events were read, both ends inclusive. */
export interface WatchedSpan {
  readonly from: number
  readonly to: number
}

/** One look in so many blocks is recorded: between two of them the chain's own rule and the registrations say the rest. */
export const PRICE_EVERY_BLOCKS = 150
/** Every look for two days, one in two hours for thirty days, then one a day; in blocks of 12 seconds. */
export const PRICE_THINNING: readonly { readonly olderBy: number; readonly every: number }[] = [
  { olderBy: 14_400, every: 600 },
  { olderBy: 216_000, every: 7_200 },
]
/** Registrations are kept for so long: 30 days of 12 s blocks. */
export const REGISTRATIONS_KEPT = 216_000

/** A drawn line between two looks that are further apart would claim what nobody saw. */
const mostApart = (ageBlocks: number): number =>
  2.5 * (PRICE_THINNING.filter(({ olderBy }) => ageBlocks > olderBy).at(-1)?.every ?? PRICE_EVERY_BLOCKS)

/** What happened after each registration, up to and without the block of the next look. */
function between(from: PricePoint, to: PricePoint, of: Recorded): readonly PricePoint[] {
  const points: PricePoint[] = []
  let last = from
  for (const { block } of of.registrations) {
    if (block <= from.block || block >= to.block) continue
    const fallen = { block, price: priceAfter(last.price, block - last.block, of.rules) }
    last = { block, price: priceAfterRegistration(fallen.price, of.rules) }
    points.push(fallen, last)
  }
  return points
}

export interface Recorded {
  /** Oldest first. */
  readonly samples: readonly PricePoint[]
  /** Oldest first. */
  readonly registrations: readonly Registration[]
  readonly rules: PriceRules
}

/**
 * What a place cost, drawn from looks that are far apart: between two of them the price falls by the chain's rule, and jumps where a
 * registration was seen. Each look is what the chain said; a line ends where looks are too far apart.
 * @returns lines, oldest first, each without a gap
 */
export function courseLines(recorded: Recorded): readonly (readonly PricePoint[])[] {
  const { samples } = recorded
  const newest = samples.at(-1)?.block ?? 0
  const lines: PricePoint[][] = []
  for (const [index, sample] of samples.entries()) {
    const before = samples[index - 1]
    const line = lines.at(-1)
    if (line && before && sample.block - before.block <= mostApart(newest - before.block))
      line.push(...between(before, sample, recorded), sample)
    else lines.push([sample])
  }
  return lines
}

/** Blocks of a range whose events were read. */
export const watchedIn = (spans: readonly WatchedSpan[], { from, to }: WatchedSpan): number =>
  spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from) + 1), 0)

/** How fast places are taken. */
export interface Pace {
  readonly registrations: number
  /** In so many blocks. */
  readonly blocks: number
  /** `recorded`: each was seen. `still-there`: at least so many, as who was replaced meanwhile is not among them. */
  readonly from: 'recorded' | 'still-there'
}

/** An hour of 12 s blocks: less says nothing about a day. */
const FEWEST_BLOCKS = 300
const DAY_BLOCKS = 7_200
const DAYS = 7

export interface DayOfPlaces {
  /** Newest block of the day; it is 7,200 blocks long. */
  readonly toBlock: number
  /** Of these, so many were watched. */
  readonly watched: number
  /** Registrations that were seen in them. */
  readonly registrations: number
}

/** Days of 7,200 blocks that end now, newest first; a day of which nothing was watched is there, with 0 watched. */
export function daysOf(
  spans: readonly WatchedSpan[],
  registrations: readonly Registration[],
  block: number,
): readonly DayOfPlaces[] {
  return Array.from({ length: DAYS }, (_, day) => block - day * DAY_BLOCKS)
    .filter((to) => to > 0)
    .map((to) => {
      const range = { from: Math.max(1, to - DAY_BLOCKS + 1), to }
      const within = registrations.filter((one) => one.block >= range.from && one.block <= to)
      return { toBlock: to, watched: watchedIn(spans, range), registrations: within.length }
    })
}

/** @returns `undefined`: too little was watched in the last week */
export function recordedPace(days: readonly DayOfPlaces[]): Pace | undefined {
  const blocks = days.reduce((sum, { watched }) => sum + watched, 0)
  if (blocks < FEWEST_BLOCKS) return undefined
  return { registrations: days.reduce((sum, day) => sum + day.registrations, 0), blocks, from: 'recorded' }
}
