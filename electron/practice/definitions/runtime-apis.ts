import { accountNonceApi, core, metadata, transactionPaymentApi, transactionPaymentCallApi } from './apis/base-apis.ts'
import { proxyFilterRuntimeApi } from './apis/proxy-apis.ts'
import { delegateInfoRuntimeApi, stakeInfoRuntimeApi, swapRuntimeApi } from './apis/stake-apis.ts'
import { neuronInfoRuntimeApi, subnetInfoRuntimeApi, subnetRegistrationRuntimeApi } from './apis/subnet-apis.ts'
import { betaBasketRuntimeApi } from './newer.ts'

/** Every runtime API of the practice chain, by the name that `state_call` methods begin with. */
export const RUNTIME_APIS = {
  Core: core,
  Metadata: metadata,
  AccountNonceApi: accountNonceApi,
  TransactionPaymentApi: transactionPaymentApi,
  TransactionPaymentCallApi: transactionPaymentCallApi,
  SubnetInfoRuntimeApi: subnetInfoRuntimeApi,
  NeuronInfoRuntimeApi: neuronInfoRuntimeApi,
  SubnetRegistrationRuntimeApi: subnetRegistrationRuntimeApi,
  StakeInfoRuntimeApi: stakeInfoRuntimeApi,
  DelegateInfoRuntimeApi: delegateInfoRuntimeApi,
  SwapRuntimeApi: swapRuntimeApi,
  ProxyFilterRuntimeApi: proxyFilterRuntimeApi,
  BetaBasketRuntimeApi: betaBasketRuntimeApi,
} as const
