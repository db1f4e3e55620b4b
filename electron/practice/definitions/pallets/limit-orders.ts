import { boundedVec, vec } from '../../scale/composites.ts'
import { call, constant, definePallet, error, event } from '../../scale/pallet.ts'
import { bool, u16, u32, u64 } from '../../scale/primitives.ts'
import { storageOptionMap, storageValue } from '../../scale/storage.ts'
import { accountId, h256 } from '../types/account.ts'
import { dispatchError } from '../types/frame.ts'
import { orderStatus, orderType, signedOrder, versionedOrder } from '../types/limit-orders.ts'

const orders = boundedVec(signedOrder, vec(signedOrder))

/** Orders signed away from the chain. Executing several as one trade is left out: it only makes a relayer's work cheaper. */
export const limitOrders = definePallet({
  name: 'LimitOrders',
  index: 32,
  module: 'pallet_limit_orders::pallet',
  calls: {
    execute_orders: call(0, { orders, should_fail: bool }, 'A relayer carries out signed orders, one by one.'),
    cancel_order: call(2, { order: versionedOrder }, 'The signer makes an order worthless.'),
    set_pallet_status: call(3, { enabled: bool }, 'Root switches the pallet on or off.'),
  },
  events: {
    OrderExecuted: event(0, {
      order_id: h256,
      signer: accountId,
      netuid: u16,
      order_type: orderType,
      amount_in: u64,
      amount_out: u64,
    }),
    OrderSkipped: event(1, { order_id: h256, reason: dispatchError }),
    OrderCancelled: event(2, { order_id: h256, signer: accountId }),
    LimitOrdersPalletStatusChanged: event(4, { enabled: bool }),
  },
  errors: {
    InvalidSignature: error(0, 'The signature is not the signer’s over this order.'),
    OrderAlreadyProcessed: error(1, 'The order was carried out or cancelled before.'),
    OrderCancelled: error(2, 'The order was cancelled.'),
    OrderExpired: error(3, 'The order’s time is over.'),
    PriceConditionNotMet: error(4, 'The price is not where the order wants it.'),
    Unauthorized: error(5, 'Only the signer may cancel an order.'),
    SwapReturnedZero: error(6, 'The trade would bring nothing.'),
    RootNetUidNotAllowed: error(7, 'There are no orders on root.'),
    LimitOrdersDisabled: error(9, 'The pallet is switched off.'),
    RelayerMissMatch: error(10, 'The order names other relayers.'),
    PartialFillsNotEnabled: error(11, 'The order does not allow parts of it.'),
    IncorrectPartialFillAmount: error(12, 'The part is nothing, or more than is left.'),
    RelayerRequiredForPartialFill: error(13, 'Parts of an order need a named relayer.'),
    ChainIdMismatch: error(14, 'The order is for another chain.'),
  },
  constants: { MaxOrdersPerBatch: constant(u32, 100) },
  storage: {
    Orders: storageOptionMap([['Blake2128Concat', h256]], orderStatus),
    LimitOrdersEnabled: storageValue(bool, false),
  },
})
