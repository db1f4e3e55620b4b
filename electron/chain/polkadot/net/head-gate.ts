import { USUAL_BLOCK_MS } from '../../../../shared/network/block-time.ts'
import type { ClockPort } from '../../../system/system.port.ts'
import { ChainFailure } from '../failure.ts'
import type { Header } from './header.ts'
import type { JsonRpc } from './json-rpc.ts'

/** Nodes hear of a block at different times: so long one that comes next may lack it. At least, and in blocks. */
const AT_LEAST_MS = 1_500
const BLOCKS = 2

export interface Least {
  /** Number of the newest block that was seen; absent: any head will do. */
  readonly number: number | undefined
  readonly blockMs: number | undefined
  /** Age of a block of that number, ms. */
  ageMs(number: number): number
}

/** Keeps out a node whose newest block is older than what was seen already: of its heads none counts until one is as new. */
export class HeadGate {
  readonly #least: Least
  readonly #open = Promise.withResolvers<void>()
  #isOpen: boolean
  #newest = 0

  constructor(least: Least) {
    this.#least = least
    this.#isOpen = least.number === undefined
  }

  /** @returns whether this head counts */
  takes({ number }: Header): boolean {
    this.#newest = number
    if (!this.#isOpen && number >= (this.#least.number ?? 0)) {
      this.#isOpen = true
      this.#open.resolve()
    }
    return this.#isOpen
  }

  /** @errors chain/head-too-old when nothing as new came within two blocks, or before the socket closed */
  async passed(rpc: JsonRpc, clock: ClockPort): Promise<void> {
    if (this.#isOpen) return
    const giveUp = () => {
      const ageMs = this.#least.ageMs(this.#newest)
      this.#open.reject(new ChainFailure({ code: 'chain/head-too-old', endpoint: rpc.endpoint, ageMs }))
    }
    const stop = clock.after(Math.max(AT_LEAST_MS, BLOCKS * (this.#least.blockMs ?? USUAL_BLOCK_MS)), giveUp)
    rpc.onClosed(giveUp)
    await this.#open.promise.finally(stop)
  }
}
