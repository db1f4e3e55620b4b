import { definePallet } from '../../scale/pallet.ts'
import { u64 } from '../../scale/primitives.ts'
import { storageValue } from '../../scale/storage.ts'

/** By what number Ethereum tools know the chain. Limit orders are bound to it. */
export const evmChainId = definePallet({
  name: 'EVMChainId',
  index: 23,
  module: 'pallet_evm_chain_id::pallet',
  storage: { ChainId: storageValue(u64, 0n) },
})
