import { option, vec } from '../../scale/composites.ts'
import { u32, u64 } from '../../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../../scale/runtime-api.ts'
import { outerCall } from '../outer-call.ts'
import { accountId } from '../types/account.ts'
import { feeDetails, runtimeDispatchInfo } from '../types/fees.ts'
import { opaqueMetadata, runtimeVersion, weight } from '../types/frame.ts'
import { opaqueExtrinsic } from '../types/unchecked-extrinsic.ts'

// Runtime APIs that every Substrate client knows.

export const core = runtimeApi({
  name: 'Core',
  version: 5,
  methods: {
    version: apiMethod({}, runtimeVersion),
  },
})

export const metadata = runtimeApi({
  name: 'Metadata',
  version: 2,
  methods: {
    metadata: apiMethod({}, opaqueMetadata),
    metadata_at_version: apiMethod({ version: u32 }, option(opaqueMetadata)),
    metadata_versions: apiMethod({}, vec(u32)),
  },
})

export const accountNonceApi = runtimeApi({
  name: 'AccountNonceApi',
  version: 1,
  methods: {
    account_nonce: apiMethod({ account: accountId }, u32),
  },
})

export const transactionPaymentApi = runtimeApi({
  name: 'TransactionPaymentApi',
  version: 4,
  methods: {
    query_info: apiMethod({ uxt: opaqueExtrinsic, len: u32 }, runtimeDispatchInfo),
    query_fee_details: apiMethod({ uxt: opaqueExtrinsic, len: u32 }, feeDetails),
    query_weight_to_fee: apiMethod({ weight }, u64),
    query_length_to_fee: apiMethod({ length: u32 }, u64),
  },
})

export const transactionPaymentCallApi = runtimeApi({
  name: 'TransactionPaymentCallApi',
  version: 3,
  methods: {
    query_call_info: apiMethod({ call: outerCall, len: u32 }, runtimeDispatchInfo),
    query_call_fee_details: apiMethod({ call: outerCall, len: u32 }, feeDetails),
    query_weight_to_fee: apiMethod({ weight }, u64),
    query_length_to_fee: apiMethod({ length: u32 }, u64),
  },
})
