import type { HoldingIntent } from '../../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import { fail } from '../failure.ts'

type Written = { readonly name: string; readonly args: Readonly<Record<string, unknown>> }
type Of<K extends HoldingIntent['kind']> = Extract<HoldingIntent, { kind: K }>
type Writers = { readonly [K in HoldingIntent['kind']]: (intent: Of<K>) => Written }

const subtensor = (name: string, args: Written['args']): Written => ({ name: `SubtensorModule.${name}`, args })

/** The order as the runtime's types take it. */
export const orderArgument = (order: LimitOrder) => ({
  type: 'V1',
  value: {
    signer: order.signer,
    hotkey: order.hotkey,
    netuid: order.netuid,
    order_type: { type: order.type },
    amount: order.amount,
    limit_price: order.limitPrice,
    expiry: order.expiryMs,
    fee_rate: order.feePpb,
    fee_recipient: order.feeTo,
    relayer: order.relayers,
    max_slippage: order.maxSlippagePpb,
    chain_id: order.chainId,
    partial_fills_enabled: order.partialFills,
  },
})

/** Calls about locks, claims, orders and destroyed alpha, one writer for each kind. */
export const HOLDING: Writers = {
  'move-stake-limit': ({ fromHotkey, toHotkey, fromNetuid, toNetuid, amount, limitRatio, allowPartial }) =>
    subtensor('move_stake_limit', {
      origin_hotkey: fromHotkey,
      destination_hotkey: toHotkey,
      origin_netuid: fromNetuid,
      destination_netuid: toNetuid,
      alpha_amount: amount,
      limit_price: limitRatio,
      allow_partial: allowPartial ?? false,
    }),
  'lock-stake': ({ hotkey, netuid, amount }) => subtensor('lock_stake', { hotkey, netuid, amount }),
  'move-lock': ({ toHotkey, netuid }) => subtensor('move_lock', { destination_hotkey: toHotkey, netuid }),
  'set-perpetual-lock': ({ netuid, enabled }) => subtensor('set_perpetual_lock', { netuid, enabled }),
  'reject-locked-alpha': ({ enabled }) => subtensor('set_reject_locked_alpha', { enabled }),
  'recycle-alpha': ({ hotkey, netuid, amount }) => subtensor('recycle_alpha', { hotkey, netuid, amount }),
  'burn-alpha': ({ hotkey, netuid, amount }) => subtensor('burn_alpha', { hotkey, netuid, amount }),
  'set-auto-stake': ({ netuid, hotkey }) => subtensor('set_coldkey_auto_stake_hotkey', { netuid, hotkey }),
  'claim-root': ({ subnets }) => subtensor('claim_root', { subnets }),
  'claim-root-of': ({ hotkey }) => subtensor('claim_root_with_hotkey', { hotkey }),
  'cancel-order': ({ order }) => ({ name: 'LimitOrders.cancel_order', args: { order: orderArgument(order) } }),
  'limit-order': () => fail({ code: 'order/not-a-call' }),
}
