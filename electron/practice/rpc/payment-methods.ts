import type { PracticeNode } from '../node/practice-node.ts'
import { stateOf } from './block-of.ts'
import type { Method, Methods, RpcContext } from './method.ts'
import { RpcError } from './rpc-error.ts'
import { runtimeCall } from './runtime-call.ts'
import { ScaleReader } from './scale-reader.ts'

const CLASSES = ['normal', 'operational', 'mandatory'] as const

function ask({ node, params }: RpcContext, method: string): ScaleReader {
  const extrinsic = params.bytesOrArray(0)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(extrinsic.length)
  const args = Buffer.concat([extrinsic, length])
  return new ScaleReader(readFee(node, { method, args }, params.optionalHash(1)))
}

function readFee(node: PracticeNode, call: { method: string; args: Uint8Array }, hash: string | undefined): Uint8Array {
  try {
    return runtimeCall(node, call, stateOf(node, hash))
  } catch (error) {
    if (error instanceof RpcError && error.message.includes('Execution failed')) {
      throw new RpcError(9001, 'Unable to query dispatch info.', error.message)
    }
    throw error
  }
}

const queryInfo: Method = (context) => {
  const reader = ask(context, 'TransactionPaymentApi_query_info')
  const weight = { ref_time: Number(reader.compact()), proof_size: Number(reader.compact()) }
  return { weight, class: CLASSES[reader.u8()] ?? 'normal', partialFee: reader.u64().toString() }
}

const queryFeeDetails: Method = (context) => {
  const reader = ask(context, 'TransactionPaymentApi_query_fee_details')
  if (reader.u8() === 0) return { inclusionFee: null }
  const amount = (): string => `0x${reader.u64().toString(16)}`
  return { inclusionFee: { baseFee: amount(), lenFee: amount(), adjustedWeightFee: amount() } }
}

export const paymentMethods: Methods = {
  payment_queryInfo: queryInfo,
  payment_queryFeeDetails: queryFeeDetails,
}
