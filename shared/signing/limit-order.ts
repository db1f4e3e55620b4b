import type { Netuid, RaoPerAlpha, Ss58 } from '../units/amounts.ts'

/** The chain's names and numbers. @source subtensor `pallets/limit-orders/src/lib.rs` `OrderType` */
export const ORDER_TYPES = {
  /** Buys when the price is at or below the limit. */
  LimitBuy: 0,
  /** Sells when the price is at or above the limit. */
  TakeProfit: 1,
  /** Sells when the price is at or below the limit. */
  StopLoss: 2,
} as const
export type OrderType = keyof typeof ORDER_TYPES

/** Parts per billion: the chain's `Perbill`. */
export const BILLION = 1_000_000_000
/** @source subtensor `Order.relayer`: `BoundedVec<AccountId, ConstU32<10>>` */
export const MOST_RELAYERS = 10

/**
 * What a coldkey lets a relayer do in its name, once, before a moment. The chain knows it by the hash of these fields, in
 * this order, in SCALE.
 * @source subtensor `pallets/limit-orders/src/lib.rs` `VersionedOrder::V1(Order)`
 */
export interface LimitOrder {
  readonly signer: Ss58
  readonly hotkey: Ss58
  readonly netuid: Netuid
  readonly type: OrderType
  /** Rao to spend for a purchase, alpha to sell otherwise. */
  readonly amount: bigint
  /** Where the price has to be, rao per alpha. */
  readonly limitPrice: RaoPerAlpha
  /** Unix time in ms after which nobody can carry it out. */
  readonly expiryMs: number
  /** What the relayer's side keeps of the TAO of the trade. 0 to {@link BILLION}. */
  readonly feePpb: number
  readonly feeTo: Ss58
  /** Who may carry it out; absent: anybody. */
  readonly relayers?: readonly Ss58[]
  /** How far beyond the limit the trade itself may go; absent: any price once the limit is met. */
  readonly maxSlippagePpb?: number
  /** The chain's Ethereum number: 964 mainnet, 945 test network, 42 development chains. */
  readonly chainId: number
  readonly partialFills: boolean
}

/** TAO that an order can spend at most, rao; 0 for a sale. */
export const spentByOrder = ({ type, amount }: LimitOrder): bigint => (type === 'LimitBuy' ? amount : 0n)
