import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './host-parts.ts'

type Names = Extract<keyof AppContract, `profit.${string}`>

export function profitHandlers({ profit }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'profit.watch': (_input, emit, signal) => profit.view.watch(emit, signal),
    'profit.set': async (change) => profit.set(change),
    'profit.goOn': async () => profit.goOn(),
  }
}
