import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { isZero } from '../share/safe-float.ts'
import { credit, deposit, type Holding, type SharePool, withdraw, worthOf } from '../share/share-pool.ts'
import { keepOwed } from './watermark.ts'

const s = subtensorModule.storage

export const ROOT = 0
export const NOBODY = `0x${'00'.repeat(32)}`
/** The chain's own account that holds what root baskets contain: `modl`, `rt/baskt`, zeros. */
export const BASKET = `0x6d6f646c${Buffer.from('rt/baskt').toString('hex')}${'00'.repeat(20)}`

/** One stake: alpha of a subnet, behind a hotkey, owned by a coldkey. On root the alpha is TAO. */
export interface Position {
  readonly hotkey: string
  readonly coldkey: string
  readonly netuid: number
}

const poolOf = (store: Store, hotkey: string, netuid: number): SharePool => ({
  alpha: store.get(s.TotalHotkeyAlpha, hotkey, netuid),
  shares: store.get(s.TotalHotkeySharesV2, hotkey, netuid),
})

function savePool(store: Store, { hotkey, netuid }: Position, pool: SharePool): void {
  store.set(s.TotalHotkeyAlpha, [hotkey, netuid], pool.alpha)
  store.set(s.TotalHotkeySharesV2, [hotkey, netuid], pool.shares)
}

const holdingOf = (store: Store, { hotkey, coldkey, netuid }: Position): Holding => ({
  pool: poolOf(store, hotkey, netuid),
  share: store.get(s.AlphaV2, hotkey, coldkey, netuid),
})

/** Alpha of one position, smallest units. */
export const stakeOf = (store: Store, position: Position): bigint => worthOf(holdingOf(store, position))
/** Alpha of everybody behind a hotkey on one subnet. */
export const hotkeyAlpha = (store: Store, hotkey: string, netuid: number): bigint =>
  store.get(s.TotalHotkeyAlpha, hotkey, netuid)

function remember(store: Store, coldkey: string, hotkey: string): void {
  const hotkeys = store.get(s.StakingHotkeys, coldkey)
  if (!hotkeys.includes(hotkey)) store.set(s.StakingHotkeys, [coldkey], [...hotkeys, hotkey])
}

/** Adds alpha to a position. The pools' totals are the caller's business. */
export function addAlpha(store: Store, position: Position, alpha: bigint): void {
  if (alpha === 0n) return
  const after = deposit(holdingOf(store, position), alpha)
  savePool(store, position, after.pool)
  store.set(s.AlphaV2, [position.hotkey, position.coldkey, position.netuid], after.share)
  remember(store, position.coldkey, position.hotkey)
  earning(store, position, alpha)
}

/** Stake on root earns shares of a basket; the basket's own does not. */
function earning(store: Store, { hotkey, coldkey, netuid }: Position, change: bigint): void {
  if (netuid === ROOT && coldkey !== BASKET) keepOwed(store, hotkey, coldkey, change)
}

/** Takes alpha from a position. @returns false when it holds less; nothing is changed then. */
export function removeAlpha(store: Store, position: Position, alpha: bigint): boolean {
  const after = withdraw(holdingOf(store, position), alpha)
  if (!after) return false
  savePool(store, position, after.pool)
  const key = [position.hotkey, position.coldkey, position.netuid] as const
  if (isZero(after.share)) store.delete(s.AlphaV2, ...key)
  else store.set(s.AlphaV2, [...key], after.share)
  earning(store, position, -alpha)
  return true
}

/** Pays everybody behind a hotkey in proportion. @returns false when nobody is there to be paid. */
export function creditHotkey(store: Store, hotkey: string, payment: { netuid: number; alpha: bigint }): boolean {
  const pool = poolOf(store, hotkey, payment.netuid)
  if (isZero(pool.shares)) return false
  store.set(s.TotalHotkeyAlpha, [hotkey, payment.netuid], credit(pool, payment.alpha).alpha)
  return true
}

export const ownerOf = (store: Store, hotkey: string): string => store.get(s.Owner, hotkey)
/** The chain knows a hotkey once somebody owns it. */
export const hotkeyExists = (store: Store, hotkey: string): boolean => store.has(s.Owner, hotkey)

/** Makes a coldkey the owner of a hotkey that has none. */
export function adoptHotkey(store: Store, coldkey: string, hotkey: string): void {
  if (hotkeyExists(store, hotkey)) return
  store.set(s.Owner, [hotkey], coldkey)
  store.update(s.OwnedHotkeys, [coldkey], (owned) => [...owned, hotkey])
  remember(store, coldkey, hotkey)
}
