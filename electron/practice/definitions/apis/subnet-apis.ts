import { option, vec } from '../../scale/composites.ts'
import { u8, u16, u64 } from '../../scale/primitives.ts'
import { apiMethod, runtimeApi } from '../../scale/runtime-api.ts'
import { accountId } from '../types/account.ts'
import { dynamicInfo, subnetState } from '../types/dynamic-info.ts'
import { metagraph } from '../types/metagraph.ts'
import { neuronInfo, neuronInfoLite } from '../types/neuron.ts'
import { selectiveMetagraph } from '../types/selective-metagraph.ts'
import {
  hyperparamEntry,
  subnetHyperparams,
  subnetHyperparamsV2,
  subnetInfo,
  subnetInfov2,
} from '../types/subnet-info.ts'

// Runtime APIs about subnets and their neurons.

export const subnetInfoRuntimeApi = runtimeApi({
  name: 'SubnetInfoRuntimeApi',
  version: 2,
  methods: {
    get_subnet_info: apiMethod({ netuid: u16 }, option(subnetInfo)),
    get_subnets_info: apiMethod({}, vec(option(subnetInfo))),
    get_subnet_info_v2: apiMethod({ netuid: u16 }, option(subnetInfov2)),
    get_subnets_info_v2: apiMethod({}, vec(option(subnetInfov2))),
    get_subnet_hyperparams: apiMethod({ netuid: u16 }, option(subnetHyperparams)),
    get_subnet_hyperparams_v2: apiMethod({ netuid: u16 }, option(subnetHyperparamsV2)),
    get_all_dynamic_info: apiMethod({}, vec(option(dynamicInfo))),
    get_all_metagraphs: apiMethod({}, vec(option(metagraph))),
    get_metagraph: apiMethod({ netuid: u16 }, option(metagraph)),
    get_all_mechagraphs: apiMethod({}, vec(option(metagraph))),
    get_mechagraph: apiMethod({ netuid: u16, mecid: u8 }, option(metagraph)),
    get_dynamic_info: apiMethod({ netuid: u16 }, option(dynamicInfo)),
    get_subnet_state: apiMethod({ netuid: u16 }, option(subnetState)),
    get_selective_metagraph: apiMethod({ netuid: u16, metagraph_indexes: vec(u16) }, option(selectiveMetagraph)),
    get_coldkey_auto_stake_hotkey: apiMethod({ coldkey: accountId, netuid: u16 }, option(accountId)),
    get_selective_mechagraph: apiMethod(
      { netuid: u16, subid: u8, metagraph_indexes: vec(u16) },
      option(selectiveMetagraph),
    ),
    get_subnet_to_prune: apiMethod({}, option(u16)),
    get_subnet_account_id: apiMethod({ netuid: u16 }, option(accountId)),
    get_next_epoch_start_block: apiMethod({ netuid: u16 }, option(u64)),
    get_subnet_hyperparams_v3: apiMethod({ netuid: u16 }, option(vec(hyperparamEntry))),
  },
})

export const neuronInfoRuntimeApi = runtimeApi({
  name: 'NeuronInfoRuntimeApi',
  version: 1,
  methods: {
    get_neurons: apiMethod({ netuid: u16 }, vec(neuronInfo)),
    get_neuron: apiMethod({ netuid: u16, uid: u16 }, option(neuronInfo)),
    get_neurons_lite: apiMethod({ netuid: u16 }, vec(neuronInfoLite)),
    get_neuron_lite: apiMethod({ netuid: u16, uid: u16 }, option(neuronInfoLite)),
  },
})

export const subnetRegistrationRuntimeApi = runtimeApi({
  name: 'SubnetRegistrationRuntimeApi',
  version: 1,
  methods: {
    get_network_registration_cost: apiMethod({}, u64),
  },
})
