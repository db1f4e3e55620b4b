import { assertNever } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { dispatchSwap } from '../coldkey-swap/swap-calls.ts'
import type { Ctx, Outcome } from '../core/ctx.ts'
import { lockStake, moveLock, setPerpetual, setRejectLocked } from '../locks/lock-calls.ts'
import { registerNeuron, registerOnRoot } from '../neurons/register.ts'
import { serveAxon, servePrometheus } from '../neurons/serve.ts'
import { associateHotkey, setAutoStake, startSubnet } from '../neurons/settings.ts'
import { swapHotkey } from '../neurons/swap-hotkey.ts'
import { setWeights } from '../neurons/weights.ts'
import { claimRoot, claimRootOf } from '../root/basket.ts'
import { addStake } from '../stake/add.ts'
import { destroyAlpha } from '../stake/destroy.ts'
import { type Move, moveStake, swapStake, transferStake } from '../stake/move.ts'
import { removeStake, removeStakeFull, unstakeAll, unstakeAllAlpha } from '../stake/remove.ts'
import { dispatchSubnet } from './subnet-calls.ts'

type SubtensorCall = Extract<RuntimeCall, { readonly type: 'SubtensorModule' }>['value']
type MoveCall = Extract<
  SubtensorCall,
  { readonly type: 'move_stake' | 'move_stake_limit' | 'transfer_stake' | 'swap_stake' | 'swap_stake_limit' }
>
type HoldingCall = Extract<
  SubtensorCall,
  {
    readonly type:
      | 'recycle_alpha'
      | 'burn_alpha'
      | 'claim_root'
      | 'claim_root_with_hotkey'
      | 'lock_stake'
      | 'move_lock'
      | 'set_perpetual_lock'
      | 'set_reject_locked_alpha'
  }
>
type NeuronCall = Extract<
  SubtensorCall,
  {
    readonly type:
      | 'set_weights'
      | 'serve_axon'
      | 'serve_prometheus'
      | 'burned_register'
      | 'register_limit'
      | 'root_register'
      | 'swap_hotkey_v2'
      | 'try_associate_hotkey'
      | 'start_call'
      | 'set_coldkey_auto_stake_hotkey'
  }
>

/** From and to of the moving calls; each names only what may differ. */
function moveOf(coldkey: string, call: MoveCall): Move {
  const { origin_netuid, destination_netuid, alpha_amount } = call.value
  const moves = call.type === 'move_stake' || call.type === 'move_stake_limit'
  const hotkey = moves ? call.value.origin_hotkey : call.value.hotkey
  const to = {
    hotkey: moves ? call.value.destination_hotkey : hotkey,
    coldkey: call.type === 'transfer_stake' ? call.value.destination_coldkey : coldkey,
    netuid: destination_netuid,
  }
  return { from: { hotkey, coldkey, netuid: origin_netuid }, to, amount: alpha_amount }
}

function dispatchMove(ctx: Ctx, who: string, call: MoveCall): Outcome {
  const move = moveOf(who, call)
  switch (call.type) {
    case 'move_stake':
      return moveStake(ctx, move)
    case 'move_stake_limit':
      return moveStake(ctx, move, { ratio: call.value.limit_price, allowPartial: call.value.allow_partial })
    case 'transfer_stake':
      return transferStake(ctx, move)
    case 'swap_stake':
      return swapStake(ctx, move)
    case 'swap_stake_limit':
      return swapStake(ctx, move, { ratio: call.value.limit_price, allowPartial: call.value.allow_partial })
    default:
      return assertNever(call)
  }
}

function dispatchHolding(ctx: Ctx, who: string, call: HoldingCall): Outcome {
  switch (call.type) {
    case 'recycle_alpha':
    case 'burn_alpha': {
      const { hotkey, netuid, amount } = call.value
      const how = call.type === 'burn_alpha' ? 'burn' : 'recycle'
      return destroyAlpha(ctx, { hotkey, netuid, coldkey: who }, amount, how)
    }
    case 'claim_root':
      return claimRoot(ctx, who)
    case 'claim_root_with_hotkey':
      return claimRootOf(ctx, who, call.value.hotkey)
    case 'lock_stake': {
      const { hotkey, netuid, amount } = call.value
      return lockStake(ctx, { hotkey, netuid, coldkey: who }, amount)
    }
    case 'move_lock':
      return moveLock(ctx, who, call.value)
    case 'set_perpetual_lock':
      return setPerpetual(ctx, who, call.value)
    case 'set_reject_locked_alpha':
      return setRejectLocked(ctx, who, call.value.enabled)
    default:
      return assertNever(call)
  }
}

function dispatchNeuron(ctx: Ctx, who: string, call: NeuronCall): Outcome {
  switch (call.type) {
    case 'set_weights': {
      const { netuid, dests, weights, version_key } = call.value
      return setWeights(ctx, who, { netuid, dests, weights, versionKey: version_key })
    }
    case 'serve_axon': {
      const { netuid, ...endpoint } = call.value
      return serveAxon(ctx, { netuid, hotkey: who }, endpoint)
    }
    case 'serve_prometheus': {
      const { netuid, ...endpoint } = call.value
      return servePrometheus(ctx, { netuid, hotkey: who }, endpoint)
    }
    case 'burned_register':
      return registerNeuron(ctx, { ...call.value, coldkey: who })
    case 'register_limit': {
      const { netuid, hotkey, limit_price } = call.value
      return registerNeuron(ctx, { netuid, hotkey, coldkey: who, limitPrice: limit_price })
    }
    case 'root_register':
      return registerOnRoot(ctx, who, call.value.hotkey)
    case 'swap_hotkey_v2': {
      const { hotkey, new_hotkey, netuid, keep_stake } = call.value
      return swapHotkey(ctx, { coldkey: who, from: hotkey, to: new_hotkey, netuid, keepStake: keep_stake })
    }
    case 'try_associate_hotkey':
      return associateHotkey(ctx, who, call.value.hotkey)
    case 'start_call':
      return startSubnet(ctx, who, call.value.netuid)
    case 'set_coldkey_auto_stake_hotkey':
      return setAutoStake(ctx, who, call.value)
    default:
      return assertNever(call)
  }
}

/** Carries out a call of the Subtensor pallet. @param who  the signer: coldkey, or hotkey for serving and weights */
export function dispatchSubtensor(ctx: Ctx, who: string, call: SubtensorCall): Outcome {
  switch (call.type) {
    case 'add_stake':
    case 'add_stake_limit': {
      const { hotkey, netuid, amount_staked } = call.value
      const order = { hotkey, netuid, coldkey: who, amount: amount_staked }
      if (call.type === 'add_stake') return addStake(ctx, order)
      return addStake(ctx, { ...order, limitPrice: call.value.limit_price, allowPartial: call.value.allow_partial })
    }
    case 'remove_stake':
    case 'remove_stake_limit': {
      const { hotkey, netuid, amount_unstaked } = call.value
      const order = { hotkey, netuid, coldkey: who, amount: amount_unstaked }
      if (call.type === 'remove_stake') return removeStake(ctx, order)
      return removeStake(ctx, { ...order, limitPrice: call.value.limit_price, allowPartial: call.value.allow_partial })
    }
    case 'remove_stake_full_limit': {
      const { hotkey, netuid, limit_price } = call.value
      return removeStakeFull(ctx, { hotkey, netuid, coldkey: who }, limit_price)
    }
    case 'unstake_all':
      return unstakeAll(ctx, who, call.value.hotkey)
    case 'unstake_all_alpha':
      return unstakeAllAlpha(ctx, who, call.value.hotkey)
    case 'move_stake':
    case 'move_stake_limit':
    case 'transfer_stake':
    case 'swap_stake':
    case 'swap_stake_limit':
      return dispatchMove(ctx, who, call)
    case 'announce_coldkey_swap':
    case 'swap_coldkey_announced':
    case 'dispute_coldkey_swap':
    case 'clear_coldkey_swap_announcement':
    case 'reset_coldkey_swap':
    case 'swap_coldkey':
    case 'schedule_swap_coldkey':
      return dispatchSwap(ctx, who, call)
    case 'recycle_alpha':
    case 'burn_alpha':
    case 'claim_root':
    case 'claim_root_with_hotkey':
    case 'lock_stake':
    case 'move_lock':
    case 'set_perpetual_lock':
    case 'set_reject_locked_alpha':
      return dispatchHolding(ctx, who, call)
    case 'register_network':
    case 'register_network_with_identity':
    case 'dissolve_network':
    case 'root_dissolve_network':
    case 'set_children':
    case 'set_childkey_take':
    case 'set_pending_childkey_cooldown':
    case 'set_auto_parent_delegation_enabled':
      return dispatchSubnet(ctx, who, call)
    default:
      return dispatchNeuron(ctx, who, call)
  }
}
