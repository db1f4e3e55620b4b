import type { StorageItem } from '../../scale/storage.ts'
import { mayTakeOver, moveRelations } from '../children/relations.ts'
import { netuidsOf } from '../coinbase/coinbase.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { recycle, spendableOf } from '../money/balances.ts'
import { moveBond } from '../registration/collateral.ts'
import { firstFailure } from '../stake/checks.ts'
import { addAlpha, hotkeyAlpha, ownerOf, ROOT, removeAlpha, stakeOf } from '../stake/ledger.ts'

const s = subtensorModule.storage
/** rao. @source finney metadata, KeySwapCost and KeySwapOnSubnetCost */
const COST = { everywhere: 100_000_000n, onSubnet: 1_000_000n }
/** Blocks between two swaps of a coldkey on one subnet. @source finney metadata, HotkeySwapOnSubnetInterval */
const INTERVAL = 7200n

export interface HotkeySwap {
  readonly coldkey: string
  readonly from: string
  readonly to: string
  /** Absent: on all subnets. */
  readonly netuid: number | undefined
  /** Stake stays behind the old hotkey, whosever it is. */
  readonly keepStake: boolean
}

interface Pair {
  readonly from: string
  readonly to: string
}

const lastSwap = (coldkey: string) => ({ type: 'LastTxBlock', value: coldkey }) as const

function tooSoon({ store, block }: Ctx, coldkey: string): boolean {
  const [last, limit] = [store.get(s.LastRateLimitedBlock, lastSwap(coldkey)), store.get(s.TxRateLimit)]
  return last !== 0n && limit !== 0n && BigInt(block) - last <= limit
}

/** Mainnet counts a coldkey that never swapped as one that did at block 0, which this chain is too young for. */
function tooSoonThere({ store, block }: Ctx, coldkey: string, netuid: number): boolean {
  const last = store.get(s.LastHotkeySwapOnNetuid, netuid, coldkey)
  return last !== 0n && last + INTERVAL >= BigInt(block)
}

/** Rates of a basket cannot be merged: on root the new hotkey begins with nothing. */
const cleanOnRoot = (store: Store, hotkey: string): boolean =>
  store.get(s.RootClaimable, hotkey).length === 0 && hotkeyAlpha(store, hotkey, ROOT) === 0n

const registeredAnywhere = (store: Store, hotkey: string): boolean =>
  netuidsOf(store).some((netuid) => store.has(s.Uids, netuid, hotkey))

/** The place, and what was announced of it. */
function movePlace(store: Store, netuid: number, { from, to }: Pair): void {
  const uid = store.get(s.Uids, netuid, from)
  if (uid === undefined) return
  store.delete(s.Uids, netuid, from)
  store.set(s.Uids, [netuid, to], uid)
  store.set(s.Keys, [netuid, uid], to)
  store.delete(s.IsNetworkMember, from, netuid)
  store.set(s.IsNetworkMember, [to, netuid], true)
  moveOf(store, s.Axons, netuid, { from, to })
  moveOf(store, s.Prometheus, netuid, { from, to })
  moveOf(store, s.NeuronCertificates, netuid, { from, to })
}

/** One entry by subnet and hotkey, where there is one. */
function moveOf<V>(
  store: Store,
  item: StorageItem<readonly [number, string], V, undefined>,
  netuid: number,
  { from, to }: Pair,
): void {
  const value = store.get(item, netuid, from)
  if (value === undefined) return
  store.delete(item, netuid, from)
  store.set(item, [netuid, to], value)
}

function moveAutoStake(store: Store, netuid: number, { from, to }: Pair): void {
  const coldkeys = store.get(s.AutoStakeDestinationColdkeys, from, netuid)
  if (coldkeys.length === 0) return
  for (const coldkey of coldkeys) store.set(s.AutoStakeDestination, [coldkey, netuid], to)
  store.delete(s.AutoStakeDestinationColdkeys, from, netuid)
  store.set(s.AutoStakeDestinationColdkeys, [to, netuid], coldkeys)
}

/** Conviction stays: the owner is the same. */
function moveLocks(store: Store, netuid: number, { from, to }: Pair): void {
  for (const [[coldkey, id, hotkey], state] of store.entries(s.Lock)) {
    if (id !== netuid || hotkey !== from) continue
    store.delete(s.Lock, coldkey, netuid, from)
    store.set(s.Lock, [coldkey, netuid, to], state)
  }
}

/** Everybody's stake behind the hotkey, and on root what its basket owes them. */
function moveStake(store: Store, netuid: number, { from, to }: Pair): void {
  for (const item of [s.AlphaDividendsPerSubnet, s.RootAlphaDividendsPerSubnet]) {
    const dividends = store.get(item, netuid, from)
    store.delete(item, netuid, from)
    if (dividends > 0n) store.update(item, [netuid, to], (own) => own + dividends)
  }
  const before = store.get(s.TotalHotkeyAlphaLastEpoch, from, netuid)
  store.delete(s.TotalHotkeyAlphaLastEpoch, from, netuid)
  if (before > 0n) store.update(s.TotalHotkeyAlphaLastEpoch, [to, netuid], (own) => own + before)
  for (const [[, coldkey, id]] of store.entries(s.AlphaV2, from)) {
    if (id !== netuid) continue
    const claimed = store.get(s.BasketClaimed, from, coldkey)
    const alpha = stakeOf(store, { hotkey: from, coldkey, netuid })
    if (removeAlpha(store, { hotkey: from, coldkey, netuid }, alpha))
      addAlpha(store, { hotkey: to, coldkey, netuid }, alpha)
    if (netuid !== ROOT) continue
    store.delete(s.BasketClaimed, from, coldkey)
    if (claimed !== 0n) store.set(s.BasketClaimed, [to, coldkey], claimed)
  }
  if (netuid === ROOT) moveRates(store, { from, to })
}

/** After the stake, which would be taken for new stake at these rates otherwise. */
function moveRates(store: Store, { from, to }: Pair): void {
  const rates = store.get(s.RootClaimable, from)
  store.delete(s.RootClaimable, from)
  if (rates.length > 0) store.set(s.RootClaimable, [to], rates)
}

function moveOn(store: Store, netuid: number, swap: HotkeySwap): void {
  movePlace(store, netuid, swap)
  moveAutoStake(store, netuid, swap)
  moveLocks(store, netuid, swap)
  moveRelations(store, netuid, swap)
  if (store.get(s.SubnetOwnerHotkey, netuid) === swap.from) store.set(s.SubnetOwnerHotkey, [netuid], swap.to)
  if (swap.keepStake) return
  moveStake(store, netuid, swap)
  const { coldkey, from, to } = swap
  moveBond(store, { hotkey: from, coldkey, netuid }, { hotkey: to, coldkey, netuid })
}

/** Collateral would stay behind a hotkey without a place. */
const leavesBond = (store: Store, { coldkey, from, netuid }: HotkeySwap): boolean =>
  (netuid === undefined ? netuidsOf(store) : [netuid]).some((id) => store.has(s.MinerCollateral, id, from, coldkey))

/** The new hotkey is the coldkey's. The old one stays so while something of it is left. */
function moveOwner(store: Store, { coldkey, from, to, netuid, keepStake }: HotkeySwap): void {
  const leaves = netuid === undefined && !keepStake
  store.set(s.Owner, [to], coldkey)
  if (leaves) store.delete(s.Owner, from)
  const owned = store.get(s.OwnedHotkeys, coldkey).filter((hotkey) => hotkey !== to && !(leaves && hotkey === from))
  store.set(s.OwnedHotkeys, [coldkey], [...owned, to])
  const staked = store.get(s.StakingHotkeys, coldkey)
  if (!staked.includes(to)) store.set(s.StakingHotkeys, [coldkey], [...staked, to])
  if (!leaves || !store.has(s.Delegates, from)) return
  store.set(s.Delegates, [to], store.get(s.Delegates, from))
  store.delete(s.Delegates, from)
}

/**
 * Call 72: places, addresses, locks and auto-stake of a hotkey become another's, and the stake behind it unless it is kept.
 * @errors in this order: NonAssociatedColdKey, NewHotKeyIsSameWithOld, KeepStakeBlockedByCollateral, HotKeySetTxRateLimitExceeded,
 *   HotKeyAlreadyRegisteredInSubNet, NewHotKeyNotCleanForRootSwap, HotKeySwapOnSubnetIntervalNotPassed,
 *   NotEnoughBalanceToPaySwapHotKey, InvalidChild (one is the other's child)
 * @source subtensor `pallets/subtensor/src/swap/swap_hotkey.rs`
 */
export function swapHotkey(ctx: Ctx, swap: HotkeySwap): Outcome {
  const { store, block } = ctx
  const { coldkey, from, to, netuid } = swap
  const cost = netuid === undefined ? COST.everywhere : COST.onSubnet
  const places = netuid === undefined ? netuidsOf(store) : [netuid]
  const taken = () => (netuid === undefined ? registeredAnywhere(store, to) : store.has(s.Uids, netuid, to))
  const allowed = firstFailure(
    () => (ownerOf(store, from) === coldkey ? done : fail('NonAssociatedColdKey')),
    () => (from === to ? fail('NewHotKeyIsSameWithOld') : done),
    () => (swap.keepStake && leavesBond(store, swap) ? fail('KeepStakeBlockedByCollateral') : done),
    () => (tooSoon(ctx, coldkey) ? fail('HotKeySetTxRateLimitExceeded') : done),
    () => (taken() ? fail('HotKeyAlreadyRegisteredInSubNet') : done),
    () => ((netuid ?? ROOT) === ROOT && !cleanOnRoot(store, to) ? fail('NewHotKeyNotCleanForRootSwap') : done),
    () =>
      netuid !== undefined && tooSoonThere(ctx, coldkey, netuid) ? fail('HotKeySwapOnSubnetIntervalNotPassed') : done,
    () => (spendableOf(store, coldkey) < cost ? fail('NotEnoughBalanceToPaySwapHotKey') : done),
    () => (places.every((id) => mayTakeOver(store, id, swap)) ? done : fail('InvalidChild')),
  )
  if (!allowed.ok) return allowed
  const paid = recycle(ctx, coldkey, cost)
  if (!paid.ok) return paid
  moveOwner(store, swap)
  for (const id of places) moveOn(store, id, swap)
  store.set(s.LastRateLimitedBlock, [lastSwap(coldkey)], BigInt(block))
  const keys = { coldkey, old_hotkey: from, new_hotkey: to }
  if (netuid === undefined) {
    ctx.emit({ type: 'SubtensorModule', value: { type: 'HotkeySwapped', value: keys } })
    return done
  }
  store.set(s.LastHotkeySwapOnNetuid, [netuid, coldkey], BigInt(block))
  ctx.emit({ type: 'SubtensorModule', value: { type: 'HotkeySwappedOnSubnet', value: { ...keys, netuid } } })
  return done
}
