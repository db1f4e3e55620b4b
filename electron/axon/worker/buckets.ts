/** A token bucket: bursts up to its size, then a steady rate. */
interface Bucket {
  tokens: number
  atMs: number
}

/** Most names remembered at once; beyond, the longest unused is forgotten. */
const MOST = 10_000

/** Rates per name. Bounded in memory whatever names are sent. */
export class Buckets {
  readonly #size: number
  readonly #perMs: number
  readonly #held = new Map<string, Bucket>()

  /** @param size tokens of a full bucket @param perSecond tokens that come back each second */
  constructor(size: number, perSecond: number) {
    this.#size = size
    this.#perMs = perSecond / 1_000
  }

  /** Takes one token. @returns false when there is none: refuse. */
  take(name: string, nowMs: number): boolean {
    const bucket = this.#filled(name, nowMs)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  /** Takes more for something costly, without asking; the bucket may go below zero. */
  charge(name: string, tokens: number, nowMs: number): void {
    this.#filled(name, nowMs).tokens -= tokens
  }

  #filled(name: string, nowMs: number): Bucket {
    const old = this.#held.get(name)
    // A clock that was set back must neither fill nor empty a bucket.
    const passed = old ? Math.max(0, nowMs - old.atMs) : 0
    const tokens = old ? Math.min(this.#size, old.tokens + passed * this.#perMs) : this.#size
    const bucket = { tokens, atMs: nowMs }
    // Re-inserting keeps the map in order of use.
    this.#held.delete(name)
    this.#held.set(name, bucket)
    if (this.#held.size > MOST) this.#forgetOldest()
    return bucket
  }

  #forgetOldest(): void {
    const [oldest] = this.#held.keys()
    if (oldest !== undefined) this.#held.delete(oldest)
  }
}

/** What counts as one sender: an IPv4 address, or a /64 of IPv6, which a single customer usually owns. */
export function senderOf(address: string | undefined): string {
  if (address === undefined) return 'unknown'
  if (address.startsWith('::ffff:') && address.includes('.')) return address.slice(7)
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const gap = address.includes('::') ? Math.max(0, 8 - front.length - back.length) : 0
  return [...front, ...Array<string>(gap).fill('0'), ...back].slice(0, 4).join(':')
}
