import { isRao, type Rao, rao } from '../../../../shared/units/amounts.ts'
import type { Runtime } from '../runtime/runtime.ts'

/** @source subtensor `DefaultMinStake` = `InitialMinStake`, 0.002 TAO in every runtime from 293 to 475 */
const USUAL_MIN_STAKE = rao(2_000_000n)

/** Smallest stake, rao. The runtime's constant where it has one. */
export function minStakeOf(runtime: Runtime): Rao {
  const constant = runtime.constant('SubtensorModule.InitialMinStake')
  return isRao(constant) && constant > 0n ? constant : USUAL_MIN_STAKE
}
