import { struct, tuple, vec } from '../../scale/composites.ts'
import { bool, compact, i64, u16, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'
import { u64F64 } from './fixed.ts'

// Stake, delegates and what may be unstaked.

export const safeFloat = struct('share_pool::SafeFloat', { mantissa: u128, exponent: i64 })
export type SafeFloat = ValueOf<typeof safeFloat>

export const lockState = struct('pallet_subtensor::staking::lock::LockState', {
  locked_mass: u64,
  conviction: u64F64,
  last_update: u64,
})
export type LockState = ValueOf<typeof lockState>

export const stakeInfo = struct(
  'pallet_subtensor::rpc_info::stake_info::StakeInfo',
  {
    hotkey: accountId,
    coldkey: accountId,
    netuid: compact(u16),
    stake: compact(u64),
    locked: compact(u64),
    emission: compact(u64),
    tao_emission: compact(u64),
    drain: compact(u64),
    is_registered: bool,
  },
  { AccountId: accountId.shape },
)
export type StakeInfo = ValueOf<typeof stakeInfo>

export const stakeAvailability = struct('pallet_subtensor::rpc_info::stake_info::StakeAvailability', {
  total: compact(u64),
  locked: compact(u64),
  available: compact(u64),
})
export type StakeAvailability = ValueOf<typeof stakeAvailability>

export const delegateInfo = struct(
  'pallet_subtensor::rpc_info::delegate_info::DelegateInfo',
  {
    delegate_ss58: accountId,
    take: compact(u16),
    nominators: vec(tuple(accountId, vec(tuple(compact(u16), compact(u64))))),
    owner_ss58: accountId,
    registrations: vec(compact(u16)),
    validator_permits: vec(compact(u16)),
    return_per_1000: compact(u64),
    total_daily_return: compact(u64),
  },
  { AccountId: accountId.shape },
)
export type DelegateInfo = ValueOf<typeof delegateInfo>
