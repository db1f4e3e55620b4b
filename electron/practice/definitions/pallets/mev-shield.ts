import { boundedVec } from '../../scale/composites.ts'
import { definePallet } from '../../scale/pallet.ts'
import { bytes, u8 } from '../../scale/primitives.ts'
import { storageOption } from '../../scale/storage.ts'

/**
 * Only what tells clients that transactions cannot be hidden here: no key is ever set, as on a local Subtensor node.
 * Without the item `btcli` does not fall back to open submission, it fails.
 */
export const mevShield = definePallet({
  name: 'MevShield',
  index: 30,
  module: 'pallet_shield::pallet',
  storage: { NextKey: storageOption(boundedVec(u8, bytes), 'Key to encrypt with; never set on the practice chain.') },
})
