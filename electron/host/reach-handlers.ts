import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `reach.${string}`>

export function reachHandlers({ reach }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'reach.watch': (_input, emit, signal) =>
      followed(
        (listener) => reach.onChange(listener),
        () => emit(reach.state()),
        signal,
      ),
    'reach.check': (request, signal) => reach.check(request, signal),
    'reach.close': () => reach.closePort(),
    'reach.help': (request) => reach.help(request),
    'reach.stopHelping': () => reach.stopHelping(),
  }
}
