import { constant, definePallet, event } from '../../scale/pallet.ts'
import { u8, u64 } from '../../scale/primitives.ts'
import { storageValue } from '../../scale/storage.ts'
import { accountId } from '../types/account.ts'
import { fixedU128, releases } from '../types/fees.ts'

/** Fees by weight and length. */
export const transactionPayment = definePallet({
  name: 'TransactionPayment',
  index: 6,
  module: 'pallet_transaction_payment::pallet',
  events: {
    TransactionFeePaid: event(0, { who: accountId, actual_fee: u64, tip: u64 }),
  },
  storage: {
    NextFeeMultiplier: storageValue(fixedU128, 1_000_000_000_000_000_000n),
    StorageVersion: storageValue(releases, { type: 'V1Ancient', value: undefined }),
  },
  constants: {
    OperationalFeeMultiplier: constant(u8, 5),
  },
})
