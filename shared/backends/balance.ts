/** Somebody who computes, and how much he has to do. */
export interface Candidate {
  /** Requests that he computes at the same time, 1 or more. */
  readonly places: number
  /** Requests whose answer has begun. */
  readonly running: number
  /** Requests that he was given and has not begun to answer. */
  readonly waiting: number
}

/**
 * Who gets the next request: whoever has the shortest queue for his places once it stands there. Of equals, the one with more
 * places; then the one that is named first.
 * @returns `undefined` where there is nobody
 */
export function leastLoaded<C extends Candidate>(candidates: readonly C[]): C | undefined {
  return candidates.reduce<C | undefined>(
    (best, one) => (best === undefined || isLess(one, best) ? one : best),
    undefined,
  )
}

/** Queue over places, with the request that is to come; compared crosswise, so that nothing is rounded. */
function isLess(one: Candidate, other: Candidate): boolean {
  const mine = (one.running + one.waiting + 1) * other.places
  const theirs = (other.running + other.waiting + 1) * one.places
  return mine === theirs ? one.places > other.places : mine < theirs
}
