import { type Alpha, type Rao, rao } from '../units/amounts.ts'

/** What a hotkey has bound from an earlier place there. It outlives the place. */
export interface StandingBond {
  readonly alpha: Alpha
  /** What it counts for when the same hotkey registers again: at the slow price of the subnet, not at that of now. */
  readonly worth: Rao
}

/**
 * What a subnet binds of the price of a place. It is a part of the price, not more than it: the chain swaps that part into alpha on the
 * hotkey, and frees it with what the hotkey earns. Nothing else frees it but the end of the subnet.
 * @source subtensor `subnets/collateral.rs`, from spec 435 on
 */
export interface Collateral {
  /** Of the price, in 65,535ths. 0: nothing is bound. */
  readonly share: number
  /** Alpha that is freed for each alpha that the hotkey earns, parts per million. `undefined`: the chain does not say. */
  readonly freesPpm?: number | undefined
  /** `undefined`: no hotkey was asked for, or the chain does not say. */
  readonly stands?: StandingBond | undefined
}

/** All of the price; the chain lets an owner choose 95 % at the most. */
export const WHOLE_SHARE = 65_535n

/** The part of a price that has to be bound. @returns rao, cut twice, as the chain does: the share is a number with 64 bits after the point */
export const boundOf = (price: Rao, { share }: Collateral): Rao =>
  rao((price * ((BigInt(share) << 64n) / WHOLE_SHARE)) >> 64n)

/** What a place takes at a price, rao. */
export interface Charge {
  /** Gone for good. */
  readonly spent: Rao
  /** Bought as alpha and bound; what stands from before is taken off. */
  readonly bound: Rao
  /** Both. */
  readonly pays: Rao
}

/** As the chain does it at this price, this share and this standing bond. None of the three is promised until a block. */
export function chargeAt(price: Rao, collateral: Collateral): Charge {
  const required = boundOf(price, collateral)
  const credit = collateral.stands?.worth ?? 0n
  const bound = rao(required > credit ? required - credit : 0n)
  const spent = rao(price - required)
  return { spent, bound, pays: rao(spent + bound) }
}
