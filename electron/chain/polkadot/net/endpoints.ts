import type { EndpointState, HeadSeen } from '../../../../shared/network/network.ts'
import type { ClockPort } from '../../../system/system.port.ts'
import { type Allowance, Budget, PUBLIC } from './budget.ts'

/** Requests per second by endpoint, as a person set them. 0 = no limit; absent = {@link usualAllowance}. */
export type ChosenAllowances = Readonly<Record<string, number>>

/** What is remembered of an endpoint for as long as the program runs: a new socket does not make it a new one. */
export interface Endpoint {
  readonly address: string
  readonly budget: Budget
  /** Whether it answers several requests in one frame; `undefined` until one was tried. */
  takesBatches: boolean | undefined
  /** When it failed last, and for how long it is then passed over; ms since 1970. */
  avoidUntilMs: number
  /** Time of its last answer, ms. */
  answerMs: number | undefined
  /** Its newest block when it was looked at last, while it waited. */
  head: HeadSeen | undefined
  /** When it was asked last beside the endpoint in use, answered or not; ms since 1970. */
  askedAtMs: number
}

/** An endpoint that failed is the last choice for so long. */
const AVOIDED_MS = 60_000

export class Endpoints {
  readonly #clock: ClockPort
  readonly #known = new Map<string, Endpoint>()
  #chosen: ChosenAllowances = {}

  constructor(clock: ClockPort) {
    this.#clock = clock
  }

  of(address: string): Endpoint {
    const known = this.#known.get(address)
    if (known) return known
    const budget = new Budget(this.#clock, this.#allowanceOf(address))
    const made: Endpoint = {
      address,
      budget,
      takesBatches: undefined,
      avoidUntilMs: 0,
      answerMs: undefined,
      head: undefined,
      askedAtMs: 0,
    }
    this.#known.set(address, made)
    return made
  }

  /** What a person set. Counts from the next request on. */
  choose(chosen: ChosenAllowances): void {
    this.#chosen = chosen
    for (const { address, budget } of this.#known.values()) budget.allow(this.#allowanceOf(address))
  }

  /** The healthiest first: not failed lately, then of a fresh head, then the quickest to answer, then as they were given. */
  ranked(addresses: readonly string[]): readonly Endpoint[] {
    const now = this.#clock.nowMs()
    const avoided = ({ avoidUntilMs }: Endpoint) => (avoidUntilMs > now ? avoidUntilMs : 0)
    return addresses
      .map((address) => this.of(address))
      .sort(
        (a, b) =>
          avoided(a) - avoided(b) ||
          rankOf(a.head) - rankOf(b.head) ||
          (a.answerMs ?? UNTRIED_MS) - (b.answerMs ?? UNTRIED_MS),
      )
  }

  states(addresses: readonly string[], current: string, head: HeadSeen): readonly EndpointState[] {
    return addresses.map((address): EndpointState => {
      const { budget, answerMs, avoidUntilMs, head: seen } = this.of(address)
      const { allowance } = budget
      return {
        endpoint: address,
        current: address === current,
        avoided: avoidUntilMs > this.#clock.nowMs(),
        budget: allowance && { ...allowance, left: budget.left() ?? 0 },
        answerMs,
        head: address === current ? head : seen,
      }
    })
  }

  avoid(endpoint: Endpoint): void {
    endpoint.avoidUntilMs = this.#clock.nowMs() + AVOIDED_MS
  }

  #allowanceOf(address: string): Allowance | undefined {
    const perSecond = this.#chosen[address]
    if (perSecond === undefined) return usualAllowance(address)
    return perSecond <= 0 ? undefined : { perSecond, burst: Math.max(PUBLIC.burst, Math.ceil(perSecond * 2)) }
  }
}

const rankOf = (head: HeadSeen | undefined): number => (head === undefined ? 1 : head.stale ? 2 : 0)

/** Nothing is known of its speed: after those that are quick, before those that are slow. */
const UNTRIED_MS = 1_000

/** A node on this computer is one's own; any other is taken for a public one. */
export const usualAllowance = (address: string): Allowance | undefined => (isLoopback(address) ? undefined : PUBLIC)

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
