import { type LimitOrder, ORDER_TYPES, type OrderType } from '../signing/limit-order.ts'
import { alpha, netuid, raoPerAlpha } from '../units/amounts.ts'
import {
  account,
  big,
  type Call,
  flag,
  limited,
  list,
  move,
  NotNamed,
  number,
  type Reader,
  subnet,
  text,
  trade,
} from './reading-args.ts'

const amount = (c: Call) => ({ ...trade(c), amount: alpha(big(c, 'amount')) })

function netuids(c: Call, name: string) {
  if (c.args.get(name) === '[]') return []
  const items = []
  for (let at = 0; c.args.has(`${name}[${at}]`); at += 1) items.push(netuid(number(c, `${name}[${at}]`)))
  return items
}

/** Locks, claims, destroyed alpha. */
export const HOLDING: Readonly<Record<string, Reader>> = {
  move_stake_limit: (c) => ({
    kind: 'move-stake-limit',
    fromHotkey: account(c, 'origin_hotkey'),
    toHotkey: account(c, 'destination_hotkey'),
    ...move(c),
    limitRatio: big(c, 'limit_price'),
    ...limited(c),
  }),
  lock_stake: (c) => ({ kind: 'lock-stake', ...amount(c) }),
  move_lock: (c) => ({ kind: 'move-lock', toHotkey: account(c, 'destination_hotkey'), netuid: subnet(c) }),
  set_perpetual_lock: (c) => ({ kind: 'set-perpetual-lock', netuid: subnet(c), enabled: flag(c, 'enabled') }),
  set_reject_locked_alpha: (c) => ({ kind: 'reject-locked-alpha', enabled: flag(c, 'enabled') }),
  recycle_alpha: (c) => ({ kind: 'recycle-alpha', ...amount(c) }),
  burn_alpha: (c) => ({ kind: 'burn-alpha', ...amount(c) }),
  set_coldkey_auto_stake_hotkey: (c) => ({ kind: 'set-auto-stake', ...trade(c) }),
  claim_root: (c) => ({ kind: 'claim-root', subnets: netuids(c, 'subnets') }),
  claim_root_with_hotkey: (c) => ({ kind: 'claim-root-of', hotkey: account(c, 'hotkey') }),
}

function orderType(c: Call, name: string): OrderType {
  const value = text(c, name)
  if (!Object.hasOwn(ORDER_TYPES, value)) throw new NotNamed()
  // The cast: just looked up.
  return value as OrderType
}

function order(c: Call): LimitOrder {
  const at = (name: string) => `order.V1.${name}`
  return {
    signer: account(c, at('signer')),
    hotkey: account(c, at('hotkey')),
    netuid: subnet(c, at('netuid')),
    type: orderType(c, at('order_type')),
    amount: big(c, at('amount')),
    limitPrice: raoPerAlpha(big(c, at('limit_price'))),
    expiryMs: number(c, at('expiry')),
    feePpb: number(c, at('fee_rate')),
    feeTo: account(c, at('fee_recipient')),
    ...(c.args.get(at('relayer')) === 'none' ? {} : { relayers: list(c, at('relayer')) }),
    ...(c.args.get(at('max_slippage')) === 'none' ? {} : { maxSlippagePpb: number(c, at('max_slippage')) }),
    chainId: number(c, at('chain_id')),
    partialFills: flag(c, at('partial_fills_enabled')),
  }
}

export const ORDERS: Readonly<Record<string, Reader>> = {
  cancel_order: (c) => ({ kind: 'cancel-order', order: order(c) }),
}
