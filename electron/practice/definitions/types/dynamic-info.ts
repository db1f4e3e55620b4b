import { option, struct, vec } from '../../scale/composites.ts'
import { bool, compact, compactText, u16, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'
import { i96F32 } from './fixed.ts'
import { subnetIdentityV3 } from './identity.ts'

// A subnet’s pool and state.

export const dynamicInfo = struct(
  'pallet_subtensor::rpc_info::dynamic_info::DynamicInfo',
  {
    netuid: compact(u16),
    owner_hotkey: accountId,
    owner_coldkey: accountId,
    subnet_name: compactText,
    token_symbol: compactText,
    tempo: compact(u16),
    last_step: compact(u64),
    blocks_since_last_step: compact(u64),
    emission: compact(u64),
    alpha_in: compact(u64),
    alpha_out: compact(u64),
    tao_in: compact(u64),
    alpha_out_emission: compact(u64),
    alpha_in_emission: compact(u64),
    tao_in_emission: compact(u64),
    pending_alpha_emission: compact(u64),
    pending_root_emission: compact(u64),
    subnet_volume: compact(u128),
    network_registered_at: compact(u64),
    subnet_identity: option(subnetIdentityV3),
    moving_price: i96F32,
  },
  { AccountId: accountId.shape },
)
export type DynamicInfo = ValueOf<typeof dynamicInfo>

export const subnetState = struct(
  'pallet_subtensor::rpc_info::show_subnet::SubnetState',
  {
    netuid: compact(u16),
    hotkeys: vec(accountId),
    coldkeys: vec(accountId),
    active: vec(bool),
    validator_permit: vec(bool),
    pruning_score: vec(compact(u16)),
    last_update: vec(compact(u64)),
    emission: vec(compact(u64)),
    dividends: vec(compact(u16)),
    incentives: vec(compact(u16)),
    consensus: vec(compact(u16)),
    trust: vec(compact(u16)),
    rank: vec(compact(u16)),
    block_at_registration: vec(compact(u64)),
    alpha_stake: vec(compact(u64)),
    tao_stake: vec(compact(u64)),
    total_stake: vec(compact(u64)),
    emission_history: vec(vec(compact(u64))),
  },
  { AccountId: accountId.shape },
)
export type SubnetState = ValueOf<typeof subnetState>
