import type { Alpha, Netuid, Rao, RaoPerAlpha, Ss58 } from '../units/amounts.ts'
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
