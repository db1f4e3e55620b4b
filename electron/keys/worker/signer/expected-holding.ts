import type { HoldingIntent } from '../../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import type { Ss58 } from '../../../../shared/units/amounts.ts'
import type { CallValue, Value } from './type-def.ts'

/** An intent that no call can stand for: an address that is none, members out of order. */
export class NoSuchCall extends Error {}

const integer = (value: number): bigint => BigInt(value)
const call = (name: string, args: Readonly<Record<string, Value>>): CallValue => ({
  call: `SubtensorModule.${name}`,
  args,
})
type Account = (address: Ss58) => string

/** The order as the chain spells it. @param account public key as hex; throws where there is none */
export function orderValue(order: LimitOrder, account: Account): Value {
  return {
    tag: 'V1',
    value: {
      signer: account(order.signer),
      hotkey: account(order.hotkey),
      netuid: integer(order.netuid),
      order_type: { tag: order.type, value: null },
      amount: order.amount,
      limit_price: order.limitPrice,
      expiry: integer(order.expiryMs),
      fee_rate: integer(order.feePpb),
      fee_recipient: account(order.feeTo),
      relayer: order.relayers?.map(account),
      max_slippage: order.maxSlippagePpb === undefined ? undefined : integer(order.maxSlippagePpb),
      chain_id: integer(order.chainId),
      partial_fills_enabled: order.partialFills,
    },
  }
}

/** Each once and in order, as the chain keeps a set. */
function setOf(netuids: readonly number[]): readonly bigint[] {
  if (netuids.some((netuid, at) => at > 0 && (netuids[at - 1] ?? 0) >= netuid))
    throw new NoSuchCall('subnets out of order')
  return netuids.map(integer)
}

/**
 * The one call that stands for what a holder does with stake.
 * @throws NoSuchCall for an order that is signed away from the chain
 * @source subtensor `macros/dispatches.rs`, `pallets/limit-orders/src/lib.rs`
 */
export function holdingCall(intent: HoldingIntent, account: Account): CallValue {
  switch (intent.kind) {
    case 'move-stake-limit':
      return call('move_stake_limit', {
        origin_hotkey: account(intent.fromHotkey),
        destination_hotkey: account(intent.toHotkey),
        origin_netuid: integer(intent.fromNetuid),
        destination_netuid: integer(intent.toNetuid),
        alpha_amount: intent.amount,
        limit_price: intent.limitRatio,
        allow_partial: intent.allowPartial ?? false,
      })
    case 'lock-stake':
    case 'recycle-alpha':
    case 'burn-alpha': {
      const { hotkey, netuid, amount } = intent
      const name = intent.kind.replace('-', '_')
      return call(name, { hotkey: account(hotkey), netuid: integer(netuid), amount })
    }
    case 'move-lock':
      return call('move_lock', { destination_hotkey: account(intent.toHotkey), netuid: integer(intent.netuid) })
    case 'set-perpetual-lock':
      return call('set_perpetual_lock', { netuid: integer(intent.netuid), enabled: intent.enabled })
    case 'reject-locked-alpha':
      return call('set_reject_locked_alpha', { enabled: intent.enabled })
    case 'set-auto-stake':
      return call('set_coldkey_auto_stake_hotkey', { netuid: integer(intent.netuid), hotkey: account(intent.hotkey) })
    case 'claim-root':
      return call('claim_root', { subnets: setOf(intent.subnets) })
    case 'claim-root-of':
      return call('claim_root_with_hotkey', { hotkey: account(intent.hotkey) })
    case 'cancel-order':
      return { call: 'LimitOrders.cancel_order', args: { order: orderValue(intent.order, account) } }
    case 'limit-order':
      throw new NoSuchCall('an order is not a call')
  }
}
