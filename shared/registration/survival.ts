/** Blocks that a place is expected to be kept. `mostBlocks` is absent where nothing bounds it. */
export interface Survival {
  readonly leastBlocks: number
  readonly expectedBlocks: number
  readonly mostBlocks?: number | undefined
  /** What the figure rests on, for a sentence. */
  readonly because: 'immune-then-queue' | 'queue' | 'free-places' | 'no-registrations'
}

export interface SurvivalFacts {
  /** Blocks of immunity left. */
  readonly immuneBlocks: number
  /** Places that nobody holds: they are given out before anybody is replaced. */
  readonly freePlaces: number
  /** Place in the queue of those that may be replaced, from the bottom, once immunity is over; 1 = next. */
  readonly fromBottom: number
  /** Registrations that were seen, and the blocks in which they were. */
  readonly registrations: number
  readonly blocks: number
}

/** A wide but not a certain range: two standard deviations to either side. */
const SIGMAS = 2
const FEWEST_BLOCKS = 300

/**
 * How long a place may be kept, were registrations to come as they came, each taking the lowest place: who stands n-th from the
 * bottom goes with the n-th registration. Its waiting time has the mean n ÷ rate and the deviation √n ÷ rate; the rate itself is known to
 * about the root of what was counted. Both are added.
 *
 * Free places are given out while immunity lasts, so the two do not add up: it is kept until the free places and the n below it
 * are gone, and until n registrations came after its immunity, whichever is later.
 *
 * Newcomers join the bottom when their immunity ends and go first then, so a place whose emission holds lasts longer than this; one
 * whose emission falls does not.
 *
 * @returns `undefined`: nothing was seen long enough to say anything (less than an hour of 12 s blocks)
 */
export function survivalOf(facts: SurvivalFacts): Survival | undefined {
  const { immuneBlocks, freePlaces, fromBottom, registrations, blocks } = facts
  if (blocks < FEWEST_BLOCKS) return undefined
  const later = (waitFor: (turn: number) => number): number =>
    Math.max(waitFor(freePlaces + fromBottom), immuneBlocks + waitFor(fromBottom))
  // None seen: by the rule of three there are fewer than 3 in such a time, with 95 % confidence.
  if (registrations === 0) {
    const least = later((turn) => (turn * blocks) / 3)
    return { leastBlocks: least, expectedBlocks: least, mostBlocks: undefined, because: 'no-registrations' }
  }
  const rate = registrations / blocks
  const relative = (turn: number): number => SIGMAS * (1 / Math.sqrt(turn) + 1 / Math.sqrt(registrations))
  const because = freePlaces > 0 ? 'free-places' : immuneBlocks > 0 ? 'immune-then-queue' : 'queue'
  return {
    leastBlocks: later((turn) => (turn / rate) * Math.max(0, 1 - relative(turn))),
    expectedBlocks: later((turn) => turn / rate),
    mostBlocks: later((turn) => (turn / rate) * (1 + relative(turn))),
    because,
  }
}

/**
 * Where a newcomer with this emission would stand, had it been there at the last epoch.
 * @param emissions 1e-9 alpha of all that may be replaced, in any order
 * @returns 1 = the next to go
 */
export const rankFromBottom = (emissions: readonly bigint[], emission: bigint): number =>
  emissions.filter((other) => other < emission).length + 1
