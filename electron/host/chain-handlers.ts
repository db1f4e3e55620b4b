import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Exclude<
  keyof AppContract,
  | Exclude<Extract<keyof AppContract, `registration.${string}`>, 'registration.plan'>
  | Extract<keyof AppContract, `earnings.${string}`>
  | Extract<keyof AppContract, `wallet.${string}` | `mining.${string}` | `models.${string}` | `app.${string}`>
  | Extract<keyof AppContract, `network.${string}` | `settings.${string}` | `staking.${string}`>
  | Extract<keyof AppContract, `market.${string}` | `ledger.${string}` | `fiat.${string}`>
  | Extract<keyof AppContract, `holdings.${string}` | `orders.${string}` | `reach.${string}` | `care.${string}`>
  | Extract<keyof AppContract, `oneClick.${string}` | `fleet.${string}`>
  | Extract<keyof AppContract, `addresses.${string}` | `transfer.${string}` | `signer.${string}`>
  | Extract<keyof AppContract, `backends.${string}` | `alerts.${string}`>
  | Extract<keyof AppContract, `account.${string}` | `proxy.${string}` | `multisig.${string}` | `airgap.${string}`>
  | Extract<keyof AppContract, `monitor.${string}` | `logs.${string}` | `callers.${string}` | `profit.${string}`>
>

/** Reads of the chain, plans and transactions. Each command is also a sign that the person is still there. */
export function chainHandlers(services: Services): Pick<Handlers<AppContract>, Names> {
  const { views, tradePlans, transactions, wallets, knownAddresses } = services
  return {
    'portfolio.watch': (_input, emit, signal) => views.portfolio.watch(emit, signal),
    'portfolio.get': ({ coldkey }) => views.portfolioOf(coldkey),
    'subnets.watch': (_input, emit, signal) => views.subnets.watch(emit, signal),
    'subnets.validators': async ({ netuid }) => {
      const found = await views.validators(netuid)
      if (found.ok) knownAddresses.sawValidators(found.value)
      return found
    },
    'registration.plan': (request) => tradePlans.register(request),
    'transaction.prepare': ({ plan, shield }) => {
      wallets.touch()
      return transactions.prepare(plan, shield)
    },
    'transaction.send': ({ preparedId }) => {
      wallets.touch()
      return transactions.send(preparedId)
    },
    'activity.watch': (_input, emit, signal) =>
      followed(
        (listener) => transactions.onChange(listener),
        () => emit(transactions.records()),
        signal,
      ),
    'practice.playMoney': ({ amount }) => transactions.playMoney(amount),
  }
}
