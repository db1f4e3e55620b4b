import { parseIp } from '../../shared/mining/ip-address.ts'

const MINUTE_MS = 60_000
/** Knocks for one address (IPv6: one /64) in a minute: a person checks, mends the router, and checks again. */
const PER_ADDRESS = 4
/** Knocks for everybody in a minute. */
const PER_MINUTE = 30
/** Lines that are open at once; one that proves nothing is closed within seconds. */
const OPEN = 16
/** Wrong proofs of one address in a minute, after which it is not listened to for that long. */
const WRONG = 5
/** Addresses remembered at once; beyond it the oldest are forgotten, and the limit for everybody still holds. */
const REMEMBERED = 10_000

/** @returns the IPv4 address, or the /64 that one IPv6 customer has */
function lineOf(address: string): string {
  const ip = parseIp(address)
  return ip?.version === 6 ? `6:${ip.value >> 64n}` : address
}

class Counts {
  readonly #times = new Map<string, number[]>()
  recent(line: string, nowMs: number): number {
    return (this.#times.get(line) ?? []).filter((at) => nowMs - at < MINUTE_MS).length
  }
  add(line: string, nowMs: number): void {
    const kept = (this.#times.get(line) ?? []).filter((at) => nowMs - at < MINUTE_MS)
    this.#times.delete(line)
    this.#times.set(line, [...kept, nowMs])
    const [oldest] = this.#times.keys()
    if (this.#times.size > REMEMBERED && oldest !== undefined) this.#times.delete(oldest)
  }
}

const EVERYBODY = 'everybody'

/** How much a helper does for whom. */
export class ProbeLimits {
  readonly #nowMs: () => number
  readonly #knocks = new Counts()
  readonly #wrong = new Counts()
  #open = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** @returns whether a new line may stay open; then `left` has to be told of its end */
  entered(address: string): boolean {
    if (this.#open >= OPEN || this.#wrong.recent(lineOf(address), this.#nowMs()) >= WRONG) return false
    this.#open += 1
    return true
  }
  left(): void {
    this.#open -= 1
  }
  wrongProof(address: string): void {
    this.#wrong.add(lineOf(address), this.#nowMs())
  }
  /** Counts a knock, if there may be one more. */
  mayKnock(address: string): boolean {
    const now = this.#nowMs()
    const line = lineOf(address)
    if (this.#knocks.recent(line, now) >= PER_ADDRESS || this.#knocks.recent(EVERYBODY, now) >= PER_MINUTE) return false
    this.#knocks.add(line, now)
    this.#knocks.add(EVERYBODY, now)
    return true
  }
}
