import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings/settings.ts'
import type { HostFacts, Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, 'app.info' | `network.${string}` | `settings.${string}`>

export function appHandlers(facts: HostFacts, { network, settings }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'app.info': async () => {
      const { version, kind, dataFolder, walletsFolder, modelsFolder } = facts
      return ok({ version, host: kind, dataFolder, walletsFolder, modelsFolder })
    },
    'network.status': (_input, emit, signal) =>
      followed(
        (listener) => network.onChange(listener),
        () => emit(network.status()),
        signal,
      ),
    'network.select': (choice) => network.select(choice),
    'network.leave': () => network.leave(),
    'network.allow': ({ endpoint, perSecond }) => network.allow(endpoint, perSecond),
    'settings.watch': (_input, emit, signal) =>
      followed(
        (listener) => settings.onChange(listener),
        () => emit(settings.get()),
        signal,
      ),
    'settings.change': async (change) => {
      const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      return ok(settings.remember(named as Partial<Settings>))
    },
  }
}
