import type { LimitOrder } from '../../shared/signing/limit-order.ts'

/** An order with the signature that lets a relayer carry it out. */
export interface SignedOrder {
  /** blake2-256 of the order in SCALE. */
  readonly orderId: string
  readonly order: LimitOrder
  readonly signature: string
  readonly signedAtMs: number
}

/** Part of the storage: orders that were signed here. Each method is one transaction. */
export interface OrderStorage {
  /** Newest first. */
  signedOrders(genesis: string): readonly SignedOrder[]
  putSignedOrder(genesis: string, order: SignedOrder): void
}
