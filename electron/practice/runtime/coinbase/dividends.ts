import { childkeyTake } from '../children/children.ts'
import { ALL, childrenOf, parentsOf } from '../children/relations.ts'
import type { Store } from '../core/store.ts'
import { normalized } from '../epoch/consensus.ts'
import { rootWeight } from '../neurons/stake-weight.ts'
import { hotkeyAlpha, ownerOf } from '../stake/ledger.ts'

const U16 = 65_535n

interface Earned {
  readonly netuid: number
  readonly hotkeys: readonly string[]
  /** Dividends per uid, parts of UNIT. */
  readonly parts: readonly bigint[]
}

/** What one hotkey gets, of the whole that all get: parts of UNIT. */
export interface Dividend {
  readonly hotkey: string
  /** Of the subnet's own part. */
  readonly alpha: bigint
  /** Of root's part. */
  readonly root: bigint
}

const stakeBehind = (store: Store, hotkey: string, netuid: number): bigint =>
  hotkeyAlpha(store, hotkey, netuid) + rootWeight(store, hotkey)

/**
 * A hotkey's dividend for itself and for its parents, each by what it brought of the weight. Of a parent of another coldkey the
 * child keeps its take.
 * @returns by hotkey; the parts sum to the dividend
 */
function shareWithParents(store: Store, { netuid, hotkey, part }: { netuid: number; hotkey: string; part: bigint }) {
  const handed = childrenOf(store, hotkey, netuid).reduce((sum, [share]) => sum + share, 0n)
  const own = (stakeBehind(store, hotkey, netuid) * (ALL - handed)) / ALL
  const parents = parentsOf(store, hotkey, netuid).map(([share, parent]) => ({
    parent,
    brought: (stakeBehind(store, parent, netuid) * share) / ALL,
  }))
  const all = parents.reduce((sum, { brought }) => sum + brought, own)
  const take = BigInt(childkeyTake(store, hotkey, netuid))
  const theirs = parents.map(({ parent, brought }): readonly [string, bigint] => {
    const whole = all === 0n ? 0n : (part * brought) / all
    return [parent, ownerOf(store, parent) === ownerOf(store, hotkey) ? whole : whole - (whole * take) / U16]
  })
  const rest = theirs.reduce((left, [, given]) => left - given, part)
  return [...theirs, [hotkey, rest] as const]
}

/**
 * Who gets which part of the dividends of an epoch: children share with their parents, and each one's part is of alpha and of root
 * as its own stake is.
 * @source subtensor `coinbase/run_coinbase.rs` get_parent_child_dividends_distribution, calculate_dividend_distribution
 */
export function dividendsOf(store: Store, { netuid, hotkeys, parts }: Earned): readonly Dividend[] {
  const sums = new Map<string, bigint>()
  hotkeys.forEach((hotkey, uid) => {
    const part = parts[uid] ?? 0n
    if (part === 0n) return
    for (const [who, given] of shareWithParents(store, { netuid, hotkey, part }))
      sums.set(who, (sums.get(who) ?? 0n) + given)
  })
  const who = [...sums.keys()]
  const alphaOf = (hotkey: string): bigint => {
    const [alpha, all] = [hotkeyAlpha(store, hotkey, netuid), stakeBehind(store, hotkey, netuid)]
    return all === 0n ? 0n : ((sums.get(hotkey) ?? 0n) * alpha) / all
  }
  const rootOf = (hotkey: string): bigint =>
    stakeBehind(store, hotkey, netuid) === 0n ? 0n : (sums.get(hotkey) ?? 0n) - alphaOf(hotkey)
  const [alphas, roots] = [normalized(who.map(alphaOf)), normalized(who.map(rootOf))]
  return who.map((hotkey, at) => ({ hotkey, alpha: alphas[at] ?? 0n, root: roots[at] ?? 0n }))
}
