import { netuidsOf } from '../coinbase/coinbase.ts'
import { type Ctx, done, type Outcome } from '../core/ctx.ts'
import { fail } from '../core/failure.ts'
import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'
import { hotkeysOf } from '../neurons/seats.ts'
import { firstFailure, subnetExists } from '../stake/checks.ts'
import { hotkeyAlpha, ownerOf, ROOT } from '../stake/ledger.ts'
import { PAR, priceOf } from '../stake/pools.ts'
import { ALL, linkChildren, parentsOf, type Share } from './relations.ts'

const s = subtensorModule.storage
const MOST_CHILDREN = 5
/** Blocks between two choices of children. @source subtensor `utils/rate_limiting.rs` */
const CHILDREN_INTERVAL = 150n
/** What the chain remembers the block of, by its numbers. @source the same */
const ACT = { children: 0, take: 1 } as const

interface Choice {
  readonly hotkey: string
  readonly netuid: number
  readonly children: readonly Share[]
}

/** Nothing counts as done long ago. */
function tooSoon(
  { store, block }: Ctx,
  act: number,
  at: { hotkey: string; netuid: number },
  interval: bigint,
): boolean {
  const last = store.get(s.TransactionKeyLastBlock, at.hotkey, at.netuid, act)
  return last !== 0n && BigInt(block) - last < interval
}

const remember = ({ store, block }: Ctx, act: number, { hotkey, netuid }: { hotkey: string; netuid: number }): void =>
  store.set(s.TransactionKeyLastBlock, [hotkey, netuid, act], BigInt(block))

/** rao of everybody behind a hotkey, on all subnets, at the spot prices. */
const worthBehind = (store: Store, hotkey: string): bigint =>
  netuidsOf(store).reduce(
    (sum, netuid) => sum + (hotkeyAlpha(store, hotkey, netuid) * priceOf(store, netuid)) / PAR,
    0n,
  )

function mayHave({ store }: Ctx, { hotkey, netuid, children }: Choice): boolean {
  if (children.length === 0 || store.get(s.SubnetOwnerHotkey, netuid) === hotkey) return true
  return worthBehind(store, hotkey) >= store.get(s.StakeThreshold)
}

function consistent({ store }: Ctx, { hotkey, netuid, children }: Choice): Outcome {
  const names = new Set(children.map(([, child]) => child))
  if (names.size < children.length) return fail('DuplicateChild')
  if (names.has(hotkey)) return fail('InvalidChild')
  if (children.length > MOST_CHILDREN) return fail('TooManyChildren')
  if (children.reduce((sum, [part]) => sum + part, 0n) > ALL) return fail('ProportionOverflow')
  return parentsOf(store, hotkey, netuid).some(([, parent]) => names.has(parent))
    ? fail('ChildParentInconsistency')
    : done
}

const listOf = (children: readonly Share[]): [bigint, string][] => children.map(([part, child]) => [part, child])

/** From now on. */
function apply(ctx: Ctx, { hotkey, netuid, children }: Choice): void {
  linkChildren(ctx.store, hotkey, netuid, children)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'SetChildren', value: [hotkey, netuid, listOf(children)] } })
}

/** On a subnet that was not started they count at once, else when their time has come. */
function schedule(ctx: Ctx, choice: Choice): Outcome {
  const { store, block } = ctx
  const { hotkey, netuid, children } = choice
  remember(ctx, ACT.children, choice)
  if (!store.get(s.SubtokenEnabled, netuid)) {
    apply(ctx, choice)
    return done
  }
  const at = BigInt(block) + store.get(s.PendingChildKeyCooldown)
  store.set(s.PendingChildKeys, [netuid, hotkey], [listOf(children), at])
  const value: [string, number, bigint, [bigint, string][]] = [hotkey, netuid, at, listOf(children)]
  ctx.emit({ type: 'SubtensorModule', value: { type: 'SetChildrenScheduled', value } })
  return done
}

/**
 * Call 67: which hotkeys get which parts of a hotkey's weight on a subnet, and share their dividends with it.
 * @errors in this order: TxRateLimitExceeded, RegistrationNotPermittedOnRootSubnet, SubnetNotExists, NonAssociatedColdKey,
 *   DuplicateChild, InvalidChild, TooManyChildren, ProportionOverflow, ChildParentInconsistency, NotEnoughStakeToSetChildkeys
 * @source subtensor `staking/set_children.rs`
 */
export function setChildren(ctx: Ctx, coldkey: string, choice: Choice): Outcome {
  const { store } = ctx
  const { hotkey, netuid } = choice
  const allowed = firstFailure(
    () => (tooSoon(ctx, ACT.children, choice, CHILDREN_INTERVAL) ? fail('TxRateLimitExceeded') : done),
    () => (netuid === ROOT ? fail('RegistrationNotPermittedOnRootSubnet') : done),
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () => (ownerOf(store, hotkey) === coldkey ? done : fail('NonAssociatedColdKey')),
    () => consistent(ctx, choice),
    () => (mayHave(ctx, choice) ? done : fail('NotEnoughStakeToSetChildkeys')),
  )
  return allowed.ok ? schedule(ctx, choice) : allowed
}

/** After an epoch: children whose time has come. Whoever has too little stake by then, or became a child of one, has none. */
export function applyWaiting(ctx: Ctx, netuid: number): void {
  const { store, block } = ctx
  for (const [[, hotkey], [children, at]] of store.entries(s.PendingChildKeys, netuid)) {
    if (at >= BigInt(block) && store.get(s.SubtokenEnabled, netuid)) continue
    store.delete(s.PendingChildKeys, netuid, hotkey)
    const choice = { hotkey, netuid, children }
    if (mayHave(ctx, choice) && consistent(ctx, choice).ok) apply(ctx, choice)
  }
}

/**
 * Call 75: what a child keeps of what it earns for parents of other coldkeys.
 * @errors in this order: NonAssociatedColdKey, SubnetNotExists, InvalidChildkeyTake, TxChildkeyTakeRateLimitExceeded
 */
export function setChildkeyTake(
  ctx: Ctx,
  coldkey: string,
  { hotkey, netuid, take }: { readonly hotkey: string; readonly netuid: number; readonly take: number },
): Outcome {
  const { store } = ctx
  const [least, most] = [store.get(s.MinChildkeyTake), store.get(s.MaxChildkeyTake)]
  const isRaise = take > childkeyTake(store, hotkey, netuid)
  const interval = store.get(s.TxChildkeyTakeRateLimit)
  const allowed = firstFailure(
    () => (ownerOf(store, hotkey) === coldkey ? done : fail('NonAssociatedColdKey')),
    () => (subnetExists(store, netuid) ? done : fail('SubnetNotExists')),
    () => (take < least || take > most ? fail('InvalidChildkeyTake') : done),
    () =>
      isRaise && tooSoon(ctx, ACT.take, { hotkey, netuid }, interval) ? fail('TxChildkeyTakeRateLimitExceeded') : done,
  )
  if (!allowed.ok) return allowed
  remember(ctx, ACT.take, { hotkey, netuid })
  store.set(s.ChildkeyTake, [hotkey, netuid], take)
  ctx.emit({ type: 'SubtensorModule', value: { type: 'ChildKeyTakeSet', value: [hotkey, take] } })
  return done
}

/** Parts of 65,535. */
export const childkeyTake = (store: Store, hotkey: string, netuid: number): number =>
  Math.max(store.get(s.ChildkeyTake, hotkey, netuid), store.get(s.MinChildkeyTake))

/** Call 109, root's. */
export function setCooldown({ store }: Ctx, blocks: bigint): Outcome {
  store.set(s.PendingChildKeyCooldown, [], blocks)
  return done
}

/** Call 135. @errors NonAssociatedColdKey */
export function setAutoParent(
  ctx: Ctx,
  coldkey: string,
  { hotkey, enabled }: { hotkey: string; enabled: boolean },
): Outcome {
  if (ownerOf(ctx.store, hotkey) !== coldkey) return fail('NonAssociatedColdKey')
  ctx.store.set(s.AutoParentDelegationEnabled, [hotkey], enabled)
  const value = { hotkey, enabled }
  ctx.emit({ type: 'SubtensorModule', value: { type: 'AutoParentDelegationEnabledSet', value } })
  return done
}

/**
 * The owner of a new subnet gets the whole weight of every validator on root that has not said no. Who has too little stake, or
 * cannot, is passed over.
 * @source subtensor `staking/set_children.rs` do_set_root_validators_for_subnet
 */
export function adoptRootValidators(ctx: Ctx, netuid: number): void {
  const { store } = ctx
  const owner = store.get(s.SubnetOwnerHotkey, netuid)
  for (const hotkey of hotkeysOf(store, ROOT)) {
    if (hotkey === owner || !store.get(s.AutoParentDelegationEnabled, hotkey)) continue
    setChildren(ctx, ownerOf(store, hotkey), { hotkey, netuid, children: [[ALL, owner]] })
  }
}
