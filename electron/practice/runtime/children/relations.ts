import { subtensorModule } from '../core/pallets.ts'
import type { Store } from '../core/store.ts'

const s = subtensorModule.storage

/** Part of a hotkey's weight, of {@link ALL}, and the hotkey that it goes to or comes from. */
export type Share = readonly [bigint, string]
/** The whole weight of a hotkey. */
export const ALL = (1n << 64n) - 1n

export const childrenOf = (store: Store, hotkey: string, netuid: number): readonly Share[] =>
  store.get(s.ChildKeys, hotkey, netuid)
export const parentsOf = (store: Store, hotkey: string, netuid: number): readonly Share[] =>
  store.get(s.ParentKeys, hotkey, netuid)

/** No empty lists are kept. */
function save(store: Store, item: typeof s.ChildKeys, hotkey: string, netuid: number, shares: readonly Share[]): void {
  if (shares.length === 0) store.delete(item, hotkey, netuid)
  else store.set(item, [hotkey, netuid], [...shares] as [bigint, string][])
}

const without = (shares: readonly Share[], who: string): readonly Share[] => shares.filter(([, other]) => other !== who)

/** A place in the list is kept where there is one. */
function withShare(shares: readonly Share[], share: Share): readonly Share[] {
  const [, who] = share
  return shares.some(([, other]) => other === who)
    ? shares.map((one) => (one[1] === who ? share : one))
    : [...shares, share]
}

/** Both sides of the relation, in the order of the accounts as the chain's map has them. */
export function linkChildren(store: Store, parent: string, netuid: number, children: readonly Share[]): void {
  const sorted = children.toSorted(([, a], [, b]) => (a < b ? -1 : 1))
  const gone = childrenOf(store, parent, netuid).filter(([, child]) => !sorted.some(([, one]) => one === child))
  save(store, s.ChildKeys, parent, netuid, sorted)
  for (const [part, child] of sorted)
    save(store, s.ParentKeys, child, netuid, withShare(parentsOf(store, child, netuid), [part, parent]))
  for (const [, child] of gone)
    save(store, s.ParentKeys, child, netuid, without(parentsOf(store, child, netuid), parent))
}

interface Pair {
  readonly from: string
  readonly to: string
}

/** Whether a hotkey could take over the relations of another: it must be neither child nor parent of it. */
export const mayTakeOver = (store: Store, netuid: number, { from, to }: Pair): boolean =>
  ![...childrenOf(store, from, netuid), ...parentsOf(store, from, netuid)].some(([, other]) => other === to)

/**
 * What a hotkey was to others on a subnet, another one is from now on: parent, child, and both of those that wait. Its take
 * stays behind, as on the chain.
 * @source subtensor `staking/set_children.rs` parent_child_swap_hotkey, `swap/swap_hotkey.rs`
 */
export function moveRelations(store: Store, netuid: number, { from, to }: Pair): void {
  const [children, parents] = [childrenOf(store, from, netuid), parentsOf(store, from, netuid)]
  linkChildren(store, from, netuid, [])
  if (children.length > 0) linkChildren(store, to, netuid, children)
  for (const [part, parent] of parents)
    linkChildren(store, parent, netuid, [...without(childrenOf(store, parent, netuid), from), [part, to]])
  for (const [[, parent], [waiting, block]] of store.entries(s.PendingChildKeys, netuid)) {
    const renamed = waiting.map(([part, child]): [bigint, string] => [part, child === from ? to : child])
    if (parent !== from) store.set(s.PendingChildKeys, [netuid, parent], [renamed, block])
    else {
      store.delete(s.PendingChildKeys, netuid, from)
      store.set(s.PendingChildKeys, [netuid, to], [renamed, block])
    }
  }
}
