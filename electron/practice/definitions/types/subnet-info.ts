import { array, option, struct, vec } from '../../scale/composites.ts'
import { enumeration, unnamed } from '../../scale/enumeration.ts'
import { bool, compact, text, u16, u32, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'
import { i32F32, u64F64 } from './fixed.ts'
import { subnetIdentityV3 } from './identity.ts'

// A subnet’s parameters in the forms that the chain’s older and newer APIs use.

export const subnetInfo = struct(
  'pallet_subtensor::rpc_info::subnet_info::SubnetInfo',
  {
    netuid: compact(u16),
    rho: compact(u16),
    kappa: compact(u16),
    difficulty: compact(u64),
    immunity_period: compact(u16),
    max_allowed_validators: compact(u16),
    min_allowed_weights: compact(u16),
    max_weights_limit: compact(u16),
    scaling_law_power: compact(u16),
    subnetwork_n: compact(u16),
    max_allowed_uids: compact(u16),
    blocks_since_last_step: compact(u64),
    tempo: compact(u16),
    network_modality: compact(u16),
    network_connect: vec(array(u16, 2)),
    emission_values: compact(u64),
    burn: compact(u64),
    owner: accountId,
  },
  { AccountId: accountId.shape },
)
export type SubnetInfo = ValueOf<typeof subnetInfo>

export const subnetInfov2 = struct(
  'pallet_subtensor::rpc_info::subnet_info::SubnetInfov2',
  {
    netuid: compact(u16),
    rho: compact(u16),
    kappa: compact(u16),
    difficulty: compact(u64),
    immunity_period: compact(u16),
    max_allowed_validators: compact(u16),
    min_allowed_weights: compact(u16),
    max_weights_limit: compact(u16),
    scaling_law_power: compact(u16),
    subnetwork_n: compact(u16),
    max_allowed_uids: compact(u16),
    blocks_since_last_step: compact(u64),
    tempo: compact(u16),
    network_modality: compact(u16),
    network_connect: vec(array(u16, 2)),
    emission_value: compact(u64),
    burn: compact(u64),
    owner: accountId,
    identity: option(subnetIdentityV3),
  },
  { AccountId: accountId.shape },
)
export type SubnetInfov2 = ValueOf<typeof subnetInfov2>

export const subnetHyperparams = struct('pallet_subtensor::rpc_info::subnet_info::SubnetHyperparams', {
  rho: compact(u16),
  kappa: compact(u16),
  immunity_period: compact(u16),
  min_allowed_weights: compact(u16),
  max_weights_limit: compact(u16),
  tempo: compact(u16),
  min_difficulty: compact(u64),
  max_difficulty: compact(u64),
  weights_version: compact(u64),
  weights_rate_limit: compact(u64),
  adjustment_interval: compact(u16),
  activity_cutoff: compact(u64),
  registration_allowed: bool,
  target_regs_per_interval: compact(u16),
  min_burn: compact(u64),
  max_burn: compact(u64),
  bonds_moving_avg: compact(u64),
  max_regs_per_block: compact(u16),
  serving_rate_limit: compact(u64),
  max_validators: compact(u16),
  adjustment_alpha: compact(u64),
  difficulty: compact(u64),
  commit_reveal_period: compact(u64),
  commit_reveal_weights_enabled: bool,
  alpha_high: compact(u16),
  alpha_low: compact(u16),
  liquid_alpha_enabled: bool,
})
export type SubnetHyperparams = ValueOf<typeof subnetHyperparams>

export const subnetHyperparamsV2 = struct('pallet_subtensor::rpc_info::subnet_info::SubnetHyperparamsV2', {
  rho: compact(u16),
  kappa: compact(u16),
  immunity_period: compact(u16),
  min_allowed_weights: compact(u16),
  max_weights_limit: compact(u16),
  tempo: compact(u16),
  min_difficulty: compact(u64),
  max_difficulty: compact(u64),
  weights_version: compact(u64),
  weights_rate_limit: compact(u64),
  adjustment_interval: compact(u16),
  activity_cutoff: compact(u64),
  registration_allowed: bool,
  target_regs_per_interval: compact(u16),
  min_burn: compact(u64),
  max_burn: compact(u64),
  bonds_moving_avg: compact(u64),
  max_regs_per_block: compact(u16),
  serving_rate_limit: compact(u64),
  max_validators: compact(u16),
  adjustment_alpha: compact(u64),
  difficulty: compact(u64),
  commit_reveal_period: compact(u64),
  commit_reveal_weights_enabled: bool,
  alpha_high: compact(u16),
  alpha_low: compact(u16),
  liquid_alpha_enabled: bool,
  alpha_sigmoid_steepness: i32F32,
  yuma_version: compact(u16),
  subnet_is_active: bool,
  transfers_enabled: bool,
  bonds_reset_enabled: bool,
  user_liquidity_enabled: bool,
})
export type SubnetHyperparamsV2 = ValueOf<typeof subnetHyperparamsV2>

export const hyperparamValue = enumeration('pallet_subtensor::rpc_info::subnet_info::HyperparamValue', {
  Bool: unnamed(0, [bool]),
  U16: unnamed(1, [compact(u16)]),
  U32: unnamed(2, [compact(u32)]),
  U64: unnamed(3, [compact(u64)]),
  U128: unnamed(4, [compact(u128)]),
  TaoBalance: unnamed(5, [compact(u64)]),
  I32F32: unnamed(6, [i32F32]),
  U64F64: unnamed(7, [u64F64]),
})
export type HyperparamValue = ValueOf<typeof hyperparamValue>

export const hyperparamEntry = struct('pallet_subtensor::rpc_info::subnet_info::HyperparamEntry', {
  name: text,
  value: hyperparamValue,
})
export type HyperparamEntry = ValueOf<typeof hyperparamEntry>
