import { empty, enumeration } from '../../scale/enumeration.ts'
import type { ValueOf } from '../../scale/type.ts'

// Other types of the Subtensor pallet.

export const recycleOrBurnEnum = enumeration('pallet_subtensor::pallet::RecycleOrBurnEnum', {
  Burn: empty(0),
  Recycle: empty(1),
})
export type RecycleOrBurnEnum = ValueOf<typeof recycleOrBurnEnum>
