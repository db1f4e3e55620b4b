import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import { coversBond } from '../registration/collateral.ts'
import { firstFailure, knownHotkey, subnetExists } from '../stake/checks.ts'
import type { Position } from '../stake/ledger.ts'
import { availabilityOf, heldOn, isPerpetual, lockOf, type OwnLock, sameOwner, saveLock } from './locks.ts'

const s = subtensorModule.storage
/** Bit of `AccountFlags`. @source subtensor `lib.rs` ACCOUNT_FLAGS_ACCEPT_LOCKED_ALPHA */
const TAKES_LOCKED = 1n

const existing = ({ store }: Ctx, netuid: number): Outcome =>
  subnetExists(store, netuid) ? done : fail('SubnetNotExists')
const fresh = (ctx: Ctx, hotkey: string): OwnLock => ({
  hotkey,
  state: { locked_mass: 0n, conviction: { bits: 0n }, last_update: BigInt(ctx.block) },
})
/** As of now, so that a change does not count back. */
const atNow = (ctx: Ctx, { hotkey, state }: OwnLock): OwnLock => ({
  hotkey,
  state: { ...state, last_update: BigInt(ctx.block) },
})

/** The subnet owner's hotkey has all conviction at once. */
function withConviction({ store }: Ctx, netuid: number, lock: OwnLock): OwnLock {
  if (store.get(s.SubnetOwnerHotkey, netuid) !== lock.hotkey) return lock
  return { ...lock, state: { ...lock.state, conviction: { bits: lock.state.locked_mass << 64n } } }
}

/**
 * Call 136.
 * @errors SubnetNotExists, AmountTooLow, HotKeyAccountNotExists, LockHotkeyMismatch, InsufficientStakeForLock
 * @source subtensor `staking/lock.rs` do_lock_stake
 */
export function lockStake(ctx: Ctx, { coldkey, hotkey, netuid }: Position, amount: bigint): Outcome {
  const checked = firstFailure(
    () => existing(ctx, netuid),
    () => (amount === 0n ? fail('AmountTooLow') : done),
    () => knownHotkey(ctx, hotkey),
  )
  if (!checked.ok) return checked
  const before = lockOf(ctx, coldkey, netuid)
  if (before && before.hotkey !== hotkey) return fail('LockHotkeyMismatch')
  const { state } = atNow(ctx, before ?? fresh(ctx, hotkey))
  const locked_mass = state.locked_mass + amount
  if (heldOn(ctx.store, coldkey, netuid) < locked_mass) return fail('InsufficientStakeForLock')
  saveLock(ctx, { coldkey, netuid }, withConviction(ctx, netuid, { hotkey, state: { ...state, locked_mass } }))
  ctx.emit({ type: 'SubtensorModule', value: { type: 'StakeLocked', value: { coldkey, hotkey, netuid, amount } } })
  return done
}

/** Call 137. @errors SubnetNotExists, HotKeyAccountNotExists, NoExistingLock */
export function moveLock(
  ctx: Ctx,
  coldkey: string,
  { netuid, destination_hotkey: to }: { readonly netuid: number; readonly destination_hotkey: string },
): Outcome {
  const checked = firstFailure(
    () => existing(ctx, netuid),
    () => knownHotkey(ctx, to),
  )
  if (!checked.ok) return checked
  const before = lockOf(ctx, coldkey, netuid)
  if (!before) return fail('NoExistingLock')
  const { state } = atNow(ctx, before)
  const conviction = sameOwner(ctx.store, before.hotkey, to) ? state.conviction : { bits: 0n }
  saveLock(ctx, { coldkey, netuid }, withConviction(ctx, netuid, { hotkey: to, state: { ...state, conviction } }))
  const value = { coldkey, origin_hotkey: before.hotkey, destination_hotkey: to, netuid }
  ctx.emit({ type: 'SubtensorModule', value: { type: 'LockMoved', value } })
  return done
}

/** Call 138. A lock need not be there yet. @errors SubnetNotExists */
export function setPerpetual(
  ctx: Ctx,
  coldkey: string,
  { netuid, enabled }: { readonly netuid: number; readonly enabled: boolean },
): Outcome {
  const known = existing(ctx, netuid)
  if (!known.ok) return known
  const { store } = ctx
  // What decayed until now is gone, whatever holds from here on.
  const lock = lockOf(ctx, coldkey, netuid)
  saveLock(ctx, { coldkey, netuid }, lock && atNow(ctx, lock))
  if (enabled) store.set(s.DecayingLock, [coldkey, netuid], false)
  else store.delete(s.DecayingLock, coldkey, netuid)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'PerpetualLockUpdated', value: { coldkey, netuid, enabled } } })
  return done
}

/** Call 142. Everybody refuses until saying otherwise. */
export function setRejectLocked(ctx: Ctx, coldkey: string, enabled: boolean): Outcome {
  const { store } = ctx
  const flags = store.get(s.AccountFlags, coldkey)
  const next = enabled ? flags & ~TAKES_LOCKED : flags | TAKES_LOCKED
  if (next === 0n) store.delete(s.AccountFlags, coldkey)
  else store.set(s.AccountFlags, [coldkey], next)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'RejectLockedAlphaUpdated', value: { coldkey, enabled } } })
  return done
}

export const rejectsLocked = ({ store }: Ctx, coldkey: string): boolean =>
  (store.get(s.AccountFlags, coldkey) & TAKES_LOCKED) === 0n

/** @errors StakeUnavailable when what is left would cover the lock, or what is bound in this very position, no longer */
export const mayLeave = (ctx: Ctx, position: Position, amount: bigint): Outcome =>
  availabilityOf(ctx, position.coldkey, position.netuid).available >= amount
    ? coversBond(ctx.store, position, amount)
    : fail('StakeUnavailable')

/**
 * Before alpha goes to another coldkey on the same subnet: what of it is locked takes its lock and its conviction along.
 * @errors LockHotkeyMismatch, AccountRejectsLockedAlpha
 * @source subtensor `staking/lock.rs` transfer_lock
 */
export function lockFollows(ctx: Ctx, from: Position, to: Position, amount: bigint): Outcome {
  const { netuid } = from
  if (from.coldkey === to.coldkey || amount === 0n) return done
  const source = lockOf(ctx, from.coldkey, netuid)
  if (!source) return done
  const { available, locked } = availabilityOf(ctx, from.coldkey, netuid)
  const over = amount > available ? amount - available : 0n
  const moved = over < locked ? over : locked
  if (moved === 0n) return done
  const target = lockOf(ctx, to.coldkey, netuid)
  if (target && target.hotkey !== to.hotkey) return fail('LockHotkeyMismatch')
  if (rejectsLocked(ctx, to.coldkey)) return fail('AccountRejectsLockedAlpha')
  const taken = (source.state.conviction.bits * moved) / locked
  const kept = sameOwner(ctx.store, source.hotkey, to.hotkey) ? taken : 0n
  saveLock(ctx, from, changed(ctx, netuid, source, { mass: -moved, conviction: -taken }))
  saveLock(ctx, to, changed(ctx, netuid, target ?? fresh(ctx, to.hotkey), { mass: moved, conviction: kept }))
  return done
}

function changed(
  ctx: Ctx,
  netuid: number,
  lock: OwnLock,
  by: { readonly mass: bigint; readonly conviction: bigint },
): OwnLock | undefined {
  const { hotkey, state } = atNow(ctx, lock)
  const locked_mass = state.locked_mass + by.mass
  if (locked_mass === 0n) return undefined
  const conviction = { bits: state.conviction.bits + by.conviction }
  return withConviction(ctx, netuid, { hotkey, state: { ...state, locked_mass, conviction } })
}

/**
 * All locks of a coldkey become another's.
 * @errors ActiveLockExists, AccountRejectsLockedAlpha
 */
export function moveLocks(ctx: Ctx, from: string, to: string): Outcome {
  const { store } = ctx
  const netuids = [...new Set(store.entries(s.Lock, from).map(([[, netuid]]) => netuid))]
  for (const netuid of netuids) {
    const lock = lockOf(ctx, from, netuid)
    if (lock && lockOf(ctx, to, netuid)) return fail('ActiveLockExists')
    if (lock && rejectsLocked(ctx, to)) return fail('AccountRejectsLockedAlpha')
    saveLock(ctx, { coldkey: from, netuid }, undefined)
    if (lock) saveLock(ctx, { coldkey: to, netuid }, atNow(ctx, lock))
    if (isPerpetual(store, from, netuid)) {
      store.delete(s.DecayingLock, from, netuid)
      store.set(s.DecayingLock, [to, netuid], false)
    }
  }
  return done
}
