import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { hotkeyAlpha, ROOT } from '../stake/ledger.ts'

const s = subtensorModule.storage

/** `TaoWeight` counts in parts of 2^64 − 1. */
const FULL = (1n << 64n) - 1n

/** What a hotkey's TAO on root counts among alpha. @returns alpha units */
export const rootWeight = (store: Store, hotkey: string): bigint =>
  (hotkeyAlpha(store, hotkey, ROOT) * store.get(s.TaoWeight)) / FULL

/** What decides permits, votes and the minimum to vote: alpha plus weighted root stake. */
export const stakeWeight = (store: Store, hotkey: string, netuid: number): bigint =>
  hotkeyAlpha(store, hotkey, netuid) + rootWeight(store, hotkey)
