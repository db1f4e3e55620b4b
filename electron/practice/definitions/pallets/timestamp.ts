import { call, constant, definePallet } from '../../scale/pallet.ts'
import { bool, compact, u64 } from '../../scale/primitives.ts'
import { storageValue } from '../../scale/storage.ts'

/** The time of the block, in ms since 1970; the block author sets it by an unsigned extrinsic. */
export const timestamp = definePallet({
  name: 'Timestamp',
  index: 2,
  module: 'pallet_timestamp::pallet',
  calls: {
    set: call(0, { now: compact(u64) }, 'Sets the time of this block, ms since 1970.'),
  },
  storage: {
    Now: storageValue(u64, 0n),
    DidUpdate: storageValue(bool, false),
  },
  constants: {
    MinimumPeriod: constant(u64, 6000n),
  },
})
