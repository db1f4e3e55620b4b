import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `account.${string}` | `proxy.${string}` | `multisig.${string}`>

export function accountsHandlers({ accounts, accountPlans }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'account.guard': (_input, emit, signal) =>
      followed(
        (listener) => accounts.onChange(listener),
        () => emit(accounts.guard()),
        signal,
      ),
    'account.acknowledgeSwap': ({ coldkey, newColdkey }) => accounts.acknowledgeSwap(coldkey, newColdkey),
    'account.plan': (ask) => accountPlans.plan(ask),
    'proxy.view': ({ account }) => accounts.proxies(account),
    'proxy.actFor': ({ account }) => accounts.actFor(account),
    'proxy.stopActingFor': ({ account }) => accounts.stopActingFor(account),
    'multisig.list': async () => ok(accounts.sharedAccounts()),
    'account.others': (_input, emit, signal) =>
      followed(
        (listener) => accounts.onOthersChange(listener),
        () => emit(accounts.others()),
        signal,
      ),
    'multisig.preview': (request) => accounts.previewShared(request),
    'multisig.add': (request) => accounts.addShared(request),
    'multisig.remove': async ({ address }) => accounts.removeShared(address),
    'multisig.view': ({ address }) => accounts.shared(address),
    'multisig.passCall': ({ callHex }) => accounts.passCall(callHex),
    'multisig.planNext': ({ address, callHash }) => accounts.planNext(address, callHash),
    'multisig.planCancel': ({ address, callHash }) => accounts.planCancel(address, callHash),
  }
}
