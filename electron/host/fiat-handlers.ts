import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `fiat.${string}`>

export function fiatHandlers({ fiat }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'fiat.watch': (_input, emit, signal) =>
      followed(
        (listener) => fiat.watch(listener),
        () => emit(fiat.view()),
        signal,
      ),
    'fiat.choose': async ({ source }) => fiat.choose(source),
  }
}
