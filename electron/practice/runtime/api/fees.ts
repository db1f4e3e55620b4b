import type { AnyCall } from '../../definitions/outer-call.ts'
import { decodeBody } from '../../extrinsic/extrinsic.ts'
import { weightOf } from '../dispatch/call-weight.ts'
import { feeOf, lengthFee, weightFee } from '../dispatch/fee.ts'
import type { HandlersOf } from './handlers.ts'

/** @param len  bytes of the whole extrinsic */
function info(call: AnyCall, len: number) {
  const weight = weightOf(call)
  return {
    weight: { ref_time: weight.refTime, proof_size: 0n },
    class: { type: 'Normal' as const, value: undefined },
    partial_fee: feeOf(weight, len).total,
  }
}

function details(call: AnyCall, len: number) {
  const weight = weightOf(call)
  const fee = feeOf(weight, len)
  const inclusion_fee = weight.paysFee
    ? { base_fee: fee.base, len_fee: fee.length, adjusted_weight_fee: fee.weight }
    : undefined
  return { inclusion_fee, tip: 0n }
}

type FeeApis = 'TransactionPaymentApi' | 'TransactionPaymentCallApi'

export const feeHandlers: { readonly [A in FeeApis]: HandlersOf<A> } = {
  TransactionPaymentApi: {
    query_info: (_ctx, { uxt, len }) => info(decodeBody(uxt).call, len),
    query_fee_details: (_ctx, { uxt, len }) => {
      const { call, signed } = decodeBody(uxt)
      return { ...details(call, len), tip: signed?.tip ?? 0n }
    },
    query_weight_to_fee: (_ctx, { weight }) => weightFee(weight.ref_time),
    query_length_to_fee: (_ctx, { length }) => lengthFee(length),
  },
  TransactionPaymentCallApi: {
    query_call_info: (_ctx, { call, len }) => info(call, len),
    query_call_fee_details: (_ctx, { call, len }) => details(call, len),
    query_weight_to_fee: (_ctx, { weight }) => weightFee(weight.ref_time),
    query_length_to_fee: (_ctx, { length }) => lengthFee(length),
  },
}
