import type { Head } from '../../../../shared/network/network.ts'

const ENOUGH = 8
const KEPT = 32

/** Time between blocks: what the runtime promises, until the heads seen tell clearly otherwise (fast local chains). */
export class BlockTime {
  #promised: number | undefined
  #heads: Head[] = []

  promise(ms: number | undefined): void {
    this.#promised = ms
  }

  saw(head: Head): void {
    const last = this.#heads.at(-1)
    // A head that is no successor (reconnect, other branch) makes the time between two heads meaningless.
    if (last && head.number !== last.number + 1) this.#heads = []
    this.#heads.push(head)
    if (this.#heads.length > KEPT) this.#heads.shift()
  }

  ms(): number | undefined {
    const first = this.#heads[0]
    const last = this.#heads.at(-1)
    if (!first || !last || this.#heads.length < ENOUGH) return this.#promised
    const measured = Math.round((last.seenAtMs - first.seenAtMs) / (last.number - first.number))
    if (this.#promised !== undefined && Math.abs(measured - this.#promised) < this.#promised / 5) return this.#promised
    return measured
  }
}
