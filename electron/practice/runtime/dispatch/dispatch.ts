import { blake2AsHex } from '@polkadot/util-crypto'
import { assertNever, err } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import { toHex } from '../../scale/hex.ts'
import { checkColdkeySwap } from '../coldkey-swap/guard.ts'
import { atomically, type Ctx, done, type Outcome } from '../core/ctx.ts'
import { transfer, transferAll } from '../money/balances.ts'
import { dispatchMultisig } from '../multisig/multisig-calls.ts'
import { dispatchOrders, dispatchOrdersAsRoot } from '../orders/limit-orders.ts'
import { dispatchProxy } from '../proxy/proxy-calls.ts'
import { submitEncrypted } from '../shield/shield-rules.ts'
import { dispatchSudo } from '../sudo/sudo-calls.ts'
import { isLetThrough } from './call-filter.ts'
import { type AnyOrigin, lookup, type Origin, type RootOrigin } from './origin.ts'
import { dispatchSubtensorAsRoot } from './subnet-calls.ts'
import { dispatchSubtensor } from './subtensor-calls.ts'
import { dispatchUtility } from './utility-calls.ts'

type CallOf<P extends RuntimeCall['type']> = Extract<RuntimeCall, { readonly type: P }>['value']

function dispatchBalances(ctx: Ctx, who: string, call: CallOf<'Balances'>): Outcome {
  const to = lookup(call.value.dest)
  if (to === undefined) return err({ other: 'CannotLookup' })
  switch (call.type) {
    case 'transfer_allow_death':
      return transfer(ctx, { from: who, to, amount: call.value.value }, 'allow-death')
    case 'transfer_keep_alive':
      return transfer(ctx, { from: who, to, amount: call.value.value }, 'keep-alive')
    case 'transfer_all': {
      const moved = transferAll(ctx, who, to, call.value.keep_alive)
      return moved.ok ? done : moved
    }
    default:
      return assertNever(call)
  }
}

function dispatchSystem(ctx: Ctx, who: string, call: CallOf<'System'>): Outcome {
  if (call.type === 'set_storage') return err({ other: 'BadOrigin' })
  if (call.type === 'remark_with_event')
    ctx.emit({
      type: 'System',
      value: { type: 'Remarked', value: { sender: who, hash: blake2AsHex(call.value.remark, 256) } },
    })
  return done
}

function dispatchShield(ctx: Ctx, who: string, call: CallOf<'MevShield'>): Outcome {
  // As the time: only the block's author announces keys.
  if (call.type === 'announce_next_key') return err({ other: 'BadOrigin' })
  return submitEncrypted(ctx, who, call.value.ciphertext)
}

function perform(ctx: Ctx, origin: Origin, call: RuntimeCall): Outcome {
  switch (call.type) {
    case 'SubtensorModule':
      return dispatchSubtensor(ctx, origin.who, call.value)
    case 'Balances':
      return dispatchBalances(ctx, origin.who, call.value)
    case 'Utility':
      return dispatchUtility({ ctx, origin, dispatch }, call.value)
    case 'Sudo':
      return dispatchSudo({ ctx, origin, dispatch }, call.value)
    case 'Proxy':
      return dispatchProxy({ ctx, origin, dispatch }, call.value)
    case 'Multisig':
      return dispatchMultisig({ ctx, origin, dispatch }, call.value)
    case 'LimitOrders':
      return dispatchOrders(ctx, origin.who, call.value)
    case 'System':
      return dispatchSystem(ctx, origin.who, call.value)
    case 'MevShield':
      return dispatchShield(ctx, origin.who, call.value)
    case 'Timestamp':
      // Only the block's author sets the time, by an unsigned extrinsic.
      return err({ other: 'BadOrigin' })
    default:
      return assertNever(call)
  }
}

/** As governance of a real chain may: the bytes are written, whatever they say. */
function writeStorage({ store }: Ctx, call: CallOf<'System'>): Outcome {
  if (call.type !== 'set_storage') return err({ other: 'BadOrigin' })
  for (const [key, value] of call.value.items) store.kv.set(toHex(key), value)
  return done
}

/** What the chain itself may call: everything else needs an account. */
function performAsRoot(ctx: Ctx, origin: RootOrigin, call: RuntimeCall): Outcome {
  if (call.type === 'System') return writeStorage(ctx, call.value)
  if (call.type === 'Utility') return dispatchUtility({ ctx, origin, dispatch }, call.value)
  if (call.type === 'SubtensorModule') return dispatchSubtensorAsRoot(ctx, call.value)
  if (call.type === 'LimitOrders') return dispatchOrdersAsRoot(ctx, call.value)
  return err({ other: 'BadOrigin' })
}

/** Carries out a call; a failure leaves nothing behind. Calls inside calls come here, too, and meet the same refusals. */
export function dispatch(ctx: Ctx, origin: AnyOrigin, call: RuntimeCall): Outcome {
  if (!isLetThrough(origin, call)) return err({ pallet: 'System', error: 'CallFiltered' })
  if ('root' in origin) return atomically(ctx, (inner) => performAsRoot(inner, origin, call))
  const guarded = checkColdkeySwap(ctx.store, origin.who, call)
  return guarded.ok ? atomically(ctx, (inner) => perform(inner, origin, call)) : guarded
}
