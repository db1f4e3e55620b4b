import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `care.${string}`>

export function careHandlers({ care }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'care.watch': (_input, emit, signal) =>
      followed(
        (listener) => care.onChange(listener),
        () => emit(care.state()),
        signal,
      ),
    'care.set': async (change) => care.set(change),
    'care.power': async () => ok(care.power()),
  }
}
