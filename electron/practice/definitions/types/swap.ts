import { newtype, struct } from '../../scale/composites.ts'
import { u16, u64 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'

// Pools and simulated swaps.

export const perquintill = newtype('sp_arithmetic::per_things::Perquintill', u64)
export type Perquintill = ValueOf<typeof perquintill>

export const balancer = struct('pallet_subtensor_swap::pallet::balancer::Balancer', { quote: perquintill })
export type Balancer = ValueOf<typeof balancer>

export const subnetPrice = struct('pallet_subtensor_swap_runtime_api::SubnetPrice', { netuid: u16, price: u64 })
export type SubnetPrice = ValueOf<typeof subnetPrice>

export const simSwapResult = struct('pallet_subtensor_swap_runtime_api::SimSwapResult', {
  tao_amount: u64,
  alpha_amount: u64,
  tao_fee: u64,
  alpha_fee: u64,
  tao_slippage: u64,
  alpha_slippage: u64,
})
export type SimSwapResult = ValueOf<typeof simSwapResult>
