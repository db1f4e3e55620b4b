import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { LimitOrder } from '../../shared/signing/limit-order.ts'
import type { OrderStatus } from '../../shared/staking/holding-refusal.ts'
import type { OrderGround, OrderMarket } from '../../shared/staking/order-draft.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** How far an order is. */
export interface OrderProgress {
  /** blake2-256 of the order in SCALE: the chain's name for it. */
  readonly orderId: string
  readonly status: OrderStatus
  /** Of its amount, carried out so far in parts. */
  readonly filled?: bigint | undefined
}

/** An order as the chain reads it. */
export interface WrittenOrder {
  readonly orderId: string
  /** SCALE of `VersionedOrder::V1`, `0x` and hex: what is signed. */
  readonly bytes: string
}

/** The chain seen by somebody who signs limit orders. */
export interface OrdersPort {
  /** One request. What the runtime does not know is absent from the answer. */
  orderGround(): Promise<Result<OrderGround, AppError>>
  /** The ground, and the place where an order wants to trade. Four requests. @errors chain/unsupported */
  orderMarket(
    signer: Ss58,
    at: { readonly netuid: Netuid; readonly hotkey: Ss58 },
  ): Promise<Result<OrderMarket, AppError>>
  /** Asks nothing. @errors chain/unsupported */
  writeOrder(order: LimitOrder): Promise<Result<WrittenOrder, AppError>>
  /** One request. @errors chain/unsupported */
  orderProgress(orders: readonly LimitOrder[]): Promise<Result<readonly OrderProgress[], AppError>>
}
