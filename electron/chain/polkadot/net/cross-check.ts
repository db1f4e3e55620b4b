import type { AppError } from '../../../../shared/errors.ts'
import type { HeadSeen } from '../../../../shared/network/network.ts'
import type { LogPort } from '../../../system/system.port.ts'
import { errorOf } from '../failure.ts'
import { readHeader } from './header.ts'
import type { JsonRpc } from './json-rpc.ts'
import { askOther, type OtherDeps, type Said } from './other-endpoint.ts'

/** Rare: it costs the other endpoint three requests, and two that agree are not likely to part within minutes. */
const EVERY_MS = 10 * 60_000
const FIRST_AFTER_MS = 20_000
/** While they disagree, or while the one in use is behind. */
const AGAIN_AFTER_MS = 30_000

export interface CrossCheckDeps extends OtherDeps {
  readonly log: LogPort
  /** For tests: between two looks, ms. */
  readonly everyMs?: number | undefined
  /** How old a block of that number is now, by what the endpoint in use shows. */
  headOf(number: number): HeadSeen
  /** The endpoint in use shows old blocks: whether another is fresher is wanted soon. */
  isBehind(): boolean
  /** Another endpoint was looked at. */
  onHead(head: HeadSeen): void
  onChange(): void
}

/**
 * Asks the endpoints that wait, one after the other, now and then: whether they have the same final block at the same
 * height, and how fresh their newest block is.
 */
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
  /** Looks at once. */
  soon(): void {
    this.#next(0)
  }
  stop(): void {
    this.#over = true
    this.#stop()
  }

  #next(afterMs: number): void {
    this.#stop()
    if (this.#over) return
    this.#stop = this.#deps.clock.after(afterMs, () => {
      this.#look()
        .catch((cause: unknown) =>
          // Silence is no disagreement: it is asked again later.
          this.#deps.log.log('info', 'chain.cross-check-missed', { code: errorOf(cause).code }),
        )
        .finally(() => this.#next(this.#deps.everyMs ?? this.#pauseMs()))
    })
  }

  /** Each of those that wait is asked once in ten minutes, the first time soon. */
  #pauseMs(): number {
    const { endpoints, addresses, now, isBehind } = this.#deps
    if (this.#trouble || isBehind()) return AGAIN_AFTER_MS
    const waiting = addresses().filter((address) => address !== now()?.endpoint)
    if (waiting.some((address) => endpoints.of(address).askedAtMs === 0)) return FIRST_AFTER_MS
    return EVERY_MS / Math.max(1, waiting.length)
  }

  async #look(): Promise<void> {
    const ask = (rpc: JsonRpc, { block }: Said) =>
      Promise.all([
        rpc.request('chain_getBlockHash', [block], 'background'),
        rpc.request('chain_getHeader', [], 'background'),
      ])
    const found = await askOther(this.#deps, ask, 'in-turn')
    // Nobody to ask, or it is of another chain.
    if (!found || this.#over) return
    const { said, other } = found
    const [hash, newest] = found.answer
    // No hash: it does not have that block yet.
    if (typeof hash === 'string') {
      const agree = hash.toLowerCase() === said.hash.toLowerCase()
      this.#tell(
        agree ? undefined : { code: 'chain/sources-disagree', block: said.block, endpoint: said.endpoint, other },
      )
    }
    const head = this.#deps.headOf(readHeader(newest).number)
    this.#deps.endpoints.of(other).head = head
    this.#deps.onHead(head)
  }

  #tell(trouble: AppError | undefined): void {
    const changed = this.#trouble?.code !== trouble?.code
    this.#trouble = trouble
    if (!changed) return
    if (trouble) this.#deps.log.log('error', 'chain.sources-disagree', {})
    this.#deps.onChange()
  }
}
