import { boundedVec, struct, tuple, vec } from '../../scale/composites.ts'
import { bool, bytes, compact, u8, u16, u32, u64, u128 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'

// One neuron and how to reach it.

export const axonInfo = struct('pallet_subtensor::pallet::AxonInfo', {
  block: u64,
  version: u32,
  ip: u128,
  port: u16,
  ip_type: u8,
  protocol: u8,
  placeholder1: u8,
  placeholder2: u8,
})
export type AxonInfo = ValueOf<typeof axonInfo>

export const neuronCertificate = struct('pallet_subtensor::pallet::NeuronCertificate', {
  public_key: boundedVec(u8, bytes),
  algorithm: u8,
})
export type NeuronCertificate = ValueOf<typeof neuronCertificate>

export const prometheusInfo = struct('pallet_subtensor::pallet::PrometheusInfo', {
  block: u64,
  version: u32,
  ip: u128,
  port: u16,
  ip_type: u8,
})
export type PrometheusInfo = ValueOf<typeof prometheusInfo>

export const neuronInfo = struct(
  'pallet_subtensor::rpc_info::neuron_info::NeuronInfo',
  {
    hotkey: accountId,
    coldkey: accountId,
    uid: compact(u16),
    netuid: compact(u16),
    active: bool,
    axon_info: axonInfo,
    prometheus_info: prometheusInfo,
    stake: vec(tuple(accountId, compact(u64))),
    rank: compact(u16),
    emission: compact(u64),
    incentive: compact(u16),
    consensus: compact(u16),
    trust: compact(u16),
    validator_trust: compact(u16),
    dividends: compact(u16),
    last_update: compact(u64),
    validator_permit: bool,
    weights: vec(tuple(compact(u16), compact(u16))),
    bonds: vec(tuple(compact(u16), compact(u16))),
    pruning_score: compact(u16),
  },
  { AccountId: accountId.shape },
)
export type NeuronInfo = ValueOf<typeof neuronInfo>

export const neuronInfoLite = struct(
  'pallet_subtensor::rpc_info::neuron_info::NeuronInfoLite',
  {
    hotkey: accountId,
    coldkey: accountId,
    uid: compact(u16),
    netuid: compact(u16),
    active: bool,
    axon_info: axonInfo,
    prometheus_info: prometheusInfo,
    stake: vec(tuple(accountId, compact(u64))),
    rank: compact(u16),
    emission: compact(u64),
    incentive: compact(u16),
    consensus: compact(u16),
    trust: compact(u16),
    validator_trust: compact(u16),
    dividends: compact(u16),
    last_update: compact(u64),
    validator_permit: bool,
    pruning_score: compact(u16),
  },
  { AccountId: accountId.shape },
)
export type NeuronInfoLite = ValueOf<typeof neuronInfoLite>
