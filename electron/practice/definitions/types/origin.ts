import { newtype } from '../../scale/composites.ts'
import { empty, enumeration, unnamed } from '../../scale/enumeration.ts'
import { fixedHex } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'
import { accountId } from './account.ts'

// Who a call comes from, as `Utility.dispatch_as` spells it.

const rawOrigin = enumeration(
  'frame_support::dispatch::RawOrigin',
  { Root: empty(0), Signed: unnamed(1, [accountId]), None: empty(2), Authorized: empty(3) },
  { AccountId: accountId.shape },
)

/** Part of the type, although there is no Ethereum here. */
const ethereumOrigin = enumeration('pallet_ethereum::RawOrigin', {
  EthereumTransaction: unnamed(0, [newtype('primitive_types::H160', fixedHex(20))]),
})

export const originCaller = enumeration('node_subtensor_runtime::OriginCaller', {
  system: unnamed(0, [rawOrigin]),
  Ethereum: unnamed(21, [ethereumOrigin]),
})
export type OriginCaller = ValueOf<typeof originCaller>
