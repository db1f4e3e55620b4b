import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { LimitOrder } from '../../shared/signing/limit-order.ts'
import type { OrderStatus } from '../../shared/staking/holding-refusal.ts'

/** How far an order is. */
export interface OrderProgress {
  /** blake2-256 of the order in SCALE: the chain's name for it. */
  readonly orderId: string
  readonly status: OrderStatus
  /** Of its amount, carried out so far in parts. */
  readonly filled?: bigint | undefined
}

/** The chain seen by somebody who signs limit orders. */
export interface OrdersPort {
  /** One request. @errors chain/unsupported */
  orderProgress(orders: readonly LimitOrder[]): Promise<Result<readonly OrderProgress[], AppError>>
}
