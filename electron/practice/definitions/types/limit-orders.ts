import { boundedVec, newtype, option, struct, vec } from '../../scale/composites.ts'
import { empty, enumeration, unnamed } from '../../scale/enumeration.ts'
import { bool, u16, u32, u64 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId, multiSignature } from './account.ts'

// Orders that a coldkey signs away from the chain and that somebody else carries out.

/** Parts per billion. */
const perbill = newtype('sp_arithmetic::per_things::Perbill', u32)

export const orderType = enumeration('pallet_limit_orders::OrderType', {
  LimitBuy: empty(0),
  TakeProfit: empty(1),
  StopLoss: empty(2),
})

export const order = struct(
  'pallet_limit_orders::Order',
  {
    signer: accountId,
    hotkey: accountId,
    netuid: u16,
    order_type: orderType,
    amount: u64,
    limit_price: u64,
    expiry: u64,
    fee_rate: perbill,
    fee_recipient: accountId,
    relayer: option(boundedVec(accountId, vec(accountId))),
    max_slippage: option(perbill),
    chain_id: u64,
    partial_fills_enabled: bool,
  },
  { AccountId: accountId.shape },
)
export type Order = ValueOf<typeof order>

export const versionedOrder = enumeration(
  'pallet_limit_orders::VersionedOrder',
  { V1: unnamed(0, [order]) },
  { AccountId: accountId.shape },
)
export type VersionedOrder = ValueOf<typeof versionedOrder>

export const signedOrder = struct(
  'pallet_limit_orders::SignedOrder',
  { order: versionedOrder, signature: multiSignature, partial_fill: option(u64) },
  { AccountId: accountId.shape },
)
export type SignedOrder = ValueOf<typeof signedOrder>

export const orderStatus = enumeration('pallet_limit_orders::OrderStatus', {
  Fulfilled: empty(0),
  PartiallyFilled: unnamed(1, [u64]),
  Cancelled: empty(2),
})
