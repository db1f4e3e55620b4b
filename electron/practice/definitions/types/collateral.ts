import { struct } from '../../scale/composites.ts'
import { u64 } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { u64F64 } from './fixed.ts'

/** Alpha of one stake position that is bound as collateral of a registration. Newer than spec 424. */
export const minerCollateralState = struct('pallet_subtensor::pallet::MinerCollateralState', {
  locked: u64,
  drain_ratio: u64F64,
  min_locked: u64,
  earned: u64,
})
export type MinerCollateralState = ValueOf<typeof minerCollateralState>
