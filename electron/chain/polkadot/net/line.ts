import type { ClockPort, LogPort } from '../../../system/system.port.ts'
import { errorOf, fail } from '../failure.ts'
import type { Endpoint, Endpoints } from './endpoints.ts'
import { JsonRpc } from './json-rpc.ts'
import type { Traffic } from './traffic.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000

export interface LineDeps {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly traffic: Traffic
  readonly endpoints: Endpoints
  readonly answerMs?: number | undefined
  /** Everything that must be known before a socket counts as open. Throws what is wrong with the node. */
  readonly greet: (rpc: JsonRpc) => Promise<void>
  readonly onUp: () => void
  readonly onDown: () => void
  /** No endpoint leads to the chain that is meant. */
  readonly onLost: (cause: unknown) => void
}

/** One open socket to one of several endpoints of the same chain; opened again, there or elsewhere, when it breaks. */
export class Line {
  readonly #deps: LineDeps
  /** Those that turned out to be of another chain are taken out. */
  #addresses: readonly string[]
  #rpc: JsonRpc | undefined
  #address: string
  #up = false
  #closed = false
  #stopPause: () => void = () => undefined

  /** @param addresses at least one, in the order of preference */
  constructor(addresses: readonly string[], deps: LineDeps) {
    this.#addresses = addresses
    this.#address = addresses[0] ?? ''
    this.#deps = deps
  }

  /** The endpoint in use, or tried last. */
  get address(): string {
    return this.#address
  }
  get addresses(): readonly string[] {
    return this.#addresses
  }
  get rpc(): JsonRpc | undefined {
    return this.#closed ? undefined : this.#rpc
  }
  get up(): boolean {
    return this.#up
  }

  /** The first connection. @errors those of the last endpoint tried, contract/cancelled */
  async open(signal: AbortSignal): Promise<void> {
    let last: unknown
    for (const endpoint of this.#addresses.map((address) => this.#deps.endpoints.of(address))) {
      try {
        return await this.#connect(endpoint, signal)
      } catch (cause) {
        last = cause
        // A wrong chain behind the first choice is told at once; only silence makes way for the next.
        if (this.#closed || signal.aborted || !isSilence(cause)) throw cause
      }
    }
    throw last
  }

  /** Leaves the socket for a new one: to another endpoint where there is one. */
  renew(why: string, avoid: boolean): void {
    if (this.#closed || !this.#rpc || !this.#up) return
    this.#deps.log.log('info', 'chain.line-renewed', { endpoint: this.#address, why })
    if (avoid) this.#deps.endpoints.avoid(this.#deps.endpoints.of(this.#address))
    this.#rpc.close()
  }

  close(): void {
    this.#closed = true
    this.#up = false
    this.#stopPause()
    this.#rpc?.close()
  }

  async #connect(endpoint: Endpoint, signal?: AbortSignal): Promise<void> {
    const { clock, traffic, answerMs, endpoints, greet } = this.#deps
    this.#address = endpoint.address
    try {
      const rpc = await JsonRpc.open(endpoint, { clock, traffic, answerMs }, signal)
      if (this.#closed || signal?.aborted) {
        rpc.close()
        return fail({ code: 'contract/cancelled' })
      }
      this.#rpc = rpc
      try {
        await greet(rpc)
      } catch (cause) {
        rpc.close()
        throw cause
      }
      this.#up = true
      rpc.onLimited(() => this.#addresses.length > 1 && this.renew('too many requests', true))
      rpc.onClosed(() => this.#lost(rpc))
      if (this.#up) this.#deps.onUp()
    } catch (cause) {
      if (errorOf(cause).code !== 'contract/cancelled') endpoints.avoid(endpoint)
      throw cause
    }
  }

  #lost(rpc: JsonRpc): void {
    if (this.#closed || this.#rpc !== rpc) return
    this.#up = false
    this.#deps.log.log('warn', 'chain.connection-lost', { endpoint: this.#address })
    this.#deps.onDown()
    // Another endpoint is asked at once; the same one gets a moment.
    const [next] = this.#deps.endpoints.ranked(this.#addresses)
    this.#tryAgain(next && next.address !== this.#address ? 0 : FIRST_PAUSE_MS, FIRST_PAUSE_MS)
  }

  #tryAgain(pauseMs: number, nextPauseMs: number): void {
    this.#stopPause = this.#deps.clock.after(pauseMs, () => {
      const [best] = this.#deps.endpoints.ranked(this.#addresses)
      if (!best || this.#closed) return
      this.#connect(best).catch((cause: unknown) => {
        if (this.#closed) return
        if (errorOf(cause).code === 'chain/wrong-genesis') {
          this.#deps.log.log('warn', 'chain.endpoint-of-another-chain', { endpoint: best.address })
          this.#addresses = this.#addresses.filter((address) => address !== best.address)
          if (this.#addresses.length === 0) return this.#deps.onLost(cause)
        }
        const others = this.#deps.endpoints.ranked(this.#addresses)
        const fresh = others.some(({ avoidUntilMs }) => avoidUntilMs <= this.#deps.clock.nowMs())
        this.#tryAgain(fresh ? 0 : nextPauseMs, Math.min(nextPauseMs * 2, LONGEST_PAUSE_MS))
      })
    })
  }
}

/** It did not answer, or would not: another endpoint may. */
const isSilence = (cause: unknown): boolean =>
  ['chain/unreachable', 'chain/rate-limited', 'chain/over-budget'].includes(errorOf(cause).code)
