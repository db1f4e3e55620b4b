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
  /** Blocks of a whole immunity, and how many may be immune at a time before the chain replaces immune ones, too. Absent: not known. */
  readonly immunity?: { readonly blocks: number; readonly room: number } | undefined
}

/** A wide but not a certain range: two standard deviations to either side. */
const SIGMAS = 2
export const FEWEST_BLOCKS = 300

/**
 * How long a place may be kept, were registrations to come as they came, each taking the lowest place: who stands n-th from the
 * bottom goes with the n-th registration. Its waiting time has the mean n ÷ rate and the deviation √n ÷ rate; the rate itself is known to
 * about the root of what was counted. Both are added.
 *
 * Free places are given out, and those below it are replaced, while its immunity lasts, so these do not add up: it is kept until the
 * free places and the n below it are gone, and until the first registration after its immunity, whichever is later. At the most, those
 * below it are others again by the end of its immunity, and n more registrations have to come.
 *
 * Immunity protects only while there are others to replace: where so many register within one immunity that too few are outside of it,
 * the lowest of the immune goes, and a new place may go with the next registration.
 *
 * Newcomers join the bottom when their immunity ends and go first then, so a place whose emission holds lasts longer than this; one
 * whose emission falls does not.
 *
 * @returns `undefined`: nothing was seen long enough to say anything (less than an hour of 12 s blocks)
 */
export function survivalOf(facts: SurvivalFacts): Survival | undefined {
  const { immuneBlocks, freePlaces, fromBottom, registrations, blocks } = facts
  if (blocks < FEWEST_BLOCKS) return undefined
  /** @param crowd how many are immune at a time at this pace. @param below how many stand below it when its immunity ends, itself counted */
  const later = (waitFor: (turn: number) => number, crowd: number, below = 1): number => {
    const queued = waitFor(freePlaces + fromBottom)
    return facts.immunity && crowd >= facts.immunity.room ? queued : Math.max(queued, immuneBlocks + waitFor(below))
  }
  const immune = facts.immunity?.blocks ?? 0
  // None seen: by the rule of three there are fewer than 3 in such a time, with 95 % confidence.
  if (registrations === 0) {
    const least = later((turn) => (turn * blocks) / 3, (3 * immune) / blocks)
    return { leastBlocks: least, expectedBlocks: least, mostBlocks: undefined, because: 'no-registrations' }
  }
  const rate = registrations / blocks
  const relative = (turn: number): number => SIGMAS * (1 / Math.sqrt(turn) + 1 / Math.sqrt(registrations))
  const because = freePlaces > 0 ? 'free-places' : immuneBlocks > 0 ? 'immune-then-queue' : 'queue'
  const crowd = rate * immune
  const doubt = SIGMAS * (crowd / Math.sqrt(registrations) + Math.sqrt(crowd))
  return {
    leastBlocks: later((turn) => (turn / rate) * Math.max(0, 1 - relative(turn)), crowd + doubt),
    expectedBlocks: later((turn) => turn / rate, crowd),
    mostBlocks: later((turn) => (turn / rate) * (1 + relative(turn)), crowd - doubt, fromBottom),
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
