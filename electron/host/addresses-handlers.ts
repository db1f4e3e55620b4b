import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `addresses.${string}` | `transfer.${string}`>

/** Who is who, and transfers to them. */
export function addressesHandlers(services: Services): Pick<Handlers<AppContract>, Names> {
  const { addresses, knownAddresses, transferHistory, tradePlans, wallets } = services
  return {
    'addresses.watch': (_input, emit, signal) =>
      followed(
        (listener) => addresses.onChange(listener),
        () => emit(addresses.book()),
        signal,
      ),
    'addresses.add': async (request) => {
      wallets.touch()
      return addresses.add(request)
    },
    'addresses.change': async (request) => addresses.change(request),
    'addresses.remove': async ({ address }) => addresses.remove(address),
    'addresses.export': async () => ({ ok: true, value: addresses.exported() }),
    'addresses.import': async ({ text }) => addresses.imported(text),
    'addresses.check': async ({ text }) => addresses.check(text),
    'transfer.received': (_input, emit, signal) =>
      followed(
        (listener) => {
          const stops = [transferHistory.onChange(listener), addresses.onChange(listener), wallets.onChange(listener)]
          return () => {
            for (const stop of stops) stop()
          }
        },
        () => emit(knownAddresses.received(addresses.book().network)),
        signal,
      ),
    'transfer.limits': ({ to, account }) => tradePlans.limits(to, account),
    'transfer.plan': (request) => tradePlans.transfer(request),
    'transfer.planClose': (request) => tradePlans.closeAccount(request),
  }
}
