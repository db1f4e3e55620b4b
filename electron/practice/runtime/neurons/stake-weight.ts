import { ALL, childrenOf, parentsOf } from '../children/relations.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { hotkeyAlpha, ROOT } from '../stake/ledger.ts'

const s = subtensorModule.storage

/** `TaoWeight` counts in parts of 2^64 − 1. */
const FULL = (1n << 64n) - 1n

/** What a hotkey's TAO on root counts among alpha. @returns alpha units */
export const rootWeight = (store: Store, hotkey: string): bigint =>
  (hotkeyAlpha(store, hotkey, ROOT) * store.get(s.TaoWeight)) / FULL

/** An amount of each hotkey's own, less what its children have of it, and what it has of its parents. */
function inherited(store: Store, hotkey: string, netuid: number, own: (hotkey: string) => bigint): bigint {
  const handed = childrenOf(store, hotkey, netuid).reduce((sum, [part]) => sum + (own(hotkey) * part) / ALL, 0n)
  const got = parentsOf(store, hotkey, netuid).reduce((sum, [part, parent]) => sum + (own(parent) * part) / ALL, 0n)
  return own(hotkey) - handed + got
}

/** Alpha that counts for a hotkey on a subnet. @source subtensor `staking/stake_utils.rs` get_inherited_for_hotkey_on_subnet */
export const alphaWeight = (store: Store, hotkey: string, netuid: number): bigint =>
  inherited(store, hotkey, netuid, (one) => hotkeyAlpha(store, one, netuid))

/** What counts for it of stake on root: own children and parents are those of the subnet. */
export const rootWeightOn = (store: Store, hotkey: string, netuid: number): bigint =>
  netuid === ROOT ? rootWeight(store, hotkey) : inherited(store, hotkey, netuid, (one) => rootWeight(store, one))

/** What decides permits, votes and the minimum to vote: alpha plus weighted root stake. */
export const stakeWeight = (store: Store, hotkey: string, netuid: number): bigint =>
  alphaWeight(store, hotkey, netuid) + rootWeightOn(store, hotkey, netuid)
