import { MAX_AGE_MS, MAX_AHEAD_MS } from '../../../shared/mining/btauth.ts'

/** A nonce is fresh for this long at most; entries are kept longer than that. */
const KEEP_MS = MAX_AGE_MS + MAX_AHEAD_MS + 1_000
/** Entries of one period. At 100 bytes each this bounds the store to some 40 MB. */
const MOST = 200_000

/**
 * Nonces that were used with a good signature. Two periods are kept: an entry lives between one and two of them, so it is
 * never forgotten while its nonce is fresh. Memory only: after a restart the floor of `isFresh` takes its place.
 */
export class ReplayStore {
  #current = new Set<string>()
  #previous = new Set<string>()
  #since: number

  constructor(nowMs: number) {
    this.#since = nowMs
  }

  /** @returns 'new' and remembers it; 'seen'; or 'full', when the request must be refused for lack of room. */
  use(sender: string, nonceNs: bigint, nowMs: number): 'new' | 'seen' | 'full' {
    this.#turn(nowMs)
    const entry = `${sender}${nonceNs}`
    if (this.#current.has(entry) || this.#previous.has(entry)) return 'seen'
    if (this.#current.size >= MOST) return 'full'
    this.#current.add(entry)
    return 'new'
  }

  #turn(nowMs: number): void {
    const passed = nowMs - this.#since
    if (passed < KEEP_MS) return
    this.#previous = passed < 2 * KEEP_MS ? this.#current : new Set()
    this.#current = new Set()
    this.#since = nowMs
  }
}
