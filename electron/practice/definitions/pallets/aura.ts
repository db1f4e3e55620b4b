import { constant, definePallet } from '../../scale/pallet.ts'
import { u64 } from '../../scale/primitives.ts'

/** Who builds blocks. The practice chain has one author and no such choice; clients read the block time here. */
export const aura = definePallet({
  name: 'Aura',
  index: 3,
  module: 'pallet_aura::pallet',
  constants: {
    SlotDuration: constant(u64, 12_000n, 'Time between blocks, in ms.'),
  },
})
