import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `orders.${string}`>

export function ordersHandlers({
  orders,
  wallets,
}: Pick<Services, 'orders' | 'wallets'>): Pick<Handlers<AppContract>, Names> {
  return {
    'orders.sign': (draft) => {
      wallets.touch()
      return orders.sign(draft)
    },
    'orders.list': () => orders.list(),
  }
}
