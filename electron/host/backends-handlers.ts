import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `backends.${string}`>

export function backendsHandlers({ backends }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'backends.watch': (_input, emit, signal) =>
      followed(
        (listener) => backends.onChange(listener),
        () => emit(backends.list()),
        signal,
      ),
    'backends.add': async (wish) => backends.add(wish),
    'backends.change': async (change) => backends.change(change),
    'backends.remove': async ({ id }) => backends.remove(id),
    'backends.test': ({ id }, signal) => backends.test(id, signal),
  }
}
