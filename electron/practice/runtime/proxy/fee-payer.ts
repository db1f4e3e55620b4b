import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { proxy } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { innerCall, lookup } from '../dispatch/origin.ts'

const { RealPaysFee } = proxy.storage

interface Proxied {
  readonly real: string
  readonly call: RuntimeCall
}

/** For whom a `proxy` call acts. Announced ones are not looked into: their sender pays. */
function proxiedBy(call: RuntimeCall): Proxied | undefined {
  if (call.type !== 'Proxy' || call.value.type !== 'proxy') return undefined
  const real = lookup(call.value.value.real)
  return real === undefined ? undefined : { real, call: innerCall(call.value.value.call) }
}

/** Proxied calls one level further in: the call itself, or a batch of nothing else. */
function proxiedWithin(call: RuntimeCall): readonly (Proxied | undefined)[] {
  if (call.type === 'Utility' && 'calls' in call.value.value)
    return call.value.value.calls.map((one) => proxiedBy(innerCall(one)))
  return [proxiedBy(call)]
}

/**
 * Who pays for an extrinsic: its signer, or the account that it acts for where that account said so with
 * `set_real_pays_fee`. Followed two levels deep; a batch only if all of it is for the same account.
 * @source subtensor `runtime/src/transaction_payment_wrapper.rs`
 */
export function feePayerOf(store: Store, signer: string, call: RuntimeCall): string {
  const outer = proxiedBy(call)
  if (outer === undefined || !store.has(RealPaysFee, outer.real, signer)) return signer
  const [first, ...others] = proxiedWithin(outer.call)
  const sameForAll = first !== undefined && others.every((one) => one?.real === first.real)
  return sameForAll && store.has(RealPaysFee, first.real, outer.real) ? first.real : outer.real
}
