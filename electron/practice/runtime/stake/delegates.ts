import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { ownerOf, type Position } from './ledger.ts'

const s = subtensorModule.storage

/** A hotkey becomes a delegate, with the default take, as soon as somebody else stakes to it. */
export function becomeDelegate(store: Store, { hotkey, coldkey }: Position): void {
  if (ownerOf(store, hotkey) === coldkey || store.has(s.Delegates, hotkey)) return
  store.set(s.Delegates, [hotkey], store.get(s.Delegates, hotkey))
}

/** What a delegate keeps of a dividend. @returns same unit */
export const takeOf = (store: Store, hotkey: string, dividend: bigint): bigint =>
  store.has(s.Delegates, hotkey) ? (dividend * BigInt(store.get(s.Delegates, hotkey))) / 65_535n : 0n
