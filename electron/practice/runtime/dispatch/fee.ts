import { PALLETS } from '../../definitions/pallets.ts'
import type { CallWeight } from './call-weight.ts'

/** rao per ref_time is 500,000 / 1e9. @source subtensor `runtime/src/lib.rs` (WeightToFee) */
const FEE_NUMERATOR = 500_000n
const FEE_DENOMINATOR = 1_000_000_000n
const BASE_REF_TIME = PALLETS.System.constants.BlockWeights.value.per_class.normal.base_extrinsic.ref_time

/** What a transaction costs, in rao. */
export interface Fee {
  readonly base: bigint
  /** 1 rao per encoded byte */
  readonly length: bigint
  readonly weight: bigint
  readonly total: bigint
}

export const weightFee = (refTime: bigint): bigint => (refTime * FEE_NUMERATOR) / FEE_DENOMINATOR
export const lengthFee = (length: number): bigint => BigInt(length)

/** @param length  bytes of the whole extrinsic */
export function feeOf(weight: CallWeight, length: number): Fee {
  if (!weight.paysFee) return { base: 0n, length: 0n, weight: 0n, total: 0n }
  const parts = { base: weightFee(BASE_REF_TIME), length: lengthFee(length), weight: weightFee(weight.refTime) }
  return { ...parts, total: parts.base + parts.length + parts.weight }
}
