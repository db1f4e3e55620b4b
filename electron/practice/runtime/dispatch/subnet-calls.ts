import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { setAutoParent, setChildkeyTake, setChildren, setCooldown } from '../children/children.ts'
import { dispatchSwapAsRoot } from '../coldkey-swap/swap-calls.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { dissolveSubnet } from '../subnets/dissolve.ts'
import { registerNetwork } from '../subnets/register-network.ts'

type SubtensorCall = Extract<RuntimeCall, { readonly type: 'SubtensorModule' }>['value']
export type SubnetCall = Extract<
  SubtensorCall,
  {
    readonly type:
      | 'register_network'
      | 'register_network_with_identity'
      | 'dissolve_network'
      | 'root_dissolve_network'
      | 'set_children'
      | 'set_childkey_take'
      | 'set_pending_childkey_cooldown'
      | 'set_auto_parent_delegation_enabled'
  }
>

/** Carries out the calls by which subnets come, and hotkeys hand weight to others. */
export function dispatchSubnet(ctx: Ctx, who: string, call: SubnetCall): Outcome {
  switch (call.type) {
    case 'register_network':
      return registerNetwork(ctx, { coldkey: who, hotkey: call.value.hotkey })
    case 'register_network_with_identity':
      return registerNetwork(ctx, { coldkey: who, ...call.value })
    case 'set_children':
      return setChildren(ctx, who, call.value)
    case 'set_childkey_take':
      return setChildkeyTake(ctx, who, call.value)
    case 'set_auto_parent_delegation_enabled':
      return setAutoParent(ctx, who, call.value)
    case 'dissolve_network':
    case 'root_dissolve_network':
    case 'set_pending_childkey_cooldown':
      return err({ other: 'BadOrigin' })
    default:
      return assertNever(call)
  }
}

/** Calls of the Subtensor pallet that only root makes. */
export function dispatchSubtensorAsRoot(ctx: Ctx, call: SubtensorCall): Outcome {
  switch (call.type) {
    case 'dissolve_network':
    case 'root_dissolve_network':
      return dissolveSubnet(ctx, call.value.netuid)
    case 'set_pending_childkey_cooldown':
      return setCooldown(ctx, call.value.cooldown)
    default:
      return dispatchSwapAsRoot(ctx, call)
  }
}
