import { assertNever } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import type { Outcome } from '../core/ctx.ts'
import { innerCall, type Origin, type Running } from '../dispatch/origin.ts'
import { actAlone, approve, cancel, hashOf, pokeDeposit } from './operations.ts'

type MultisigCall = Extract<RuntimeCall, { readonly type: 'Multisig' }>['value']

/** Carries out calls of the Multisig pallet. */
export function dispatchMultisig(running: Running<Origin>, call: MultisigCall): Outcome {
  const { ctx, origin } = running
  switch (call.type) {
    case 'as_multi_threshold_1': {
      const { other_signatories, call: inner } = call.value
      return actAlone(running, other_signatories, innerCall(inner))
    }
    case 'as_multi': {
      const inner = innerCall(call.value.call)
      return approve(running, { ...call.value, call: inner, hash: hashOf(inner) })
    }
    case 'approve_as_multi':
      return approve(running, { ...call.value, call: undefined, hash: call.value.call_hash })
    case 'cancel_as_multi':
      return cancel(ctx, origin.who, call.value)
    case 'poke_deposit':
      return pokeDeposit(ctx, origin.who, call.value)
    default:
      return assertNever(call)
  }
}
