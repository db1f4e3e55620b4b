import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `orders.${string}`>

export function ordersHandlers({
  orders,
  wallets,
}: Pick<Services, 'orders' | 'wallets'>): Pick<Handlers<AppContract>, Names> {
  return {
    'orders.offer': () => orders.offer(),
    'orders.plan': (draft) => orders.plan(draft),
    'orders.sign': ({ confirmed, ...draft }) => {
      wallets.touch()
      return orders.sign(draft, confirmed)
    },
    'orders.list': () => orders.list(),
    'orders.planCancel': ({ orderId }) => orders.planCancel(orderId),
    'orders.export': ({ orderId }) => orders.exported(orderId),
  }
}
