import { type Alpha, isRao, type Netuid, type Rao, type RaoPerAlpha, type Ss58 } from '../units/amounts.ts'
import type { NotFinal } from './not-final.ts'

/** What one coldkey holds with one hotkey on one subnet. */
export interface Position {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly alpha: Alpha
  /** What may be unstaked now: locks and collateral are already taken off. */
  readonly available: Alpha
  readonly price?: RaoPerAlpha | undefined
  /** `alpha` at spot price: a mark, not what a sale brings. */
  readonly valueAtSpot?: Rao | undefined
  /** What the chain's own simulation pays for all of it now, before the network fee. */
  readonly ifSold?: Rao | undefined
  /** Block at which that sale was simulated: up to some tens of blocks before the portfolio's. */
  readonly ifSoldBlock?: number | undefined
  /** False: the hotkey has no place on this subnet, so the stake earns nothing. */
  readonly registered: boolean
}

export interface Portfolio {
  readonly coldkey: Ss58
  readonly block: number
  readonly free: Rao
  readonly positions: readonly Position[]
  /** Free and all positions at spot; `undefined` as soon as one price is unknown. */
  readonly totalAtSpot?: Rao | undefined
  readonly totalIfSold?: Rao | undefined
  /** Set while the last final block says something else of what is held. */
  readonly notFinal?: NotFinal | undefined
}

/**
 * Free TAO and all parts together, exactly: to the rao the sum of what the rows show.
 * @returns rao; `undefined` as soon as one part is unknown, or where the sum is more than the chain can count
 */
export function sumOf(free: Rao, parts: readonly (Rao | undefined)[]): Rao | undefined {
  let sum: bigint = free
  for (const part of parts) {
    if (part === undefined) return undefined
    sum += part
  }
  return isRao(sum) ? sum : undefined
}
