import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'
import { walletKeepingHandlers } from './wallet-keeping-handlers.ts'

type Names = Extract<keyof AppContract, `wallet.${string}`>

export function walletHandlers(services: Services): Pick<Handlers<AppContract>, Names> {
  const { wallets } = services
  return {
    'wallet.state': (_input, emit, signal) =>
      followed(
        (listener) => wallets.onChange(listener),
        () => emit(wallets.state()),
        signal,
      ),
    'wallet.sealingKey': async ({ channel }) => {
      const to = await wallets.sealingKey(channel)
      return to.ok ? ok({ to: to.value }) : to
    },
    'wallet.draft': ({ count, sealTo }) => wallets.draft(count, sealTo),
    'wallet.create': (request) => wallets.create(request),
    'wallet.importWords': (request) => wallets.importWords(request),
    'wallet.inspectFolder': ({ path }) => wallets.inspectFolder(path),
    'wallet.importFolder': (request) => wallets.importFolder(request),
    'wallet.select': ({ name }) => wallets.select(name),
    'wallet.unlock': ({ name, password }) => wallets.unlock(name, password),
    'wallet.lock': () => wallets.lock(),
    ...walletKeepingHandlers(services),
  }
}
