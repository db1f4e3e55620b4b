import { type Rao, rao } from '../../../../shared/units/amounts.ts'
import type { StakeAt } from '../../chain.port.ts'
import type { View } from '../view.ts'
import { ROOT } from './prices.ts'
import { simulateSale } from './simulate.ts'

/** Each simulation is a request of its own: so many with one reading of a portfolio, largest positions first. */
const AT_ONCE = 4
/** After so many blocks the simulation of a position is made again; until then it stands with the block it was made at. */
const GOOD_FOR_BLOCKS = 30

/** What the chain said of a sale, and at which block. */
export interface Simulated {
  readonly block: number
  readonly taoOut: Rao | undefined
}

/**
 * What the sale of each position would bring, from the chain's own simulation. A portfolio of a hundred positions is not
 * a hundred requests: a few are simulated at each reading, the others stay unknown until it is their turn.
 */
export class Sales {
  readonly #known = new Map<string, Simulated>()

  /** @returns in the order of `stakes`; `undefined` where it is not known, or the pool cannot take it */
  async of(view: View, stakes: readonly StakeAt[]): Promise<readonly (Simulated | undefined)[]> {
    const due = [...stakes]
      .filter((stake) => stake.netuid !== ROOT && !this.#isGood(stake, view.block))
      .sort((a, b) => this.#age(b, view.block) - this.#age(a, view.block) || (a.alpha < b.alpha ? 1 : -1))
      .slice(0, AT_ONCE)
    await Promise.all(
      due.map(async (stake) => {
        const { taoOut } = await simulateSale(view, stake.netuid, stake.alpha)
        this.#known.set(keyOf(stake), { block: view.block, taoOut: taoOut > 0n ? taoOut : undefined })
      }),
    )
    this.#forget(stakes)
    return stakes.map((stake) =>
      stake.netuid === ROOT ? { block: view.block, taoOut: rao(stake.alpha) } : this.#known.get(keyOf(stake)),
    )
  }

  #isGood(stake: StakeAt, block: number): boolean {
    return this.#age(stake, block) < GOOD_FOR_BLOCKS
  }
  /** Blocks since it was simulated; never: infinite. */
  #age(stake: StakeAt, block: number): number {
    const known = this.#known.get(keyOf(stake))
    return known ? Math.abs(block - known.block) : Number.MAX_SAFE_INTEGER
  }

  #forget(stakes: readonly StakeAt[]): void {
    const held = new Set(stakes.map(keyOf))
    if (this.#known.size > 4 * held.size + 100)
      for (const key of this.#known.keys()) if (!held.has(key)) this.#known.delete(key)
  }
}

/** With the amount: another amount is another sale. */
const keyOf = ({ netuid, hotkey, alpha }: StakeAt): string => `${netuid} ${hotkey} ${alpha}`
