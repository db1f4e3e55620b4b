const MOST_ISSUANCE = 21_000_000_000_000_000n
const WHOLE = 1_000_000_000n
const U16 = 65_535n

/**
 * What one block issues of a token of which `issuance` exists: 1 whole token, halved at half of the supply, again at
 * three quarters, and so on. TAO and every alpha follow the same curve.
 *
 * @param issuance  smallest units; the supply ends at 21 million whole tokens
 * @returns smallest units per block
 * @source subtensor `coinbase/block_emission.rs`
 */
export function blockEmission(issuance: bigint): bigint {
  let emission = WHOLE
  for (let left = MOST_ISSUANCE - issuance; left * 2n <= MOST_ISSUANCE; left *= 2n) {
    if (left <= 0n) return 0n
    emission /= 2n
    if (emission === 0n) return 0n
  }
  return emission
}

/** What one block adds to one subnet. */
export interface Injection {
  /** rao into the pool */
  readonly tao: bigint
  /** alpha into the pool */
  readonly alphaIn: bigint
  /** alpha for owner, miners and validators */
  readonly alphaOut: bigint
}

/**
 * @param share  rao of this block's TAO that fall to the subnet
 * @param price  rao per whole alpha
 * @param alphaEmission  alpha per block by {@link blockEmission}; no more than that goes into the pool
 * @returns TAO and alpha in the ratio of the price, so that the price stays
 */
export function injection(share: bigint, price: bigint, alphaEmission: bigint): Injection {
  if (price === 0n) return { tao: 0n, alphaIn: 0n, alphaOut: alphaEmission }
  const matching = (share * WHOLE) / price
  // More TAO than this block's alpha can match is not issued at all.
  if (matching > alphaEmission)
    return { tao: (alphaEmission * price) / WHOLE, alphaIn: alphaEmission, alphaOut: alphaEmission }
  return { tao: share, alphaIn: matching, alphaOut: alphaEmission }
}

/** Parts of one block's alpha, waiting for the next epoch. */
export interface Portions {
  readonly owner: bigint
  readonly miners: bigint
  readonly validators: bigint
  /** For those who stake on root; part of the validators' half. */
  readonly root: bigint
}

/**
 * Owner cut first (18 %); then half to miners, half to validators and stakers, of which root gets its proportion.
 * @param ownerCut  parts of 65,535
 * @param root  weighted TAO on root, and all alpha of the subnet, in the same unit
 */
export function portions(alpha: bigint, ownerCut: number, root: { weighted: bigint; alpha: bigint }): Portions {
  const owner = (alpha * BigInt(ownerCut)) / U16
  const miners = (alpha - owner) / 2n
  const rest = alpha - owner - miners
  const all = root.weighted + root.alpha
  const toRoot = all === 0n ? 0n : (rest * root.weighted) / all
  return { owner, miners, validators: rest - toRoot, root: toRoot }
}

/**
 * Moves the slow price towards the spot price; young subnets move slower still.
 * @param bits  I96F32 bits (2^32 = 1 TAO per alpha); prices above 1 count as 1
 * @param speed  `SubnetMovingAlpha` in the same form, and the subnet's age against its halving time, in blocks
 */
export function movedPrice(
  bits: bigint,
  spot: bigint,
  speed: { readonly alpha: bigint; readonly age: bigint; readonly halving: bigint },
): bigint {
  const one = 1n << 32n
  const capped = spot > WHOLE ? WHOLE : spot
  const alpha = (speed.alpha * speed.age) / (speed.age + speed.halving)
  return (((capped * one) / WHOLE) * alpha + bits * (one - alpha)) / one
}
