import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `fleet.${string}`>

export function fleetHandlers({ fleet }: Pick<Services, 'fleet'>): Pick<Handlers<AppContract>, Names> {
  return {
    'fleet.watch': (_input, emit, signal) =>
      followed(
        (listener) => fleet.onChange(listener),
        () => emit(fleet.view()),
        signal,
      ),
    'fleet.invite': (wish) => fleet.invite(wish),
    'fleet.withdraw': async () => {
      fleet.door.withdraw()
      return ok(null)
    },
    'fleet.closeDoor': async () => {
      await fleet.door.closeDoor()
      return ok(null)
    },
    'fleet.forgetViewer': async ({ id }) => fleet.door.forget(id),
    'fleet.add': (wish, signal) => fleet.add(wish, signal),
    'fleet.rename': async ({ id, name }) => fleet.rename(id, name),
    'fleet.remove': async ({ id }) => fleet.remove(id),
    'fleet.order': ({ id, order }) => fleet.order(id, order),
  }
}
