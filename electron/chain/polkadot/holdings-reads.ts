import type { HoldingsPort } from '../holdings.port.ts'
import type { Reading } from './account-reads.ts'
import { readHoldingPlace } from './read/holding-place.ts'
import { readHoldingState } from './read/holding-state.ts'
import { readOrders } from './read/orders.ts'

/** The part of the adapter that looks at what somebody holds. */
export function holdingsReads({ read }: Pick<Reading, 'read'>): HoldingsPort {
  return {
    holdingState: (coldkey) => read((view) => readHoldingState(view, coldkey)),
    holdingAnswer: (coldkey, intent) =>
      read(async (view) => {
        const [state, place, orders] = await Promise.all([
          readHoldingState(view, coldkey),
          readHoldingPlace(view, coldkey, intent),
          intent.kind === 'cancel-order' ? readOrders(view, [intent.order]) : [],
        ])
        const [order] = orders
        return { state, ...(place ? { place } : {}), ...(order ? { orderStatus: order.status } : {}) }
      }),
  }
}
