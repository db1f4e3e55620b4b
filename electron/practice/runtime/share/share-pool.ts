import {
  addFloat,
  isZero,
  NO_SHARES,
  partOf,
  type SafeFloat,
  safeFloat,
  scaleFloat,
  subtractFloat,
} from './safe-float.ts'

/**
 * One hotkey's alpha on one subnet, owned in shares. Dividends raise `alpha` and leave every share as it is; that is
 * how thousands of nominators are paid with one write.
 */
export interface SharePool {
  /** `TotalHotkeyAlpha`, smallest units */
  readonly alpha: bigint
  /** `TotalHotkeySharesV2` */
  readonly shares: SafeFloat
}

export interface Holding {
  readonly pool: SharePool
  /** One coldkey's `AlphaV2` */
  readonly share: SafeFloat
}

/** Alpha that a share stands for. */
export const worthOf = ({ pool, share }: Holding): bigint => partOf(pool.alpha, share, pool.shares)

/** Puts `alpha` into the pool in the name of one holder. */
export function deposit({ pool, share }: Holding, alpha: bigint): Holding {
  if (alpha === 0n) return { pool, share }
  const total = pool.alpha + alpha
  // The first holder gets one share per unit. Alpha without shares (dust of the last one who left) becomes theirs.
  if (isZero(pool.shares) || pool.alpha === 0n) {
    const shares = safeFloat(total)
    return { pool: { alpha: total, shares }, share: shares }
  }
  const bought = scaleFloat(pool.shares, alpha, pool.alpha)
  return { pool: { alpha: total, shares: addFloat(pool.shares, bought) }, share: addFloat(share, bought) }
}

/**
 * Takes `alpha` out. Taking all the value removes the whole share, so that no dust share remains.
 * @returns `undefined` when the holding is worth less than `alpha`.
 */
export function withdraw(holding: Holding, alpha: bigint): Holding | undefined {
  const { pool, share } = holding
  const worth = worthOf(holding)
  if (alpha > worth || alpha > pool.alpha) return undefined
  if (alpha === worth) {
    const shares = subtractFloat(pool.shares, share)
    return { pool: { alpha: pool.alpha - alpha, shares }, share: NO_SHARES }
  }
  const sold = scaleFloat(pool.shares, alpha, pool.alpha)
  return {
    pool: { alpha: pool.alpha - alpha, shares: subtractFloat(pool.shares, sold) },
    share: subtractFloat(share, sold),
  }
}

/** Dividends: everybody's part grows. Without any share there is nobody to pay, and the pool stays. */
export const credit = (pool: SharePool, alpha: bigint): SharePool =>
  isZero(pool.shares) ? pool : { ...pool, alpha: pool.alpha + alpha }
