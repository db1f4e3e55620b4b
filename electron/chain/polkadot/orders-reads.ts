import type { OrdersPort } from '../orders.port.ts'
import type { Reading } from './account-reads.ts'
import { guarded } from './failure.ts'
import { readOrderGround, readOrderMarket } from './read/order-market.ts'
import { readOrders, writtenOrder } from './read/orders.ts'

/** The part of the adapter that looks after limit orders. */
export function ordersReads({ read, session }: Reading): OrdersPort {
  return {
    orderGround: () => read((view) => readOrderGround(view)),
    orderMarket: (signer, at) => read((view) => readOrderMarket(view, signer, at)),
    writeOrder: (order) => guarded(async () => writtenOrder(session().runtime, order)),
    orderProgress: (orders) => read((view) => readOrders(view, orders)),
  }
}
