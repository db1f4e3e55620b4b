import { blake2AsU8a } from '@polkadot/util-crypto'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import type { OrderProgress } from '../../orders.port.ts'
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

/** blake2-256 of the order in SCALE. @source subtensor `pallets/limit-orders/src/lib.rs` derive_order_id */
export function orderHash(runtime: Runtime, order: LimitOrder): Uint8Array {
  runtime.need(FEATURES.limitOrders)
  return blake2AsU8a(encodeIntent(runtime, { kind: 'cancel-order', order }).subarray(CALL_BYTES))
}

export async function readOrders(view: View, orders: readonly LimitOrder[]): Promise<readonly OrderProgress[]> {
  view.runtime.need(FEATURES.limitOrders)
  if (orders.length === 0) return []
  const hashes = orders.map((order) => orderHash(view.runtime, order))
  const found = await view.storage(hashes.map((hash) => [NAME, hash] as const))
  return hashes.map((hash, at) => ({ orderId: toHex(hash), ...progressOf(found[at]) }))
}

function progressOf(stored: Stored | undefined): Omit<OrderProgress, 'orderId'> {
  if (!stored?.present) return { status: 'open' }
  const { type, value } = asTagged(stored.value, NAME)
  if (type === 'Fulfilled') return { status: 'fulfilled' }
  if (type === 'Cancelled') return { status: 'cancelled' }
  return type === 'PartiallyFilled' ? { status: 'open', filled: asBigint(value, NAME) } : badAnswer(NAME)
}
