import type { OrdersPort } from '../orders.port.ts'
import type { Reading } from './account-reads.ts'
import { readOrders } from './read/orders.ts'

/** The part of the adapter that looks after limit orders. */
export function ordersReads({ read }: Pick<Reading, 'read'>): OrdersPort {
  return { orderProgress: (orders) => read((view) => readOrders(view, orders)) }
}
