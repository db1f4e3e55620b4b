import { type LimitOrder, ORDER_TYPES, type OrderType } from '../../../../shared/signing/limit-order.ts'
import { Answer, asAddress, asAlpha, asBigint, asFlag, asList, asNetuid, asTagged } from '../answer.ts'
import { badAnswer } from '../failure.ts'
import { type Args, limited, move, type Reader, trade } from './call-args.ts'

const amount = (args: Args) => ({ ...trade(args), amount: args.of('amount', asAlpha) })

/** Calls of the Subtensor pallet about locks, claims and destroyed alpha. */
export const HOLDING_READERS: Readonly<Record<string, Reader>> = {
  move_stake_limit: (args) => ({
    kind: 'move-stake-limit',
    fromHotkey: args.of('origin_hotkey', asAddress),
    toHotkey: args.of('destination_hotkey', asAddress),
    limitRatio: args.of('limit_price', asBigint),
    ...move(args),
    ...limited(args),
  }),
  lock_stake: (args) => ({ kind: 'lock-stake', ...amount(args) }),
  move_lock: (args) => ({
    kind: 'move-lock',
    toHotkey: args.of('destination_hotkey', asAddress),
    netuid: args.of('netuid', asNetuid),
  }),
  set_perpetual_lock: (args) => ({
    kind: 'set-perpetual-lock',
    netuid: args.of('netuid', asNetuid),
    enabled: args.of('enabled', asFlag),
  }),
  set_reject_locked_alpha: (args) => ({ kind: 'reject-locked-alpha', enabled: args.of('enabled', asFlag) }),
  recycle_alpha: (args) => ({ kind: 'recycle-alpha', ...amount(args) }),
  burn_alpha: (args) => ({ kind: 'burn-alpha', ...amount(args) }),
  set_coldkey_auto_stake_hotkey: (args) => ({ kind: 'set-auto-stake', ...trade(args) }),
  claim_root: (args) => ({
    kind: 'claim-root',
    subnets: args.of('subnets', (value, what) => asList(value, what).map((netuid) => asNetuid(netuid, what))),
  }),
  claim_root_with_hotkey: (args) => ({ kind: 'claim-root-of', hotkey: args.of('hotkey', asAddress) }),
}

const asOrderType = (value: unknown, what: string): OrderType => {
  const { type } = asTagged(value, what)
  return Object.hasOwn(ORDER_TYPES, type) ? (type as OrderType) : badAnswer(what)
}

/** @returns `undefined` for a version of orders that is newer than ours */
function asOrder(value: unknown, what: string): LimitOrder | undefined {
  const versioned = asTagged(value, what)
  if (versioned.type !== 'V1') return undefined
  const order = new Answer(versioned.value, what)
  const relayers = order.raw('relayer')
  const slippage = order.raw('max_slippage')
  return {
    signer: order.address('signer'),
    hotkey: order.address('hotkey'),
    netuid: order.netuid('netuid'),
    type: asOrderType(order.raw('order_type'), what),
    amount: asBigint(order.raw('amount'), what),
    limitPrice: order.price('limit_price'),
    expiryMs: order.number('expiry'),
    feePpb: order.number('fee_rate'),
    feeTo: order.address('fee_recipient'),
    ...(relayers === undefined ? {} : { relayers: asList(relayers, what).map((one) => asAddress(one, what)) }),
    ...(slippage === undefined ? {} : { maxSlippagePpb: order.number('max_slippage') }),
    chainId: order.number('chain_id'),
    partialFills: order.flag('partial_fills_enabled'),
  }
}

export const ORDER_READERS: Readonly<Record<string, Reader>> = {
  cancel_order: (args) => {
    const order = args.of('order', asOrder)
    return order && { kind: 'cancel-order', order }
  },
}
