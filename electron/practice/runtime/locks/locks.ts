import type { LockState } from '../../definitions/types/stake.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { boundOn } from '../registration/collateral.ts'
import { ownerOf, stakeOf } from '../stake/ledger.ts'
import { rolled } from './decay.ts'

const s = subtensorModule.storage

/** A coldkey's one lock on a subnet, as it is now. */
export interface OwnLock {
  readonly hotkey: string
  readonly state: LockState
}

export const isPerpetual = (store: Store, coldkey: string, netuid: number): boolean =>
  store.get(s.DecayingLock, coldkey, netuid) === false

const ratesOf = (store: Store) => ({ unlock: store.get(s.UnlockRate), maturity: store.get(s.MaturityRate) })

/** A lock of a coldkey for a hotkey, at the running block. */
function current(
  { store, block }: Ctx,
  of: { coldkey: string; netuid: number; hotkey: string },
  state: LockState,
): LockState | undefined {
  const ownerHotkey = store.get(s.SubnetOwnerHotkey, of.netuid) === of.hotkey
  const perpetual = isPerpetual(store, of.coldkey, of.netuid)
  return rolled(state, BigInt(block), ratesOf(store), { ownerHotkey, perpetual })
}

/** `undefined`: nothing is locked there, or too little is left to count. */
export function lockOf(ctx: Ctx, coldkey: string, netuid: number): OwnLock | undefined {
  const [first] = ctx.store.entries(s.Lock, coldkey, netuid)
  if (first === undefined) return undefined
  const [[, , hotkey], kept] = first
  const state = current(ctx, { coldkey, netuid, hotkey }, kept)
  return state && { hotkey, state }
}

/** Replaces whatever was kept. */
export function saveLock(
  { store }: Ctx,
  at: { readonly coldkey: string; readonly netuid: number },
  lock: OwnLock | undefined,
): void {
  const { coldkey, netuid } = at
  for (const [key] of store.entries(s.Lock, coldkey, netuid)) store.delete(s.Lock, ...key)
  if (lock !== undefined) store.set(s.Lock, [coldkey, netuid, lock.hotkey], lock.state)
}

/** Alpha of a coldkey on a subnet, behind all hotkeys. */
export const heldOn = (store: Store, coldkey: string, netuid: number): bigint =>
  store.get(s.StakingHotkeys, coldkey).reduce((sum, hotkey) => sum + stakeOf(store, { hotkey, coldkey, netuid }), 0n)

export interface Availability {
  readonly total: bigint
  readonly locked: bigint
  readonly available: bigint
}

/** What of a coldkey's stake on a subnet may leave it: not what is locked, nor what is bound as collateral. @source subtensor `staking/lock.rs` stake_availability */
export function availabilityOf(ctx: Ctx, coldkey: string, netuid: number): Availability {
  const total = heldOn(ctx.store, coldkey, netuid)
  const locked = lockOf(ctx, coldkey, netuid)?.state.locked_mass ?? 0n
  const kept = locked + boundOn(ctx.store, coldkey, netuid)
  return { total, locked, available: total > kept ? total - kept : 0n }
}

/** Conviction survives a change of hotkey only when the same coldkey owns both. */
export const sameOwner = (store: Store, a: string, b: string): boolean => ownerOf(store, a) === ownerOf(store, b)

/**
 * Conviction of all who locked for a hotkey, parts of 2^64. Mainnet keeps running totals; here the locks are added up.
 * @returns by hotkey
 */
export function convictionsOn(ctx: Ctx, netuid: number): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const [[coldkey, id, hotkey], kept] of ctx.store.entries(s.Lock)) {
    if (id !== netuid) continue
    const state = current(ctx, { coldkey, netuid, hotkey }, kept)
    sums.set(hotkey, (sums.get(hotkey) ?? 0n) + (state?.conviction.bits ?? 0n))
  }
  return sums
}
