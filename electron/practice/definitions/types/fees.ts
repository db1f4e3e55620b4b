import { newtype, option, struct } from '../../scale/composites.ts'
import { empty, enumeration } from '../../scale/enumeration.ts'
import { u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { dispatchClass, weight } from './frame.ts'

// What a transaction costs.

export const fixedU128 = newtype('sp_arithmetic::fixed_point::FixedU128', u128)
export type FixedU128 = ValueOf<typeof fixedU128>

export const releases = enumeration('pallet_transaction_payment::Releases', {
  V1Ancient: empty(0),
  V2: empty(1),
})
export type Releases = ValueOf<typeof releases>

export const runtimeDispatchInfo = struct(
  'pallet_transaction_payment::types::RuntimeDispatchInfo',
  { weight, class: dispatchClass, partial_fee: u64 },
  { Balance: u64.shape, Weight: weight.shape },
)
export type RuntimeDispatchInfo = ValueOf<typeof runtimeDispatchInfo>

export const inclusionFee = struct(
  'pallet_transaction_payment::types::InclusionFee',
  { base_fee: u64, len_fee: u64, adjusted_weight_fee: u64 },
  { Balance: u64.shape },
)
export type InclusionFee = ValueOf<typeof inclusionFee>

export const feeDetails = struct(
  'pallet_transaction_payment::types::FeeDetails',
  { inclusion_fee: option(inclusionFee), tip: u64 },
  { Balance: u64.shape },
)
export type FeeDetails = ValueOf<typeof feeDetails>
