/**
 * How alpha came to be held. `before`: it was there when recording began. `unrecorded`: more left than was seen to
 * come, so some came while nobody looked. Added to at the end only: kept books have the index.
 */
export const LOT_ORIGINS = ['bought', 'mined', 'staked', 'received', 'before', 'unrecorded'] as const
export type LotOrigin = (typeof LOT_ORIGINS)[number]

export interface Lot {
  /** 1e-9 alpha, above 0. */
  readonly alpha: bigint
  /** rao; `undefined`: unknown, and everything that is computed from it is unknown, too. */
  readonly cost: bigint | undefined
  /** When it was acquired: place in the ledger, and ms since 1970. A move does not change it. */
  readonly seq: number
  readonly atMs: number
  readonly origin: LotOrigin
}
