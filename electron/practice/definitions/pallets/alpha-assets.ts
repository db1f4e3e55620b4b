import { definePallet } from '../../scale/pallet.ts'
import { u16, u64 } from '../../scale/primitives.ts'
import { storageMap } from '../../scale/storage.ts'

/** How much alpha of each subnet was destroyed by its holders. */
export const alphaAssets = definePallet({
  name: 'AlphaAssets',
  index: 31,
  module: 'pallet_alpha_assets::pallet',
  storage: {
    AlphaBurned: storageMap([['Twox64Concat', u16]], u64, 0n),
    AlphaRecycled: storageMap([['Twox64Concat', u16]], u64, 0n),
  },
})
