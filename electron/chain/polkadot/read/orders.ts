import { blake2AsU8a } from '@polkadot/util-crypto'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import type { OrderProgress, WrittenOrder } from '../../orders.port.ts'
import { asBigint, asTagged } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { Stored } from '../runtime/storage-item.ts'
import { toHex } from '../scale/bytes.ts'
import { encodeIntent } from '../tx/intent-call.ts'
import type { View } from '../view.ts'

const NAME = 'LimitOrders.Orders'
/** Pallet and call in front of the one argument of `cancel_order`, which is the order. */
const CALL_BYTES = 2

function orderBytes(runtime: Runtime, order: LimitOrder): Uint8Array {
  runtime.need(FEATURES.limitOrders)
  return encodeIntent(runtime, { kind: 'cancel-order', order }).subarray(CALL_BYTES)
}

/** An order is known by blake2-256 of its SCALE. @source subtensor `pallets/limit-orders/src/lib.rs` derive_order_id */
export function writtenOrder(runtime: Runtime, order: LimitOrder): WrittenOrder {
  const bytes = orderBytes(runtime, order)
  return { orderId: toHex(blake2AsU8a(bytes)), bytes: toHex(bytes) }
}

export async function readOrders(view: View, orders: readonly LimitOrder[]): Promise<readonly OrderProgress[]> {
  view.runtime.need(FEATURES.limitOrders)
  if (orders.length === 0) return []
  const hashes = orders.map((order) => blake2AsU8a(orderBytes(view.runtime, order)))
  const found = await view.storage(hashes.map((hash) => [NAME, hash] as const))
  return hashes.map((hash, at) => ({ orderId: toHex(hash), ...progressOf(found[at]) }))
}

function progressOf(stored: Stored | undefined): Omit<OrderProgress, 'orderId'> {
  if (!stored?.present) return { status: 'open' }
  const { type, value } = asTagged(stored.value, NAME)
  if (type === 'Fulfilled') return { status: 'fulfilled' }
  if (type === 'Cancelled') return { status: 'cancelled' }
  return type === 'PartiallyFilled' ? { status: 'partial', filled: asBigint(value, NAME) } : badAnswer(NAME)
}
