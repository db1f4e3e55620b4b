import type { AppError } from '../../../../shared/errors.ts'
import type { ClockPort, LogPort } from '../../../system/system.port.ts'
import { errorOf } from '../failure.ts'
import type { Endpoint, Endpoints } from './endpoints.ts'
import { JsonRpc } from './json-rpc.ts'
import { Traffic } from './traffic.ts'

/** Rare: it costs the other endpoint two requests, and two that agree are not likely to part within minutes. */
const EVERY_MS = 10 * 60_000
const FIRST_AFTER_MS = 20_000
/** While they disagree. */
const AGAIN_AFTER_MS = 30_000
/** The other endpoint is the way out when this one fails: some of its allowance must be left for that. */
const LEAVE_TOKENS = 6

export interface CrossCheckDeps {
  readonly clock: ClockPort
  readonly log: LogPort
  readonly endpoints: Endpoints
  /** For tests: between two looks, ms. */
  readonly everyMs?: number | undefined
  /** What the endpoint in use says; `undefined` while it says nothing. */
  now(): Said | undefined
  /** All endpoints of the chain. */
  addresses(): readonly string[]
  onChange(): void
}
export interface Said {
  readonly endpoint: string
  readonly genesis: string
  /** A final block. */
  readonly block: number
  readonly hash: string
}

/** Asks a second endpoint now and then whether it has the same final block at the same height. */
export class CrossCheck {
  readonly #deps: CrossCheckDeps
  #trouble: AppError | undefined
  #stop: () => void = () => undefined
  #over = false

  constructor(deps: CrossCheckDeps) {
    this.#deps = deps
  }

  get trouble(): AppError | undefined {
    return this.#trouble
  }

  start(): void {
    this.#next(this.#deps.everyMs ?? FIRST_AFTER_MS)
  }
  stop(): void {
    this.#over = true
    this.#stop()
  }

  #next(afterMs: number): void {
    if (this.#over) return
    this.#stop = this.#deps.clock.after(afterMs, () => {
      this.#look()
        .catch((cause: unknown) =>
          // Silence is no disagreement: it is asked again later.
          this.#deps.log.log('info', 'chain.cross-check-missed', { code: errorOf(cause).code }),
        )
        .finally(() => {
          const { everyMs } = this.#deps
          this.#next(everyMs ?? (this.#trouble ? AGAIN_AFTER_MS : EVERY_MS))
        })
    })
  }

  async #look(): Promise<void> {
    const { now, addresses, endpoints } = this.#deps
    const said = now()
    if (!said) return
    const others = endpoints.ranked(addresses().filter((address) => address !== said.endpoint))
    const other = others.find(({ budget }) => (budget.left() ?? LEAVE_TOKENS) >= LEAVE_TOKENS)
    if (!other) return
    const hash = await this.#hashAt(other, said)
    if (typeof hash !== 'string' || this.#over) return
    const agree = hash.toLowerCase() === said.hash.toLowerCase()
    this.#tell(
      agree
        ? undefined
        : { code: 'chain/sources-disagree', block: said.block, endpoint: said.endpoint, other: other.address },
    )
  }

  /** `undefined` where it is of another chain, or does not have that block yet. */
  async #hashAt(other: Endpoint, { genesis, block }: Said): Promise<unknown> {
    const { clock } = this.#deps
    const rpc = await JsonRpc.open(other, { clock, traffic: new Traffic(clock) })
    try {
      const [first, hash] = await Promise.all([
        rpc.request('chain_getBlockHash', [0], 'background'),
        rpc.request('chain_getBlockHash', [block], 'background'),
      ])
      return typeof first === 'string' && first.toLowerCase() === genesis.toLowerCase() ? hash : undefined
    } finally {
      rpc.close()
    }
  }

  #tell(trouble: AppError | undefined): void {
    const changed = this.#trouble?.code !== trouble?.code
    this.#trouble = trouble
    if (!changed) return
    if (trouble) this.#deps.log.log('error', 'chain.sources-disagree', {})
    this.#deps.onChange()
  }
}
