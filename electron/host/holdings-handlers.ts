import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `holdings.${string}` | `orders.${string}`>

export function holdingsHandlers({
  holdings,
  wallets,
}: Pick<Services, 'holdings' | 'wallets'>): Pick<Handlers<AppContract>, Names> {
  return {
    'holdings.state': ({ account }) => holdings.state(account),
    'holdings.lockSteps': ({ netuid, account }) => holdings.lockSteps(netuid, account),
    'orders.sign': (draft) => {
      wallets.touch()
      return holdings.signOrder(draft)
    },
    'orders.list': () => holdings.orders(),
  }
}
