import { PALLETS } from '../../definitions/pallets.ts'
import type { RuntimeEvent } from '../../definitions/runtime-types.ts'
import type { DispatchResult } from '../../definitions/types/dispatch-result.ts'
import type { DispatchError } from '../../definitions/types/frame.ts'
import type { StorageItem } from '../../scale/storage.ts'

// The definitions in the short names that the rules are written in.
export const system = PALLETS.System
export const timestamp = PALLETS.Timestamp
export const balances = PALLETS.Balances
export const subtensorModule = PALLETS.SubtensorModule
export const utility = PALLETS.Utility
export const sudo = PALLETS.Sudo
export const multisig = PALLETS.Multisig
export const proxy = PALLETS.Proxy
export const swap = PALLETS.Swap
export const evmChainId = PALLETS.EVMChainId
export const alphaAssets = PALLETS.AlphaAssets
export const limitOrders = PALLETS.LimitOrders

export type RuntimeEventValue = RuntimeEvent
export type DispatchErrorValue = DispatchError
export type DispatchResultValue = DispatchResult
/** What a storage item holds. */
export type ValueIn<I> = I extends StorageItem<infer _K, infer V, infer _D> ? V : never
