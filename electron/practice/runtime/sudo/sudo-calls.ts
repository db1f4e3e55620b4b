import { err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { done, type Outcome } from '../core/ctx.ts'
import { dispatchResult } from '../core/failure.ts'
import { sudo } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { innerCall, lookup, type Origin, type Running } from '../dispatch/origin.ts'

type SudoCall = Extract<RuntimeCall, { readonly type: 'Sudo' }>['value']

/** Whether the pool lets this signer send this call: calls of the Sudo pallet are the sudo key's alone. */
export const maySudo = (store: Store, who: string, call: RuntimeCall): boolean =>
  call.type !== 'Sudo' || store.get(sudo.storage.Key) === who

/**
 * Carries out a call as root, or as any account. How it ended is told by the event only.
 * @errors RequireSudo, CannotLookup
 * @source polkadot-sdk `substrate/frame/sudo`
 */
export function dispatchSudo({ ctx, origin, dispatch }: Running<Origin>, call: SudoCall): Outcome {
  if (ctx.store.get(sudo.storage.Key) !== origin.who) return err({ pallet: 'Sudo', error: 'RequireSudo' })
  const depth = origin.depth + 1
  const inner = innerCall(call.value.call)
  if (call.type === 'sudo') {
    const sudo_result = dispatchResult(dispatch(ctx, { root: true, depth }, inner))
    ctx.emit({ type: 'Sudo', value: { type: 'Sudid', value: { sudo_result } } })
    return done
  }
  const who = lookup(call.value.who)
  if (who === undefined) return err({ other: 'CannotLookup' })
  const sudo_result = dispatchResult(dispatch(ctx, { who, depth }, inner))
  ctx.emit({ type: 'Sudo', value: { type: 'SudoAsDone', value: { sudo_result } } })
  return done
}
