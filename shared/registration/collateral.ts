import { type Rao, rao } from '../units/amounts.ts'

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
}

/** All of the price; the chain lets an owner choose 95 % at the most. */
export const WHOLE_SHARE = 65_535n

/** The part of a price that is bound. @returns rao, cut, as the chain does */
export const boundOf = (price: Rao, { share }: Collateral): Rao => rao((price * BigInt(share)) / WHOLE_SHARE)
