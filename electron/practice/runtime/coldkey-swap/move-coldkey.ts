import { netuidsOf } from '../coinbase/coinbase.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { moveLocks } from '../locks/lock-calls.ts'
import { removableOf, transfer } from '../money/balances.ts'
import { moveBond } from '../registration/collateral.ts'
import { addAlpha, hotkeyExists, removeAlpha, stakeOf } from '../stake/ledger.ts'

const s = subtensorModule.storage

interface Swap {
  readonly from: string
  readonly to: string
}

/** A name moves unless the new coldkey has one. */
function moveIdentity(store: Store, { from, to }: Swap): void {
  const identity = store.get(s.IdentitiesV2, from)
  if (identity === undefined || store.has(s.IdentitiesV2, to)) return
  store.delete(s.IdentitiesV2, from)
  store.set(s.IdentitiesV2, [to], identity)
}

function moveAutoStake(store: Store, netuid: number, { from, to }: Swap): void {
  const hotkey = store.get(s.AutoStakeDestination, from, netuid)
  if (hotkey === undefined) return
  store.delete(s.AutoStakeDestination, from, netuid)
  store.set(s.AutoStakeDestination, [to, netuid], hotkey)
  const others = store.get(s.AutoStakeDestinationColdkeys, hotkey, netuid).filter((who) => who !== from && who !== to)
  store.set(s.AutoStakeDestinationColdkeys, [hotkey, netuid], [...others, to])
}

function moveStake(store: Store, netuid: number, { from, to }: Swap): void {
  for (const hotkey of store.get(s.StakingHotkeys, from)) {
    const alpha = stakeOf(store, { hotkey, coldkey: from, netuid })
    if (alpha > 0n && removeAlpha(store, { hotkey, coldkey: from, netuid }, alpha))
      addAlpha(store, { hotkey, coldkey: to, netuid }, alpha)
    moveBond(store, { hotkey, coldkey: from, netuid }, { hotkey, coldkey: to, netuid })
  }
}

/** What root baskets owe: the stake that earned it moved before, so what was had already follows it. */
function moveClaims(store: Store, { from, to }: Swap): void {
  for (const hotkey of store.get(s.StakingHotkeys, from)) {
    const claimed = store.get(s.BasketClaimed, hotkey, from)
    if (claimed !== 0n) store.update(s.BasketClaimed, [hotkey, to], (own) => own + claimed)
    store.delete(s.BasketClaimed, hotkey, from)
  }
}

/** Both lists of hotkeys: those staked to and those owned. */
function moveHotkeys(store: Store, { from, to }: Swap): void {
  for (const hotkey of store.get(s.OwnedHotkeys, from)) store.set(s.Owner, [hotkey], to)
  for (const item of [s.StakingHotkeys, s.OwnedHotkeys]) {
    const [own, others] = [store.get(item, to), store.get(item, from)]
    store.set(item, [to], [...own, ...others.filter((hotkey) => !own.includes(hotkey))])
    store.delete(item, from)
  }
}

/**
 * Everything of a coldkey becomes another's: name, subnets, auto-stake, locks, stake, basket
 * shares, hotkeys and free TAO. Delegations and deposits stay where they are, as on the chain.
 * @errors ColdKeyAlreadyAssociated (the new one stakes already), NewColdKeyIsHotkey, ActiveLockExists,
 *   AccountRejectsLockedAlpha, those of the transfer
 * @source subtensor `pallets/subtensor/src/swap/swap_coldkey.rs`
 */
export function moveColdkey(ctx: Ctx, from: string, to: string): Outcome {
  const { store } = ctx
  if (store.get(s.StakingHotkeys, to).length > 0) return fail('ColdKeyAlreadyAssociated')
  if (hotkeyExists(store, to)) return fail('NewColdKeyIsHotkey')
  const locks = moveLocks(ctx, from, to)
  if (!locks.ok) return locks
  const swap = { from, to }
  moveIdentity(store, swap)
  for (const netuid of netuidsOf(store)) {
    if (store.get(s.SubnetOwner, netuid) === from) store.set(s.SubnetOwner, [netuid], to)
    moveAutoStake(store, netuid, swap)
    moveStake(store, netuid, swap)
  }
  moveClaims(store, swap)
  moveHotkeys(store, swap)
  const amount = removableOf(store, from)
  const moved = amount === 0n ? done : transfer(ctx, { from, to, amount }, 'allow-death')
  if (!moved.ok) return moved
  const value = { old_coldkey: from, new_coldkey: to }
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ColdkeySwapped', value } })
  return done
}
