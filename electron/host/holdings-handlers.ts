import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `holdings.${string}`>

export function holdingsHandlers({ holdings }: Pick<Services, 'holdings'>): Pick<Handlers<AppContract>, Names> {
  return {
    'holdings.state': ({ account }) => holdings.state(account),
    'holdings.lockSteps': ({ netuid, account }) => holdings.lockSteps(netuid, account),
  }
}
