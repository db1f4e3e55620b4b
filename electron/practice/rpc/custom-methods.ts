import { compact } from '../node/header.ts'
import { stateOf } from './block-of.ts'
import type { Method, Methods } from './method.ts'
import type { Params } from './params.ts'
import { countOf } from './params.ts'
import { invalidParams } from './rpc-error.ts'
import { runtimeCall } from './runtime-call.ts'
import { publicKeyOf } from './ss58.ts'

type Argument = 'u8' | 'u16' | 'u64' | 'account' | 'vec-u16'

function numberBytes(size: number, value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes.subarray(0, size)
}

function u64At(params: Params, index: number): bigint {
  const value = params.raw(index)
  const whole = Number.isSafeInteger(value) || (typeof value === 'string' && /^\d{1,20}$/.test(value))
  const big = whole ? BigInt(value as number | string) : -1n
  if (big < 0n || big >= 1n << 64n) throw invalidParams(`parameter ${index}: expected a u64`)
  return big
}

/** An account in these methods is an address, or its 32 bytes as an array or 0x-hex. */
function accountAt(params: Params, index: number): Uint8Array {
  const value = params.raw(index)
  const isText = typeof value === 'string' && !value.startsWith('0x')
  const bytes = isText ? publicKeyOf(value) : params.bytesOrArray(index)
  if (bytes?.length !== 32) throw invalidParams(`parameter ${index}: expected an account`)
  return bytes
}

function encode(kind: Argument, params: Params, index: number): Uint8Array {
  switch (kind) {
    case 'u8':
    case 'u16': {
      const size = kind === 'u8' ? 1 : 2
      const value = params.count(index)
      if (value >= 256 ** size) throw invalidParams(`parameter ${index}: expected a ${kind}`)
      return numberBytes(size, BigInt(value))
    }
    case 'u64':
      return numberBytes(8, u64At(params, index))
    case 'account':
      return accountAt(params, index)
    case 'vec-u16': {
      const list = params.raw(index)
      if (!Array.isArray(list)) throw invalidParams(`parameter ${index}: expected a list`)
      const items = list.map((value) => numberBytes(2, BigInt(countOf(value, index) & 0xffff)))
      return Buffer.concat([compact(items.length), ...items])
    }
    default:
      return kind satisfies never
  }
}

/** Answers the SCALE bytes as an array of numbers, as serde writes the `Vec<u8>` of the chain's own methods. */
const forward =
  (method: string, ...kinds: readonly Argument[]): Method =>
  ({ node, params }) => {
    const args = Buffer.concat(kinds.map((kind, index) => encode(kind, params, index)))
    return [...runtimeCall(node, { method, args }, stateOf(node, params.optionalHash(kinds.length)))]
  }

const subnet = (name: string, ...kinds: readonly Argument[]): Method =>
  forward(`SubnetInfoRuntimeApi_${name}`, ...kinds)

/** @source subtensor `pallets/subtensor/rpc/src/lib.rs`, `pallets/swap/rpc/src/lib.rs`. */
export const customMethods: Methods = {
  delegateInfo_getDelegates: forward('DelegateInfoRuntimeApi_get_delegates'),
  delegateInfo_getDelegate: forward('DelegateInfoRuntimeApi_get_delegate', 'account'),
  delegateInfo_getDelegated: forward('DelegateInfoRuntimeApi_get_delegated', 'account'),
  neuronInfo_getNeurons: forward('NeuronInfoRuntimeApi_get_neurons', 'u16'),
  neuronInfo_getNeuron: forward('NeuronInfoRuntimeApi_get_neuron', 'u16', 'u16'),
  neuronInfo_getNeuronsLite: forward('NeuronInfoRuntimeApi_get_neurons_lite', 'u16'),
  neuronInfo_getNeuronLite: forward('NeuronInfoRuntimeApi_get_neuron_lite', 'u16', 'u16'),
  subnetInfo_getSubnetInfo: subnet('get_subnet_info', 'u16'),
  subnetInfo_getSubnetsInfo: subnet('get_subnets_info'),
  subnetInfo_getSubnetInfo_v2: subnet('get_subnet_info_v2', 'u16'),
  subnetInfo_getSubnetsInfo_v2: subnet('get_subnets_info_v2'),
  subnetInfo_getSubnetHyperparams: subnet('get_subnet_hyperparams', 'u16'),
  subnetInfo_getSubnetHyperparamsV2: subnet('get_subnet_hyperparams_v2', 'u16'),
  subnetInfo_getAllDynamicInfo: subnet('get_all_dynamic_info'),
  subnetInfo_getDynamicInfo: subnet('get_dynamic_info', 'u16'),
  subnetInfo_getAllMetagraphs: subnet('get_all_metagraphs'),
  subnetInfo_getMetagraph: subnet('get_metagraph', 'u16'),
  subnetInfo_getAllMechagraphs: subnet('get_all_mechagraphs'),
  subnetInfo_getMechagraph: subnet('get_mechagraph', 'u16', 'u8'),
  subnetInfo_getSubnetState: subnet('get_subnet_state', 'u16'),
  subnetInfo_getSelectiveMetagraph: subnet('get_selective_metagraph', 'u16', 'vec-u16'),
  subnetInfo_getSelectiveMechagraph: subnet('get_selective_mechagraph', 'u16', 'u8', 'vec-u16'),
  subnetInfo_getColdkeyAutoStakeHotkey: subnet('get_coldkey_auto_stake_hotkey', 'account', 'u16'),
  subnetInfo_getSubnetToPrune: subnet('get_subnet_to_prune'),
  subnetInfo_getSubnetAccountId: subnet('get_subnet_account_id', 'u16'),
  subnetInfo_getLockCost: forward('SubnetRegistrationRuntimeApi_get_network_registration_cost'),
  swap_currentAlphaPrice: forward('SwapRuntimeApi_current_alpha_price', 'u16'),
  swap_currentAlphaPriceAll: forward('SwapRuntimeApi_current_alpha_price_all'),
  swap_simSwapTaoForAlpha: forward('SwapRuntimeApi_sim_swap_tao_for_alpha', 'u16', 'u64'),
  swap_simSwapAlphaForTao: forward('SwapRuntimeApi_sim_swap_alpha_for_tao', 'u16', 'u64'),
}
