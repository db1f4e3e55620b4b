import { blake2AsHex } from '@polkadot/util-crypto'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { RuntimeCall } from '../../definitions/runtime-types.ts'
import {
  type Order,
  type SignedOrder,
  type VersionedOrder,
  versionedOrder,
} from '../../definitions/types/limit-orders.ts'
import { verifySr25519 } from '../../extrinsic/sr25519.ts'
import { fromHex } from '../../scale/hex.ts'
import { atomically, type Ctx, done, type Outcome } from '../core/ctx.ts'
import { dispatchError, type Failure } from '../core/failure.ts'
import { evmChainId, limitOrders, timestamp } from '../core/pallets.ts'
import { freeOf, transfer } from '../money/balances.ts'
import { addStake } from '../stake/add.ts'
import { ROOT, stakeOf } from '../stake/ledger.ts'
import { priceOf } from '../stake/pools.ts'
import { removeStake } from '../stake/remove.ts'

const s = limitOrders.storage
const BILLION = 1_000_000_000n
const U64_MAX = (1n << 64n) - 1n

const refuse = (error: keyof typeof limitOrders.errors): Result<never, Failure> => err({ pallet: 'LimitOrders', error })

/** By this name the chain remembers an order. */
export const orderId = (order: VersionedOrder): string => blake2AsHex(versionedOrder.codec.enc(order), 256)

const parts = (amount: bigint, perBillion: number): bigint => (amount * BigInt(perBillion)) / BILLION

/** How far the trade itself may push the price; nothing is asked of it where the order names no slippage. */
function swapLimit({ order_type, limit_price, max_slippage }: Order): bigint | undefined {
  if (max_slippage === undefined) return undefined
  const delta = parts(limit_price, max_slippage)
  if (order_type.type !== 'LimitBuy') return limit_price - delta
  return limit_price + delta > U64_MAX ? U64_MAX : limit_price + delta
}

const isSigned = ({ order, signature }: SignedOrder): boolean =>
  signature.type === 'Sr25519' &&
  verifySr25519(versionedOrder.codec.enc(order), fromHex(signature.value), fromHex(order.value.signer))

const priceFits = ({ order_type, limit_price }: Order, price: bigint): boolean =>
  order_type.type === 'TakeProfit' ? price >= limit_price : price <= limit_price

/** How much of the order is to be carried out now. @errors those about parts of an order */
function part(
  { store }: Ctx,
  { partial_fill: asked, order: { value: order } }: SignedOrder,
  id: string,
): Outcome<bigint> {
  const status = store.get(s.Orders, id)
  const filled = status?.type === 'PartiallyFilled' ? status.value : 0n
  if (asked === undefined) return filled > 0n ? refuse('IncorrectPartialFillAmount') : ok(order.amount)
  if (order.relayer === undefined) return refuse('RelayerRequiredForPartialFill')
  if (!order.partial_fills_enabled) return refuse('PartialFillsNotEnabled')
  return asked > 0n && asked <= order.amount - filled ? ok(asked) : refuse('IncorrectPartialFillAmount')
}

/** The chain's checks in its order. @source subtensor `pallets/limit-orders/src/lib.rs` validate_order */
function executable(ctx: Ctx, signed: SignedOrder, relayer: string): Outcome<bigint> {
  const { store } = ctx
  const order = signed.order.value
  if (order.netuid === ROOT) return refuse('RootNetUidNotAllowed')
  if (order.chain_id !== store.get(evmChainId.storage.ChainId)) return refuse('ChainIdMismatch')
  if (!isSigned(signed)) return refuse('InvalidSignature')
  const id = orderId(signed.order)
  const status = store.get(s.Orders, id)?.type
  if (status === 'Fulfilled') return refuse('OrderAlreadyProcessed')
  if (status === 'Cancelled') return refuse('OrderCancelled')
  if (store.get(timestamp.storage.Now) > order.expiry) return refuse('OrderExpired')
  if (!priceFits(order, priceOf(store, order.netuid))) return refuse('PriceConditionNotMet')
  if (order.relayer && !order.relayer.includes(relayer)) return refuse('RelayerMissMatch')
  return part(ctx, signed, id)
}

/** Trades, and pays the order's fee out of the TAO of the trade. @returns what came out: alpha, or TAO after the fee */
function trade(ctx: Ctx, order: Order, amount: bigint): Outcome<bigint> {
  const { store } = ctx
  const position = { hotkey: order.hotkey, coldkey: order.signer, netuid: order.netuid }
  const limitPrice = swapLimit(order)
  const buys = order.order_type.type === 'LimitBuy'
  const before = buys ? stakeOf(store, position) : freeOf(store, order.signer)
  const fee = buys ? parts(amount, order.fee_rate) : 0n
  const traded = buys
    ? addStake(ctx, { ...position, amount: amount - fee, limitPrice })
    : removeStake(ctx, { ...position, amount, limitPrice })
  if (!traded.ok) return traded
  const received = (buys ? stakeOf(store, position) : freeOf(store, order.signer)) - before
  if (received <= 0n) return refuse('SwapReturnedZero')
  const due = buys ? fee : parts(received, order.fee_rate)
  const paid =
    due === 0n ? done : transfer(ctx, { from: order.signer, to: order.fee_recipient, amount: due }, 'keep-alive')
  return paid.ok ? ok(buys ? received : received - due) : paid
}

function execute(ctx: Ctx, signed: SignedOrder, relayer: string): Outcome {
  const amount = executable(ctx, signed, relayer)
  if (!amount.ok) return amount
  const order = signed.order.value
  const id = orderId(signed.order)
  const out = trade(ctx, order, amount.value)
  if (!out.ok) return out
  const status = ctx.store.get(s.Orders, id)
  const filled = (status?.type === 'PartiallyFilled' ? status.value : 0n) + amount.value
  ctx.store.set(
    s.Orders,
    [id],
    filled >= order.amount ? { type: 'Fulfilled', value: undefined } : { type: 'PartiallyFilled', value: filled },
  )
  const { signer, netuid, order_type } = order
  const value = { order_id: id, signer, netuid, order_type, amount_in: amount.value, amount_out: out.value }
  ctx.emit({ type: 'LimitOrders', value: { type: 'OrderExecuted', value } })
  return done
}

type OrderCall = Extract<RuntimeCall, { readonly type: 'LimitOrders' }>['value']

function executeAll(
  ctx: Ctx,
  relayer: string,
  { orders, should_fail }: Extract<OrderCall, { type: 'execute_orders' }>['value'],
): Outcome {
  if (!ctx.store.get(s.LimitOrdersEnabled)) return refuse('LimitOrdersDisabled')
  for (const signed of orders) {
    const outcome = atomically(ctx, (inner) => execute(inner, signed, relayer))
    if (outcome.ok) continue
    if (should_fail) return outcome
    const value = { order_id: orderId(signed.order), reason: dispatchError(outcome.error) }
    ctx.emit({ type: 'LimitOrders', value: { type: 'OrderSkipped', value } })
  }
  return done
}

/** @errors Unauthorized, OrderAlreadyProcessed */
function cancel(ctx: Ctx, who: string, order: VersionedOrder): Outcome {
  if (order.value.signer !== who) return refuse('Unauthorized')
  const order_id = orderId(order)
  if (ctx.store.has(s.Orders, order_id)) return refuse('OrderAlreadyProcessed')
  ctx.store.set(s.Orders, [order_id], { type: 'Cancelled', value: undefined })
  ctx.emit({ type: 'LimitOrders', value: { type: 'OrderCancelled', value: { order_id, signer: who } } })
  return done
}

/** What an account may do with orders. @source subtensor `pallets/limit-orders/src/lib.rs` */
export function dispatchOrders(ctx: Ctx, who: string, call: OrderCall): Outcome {
  if (call.type === 'execute_orders') return executeAll(ctx, who, call.value)
  return call.type === 'cancel_order' ? cancel(ctx, who, call.value.order) : err({ other: 'BadOrigin' })
}

/** Only root switches the pallet. */
export function dispatchOrdersAsRoot(ctx: Ctx, call: OrderCall): Outcome {
  if (call.type !== 'set_pallet_status') return err({ other: 'BadOrigin' })
  const { enabled } = call.value
  ctx.store.set(s.LimitOrdersEnabled, [], enabled)
  ctx.emit({ type: 'LimitOrders', value: { type: 'LimitOrdersPalletStatusChanged', value: { enabled } } })
  return done
}
