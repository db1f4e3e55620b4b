import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, keysOf, miner, validator } from '../../seed/accounts.ts'
import { subtensorModule } from '../core/pallets.ts'
import { stakeWeight } from '../neurons/stake-weight.ts'
import { hotkeyAlpha } from '../stake/ledger.ts'
import { differences, staking, TAO } from '../testing/books.ts'
import { eventNames, eventOf } from '../testing/calls.ts'
import { TestChain } from '../testing/test-chain.ts'
import { ALL } from './relations.ts'

const s = subtensorModule.storage
const NETUID = 1
const [parent, child, other] = [validator(1), validator(2), validator(3)].map((uris) => ({
  ...uris,
  ...keysOf(uris),
})) as [Both, Both, Both]
type Both = ReturnType<typeof keysOf> & ReturnType<typeof validator>

const choose = (children: readonly (readonly [bigint, string])[], hotkey = parent.hotkey) =>
  staking('set_children', { hotkey, netuid: NETUID, children })
const soon = {
  type: 'Sudo',
  value: { type: 'sudo', value: { call: staking('set_pending_childkey_cooldown', { cooldown: 2n }) } },
}

/** The parent has handed half of its weight to the child. */
function family(): TestChain {
  const chain = new TestChain()
  chain.send(ALICE, soon)
  chain.send(parent.coldkeyUri, choose([[ALL / 2n, child.hotkey]]))
  chain.advance(30)
  return chain
}

describe('children', () => {
  it('wait for their time, and count from the epoch after it', () => {
    const chain = new TestChain()
    const receipt = chain.send(parent.coldkeyUri, choose([[ALL / 2n, child.hotkey]]))
    expect(eventNames(receipt)).toContain('SubtensorModule.SetChildrenScheduled')
    chain.advance(30)
    expect(chain.store.get(s.ChildKeys, parent.hotkey, NETUID)).toEqual([])
    expect(chain.store.get(s.PendingChildKeys, NETUID, parent.hotkey)[0]).toEqual([[ALL / 2n, child.hotkey]])
    const later = family()
    expect(later.store.get(s.ChildKeys, parent.hotkey, NETUID)).toEqual([[ALL / 2n, child.hotkey]])
    expect(later.store.get(s.ParentKeys, child.hotkey, NETUID)).toEqual([[ALL / 2n, parent.hotkey]])
    expect(later.store.entries(s.PendingChildKeys, NETUID)).toEqual([])
  })

  it('move weight, and none is lost', () => {
    const before = new TestChain()
    before.advance(31)
    const after = family()
    const both = (chain: TestChain) =>
      stakeWeight(chain.store, parent.hotkey, NETUID) + stakeWeight(chain.store, child.hotkey, NETUID)
    const ratio = (chain: TestChain) => Number(stakeWeight(chain.store, parent.hotkey, NETUID)) / Number(both(chain))
    expect(ratio(after)).toBeGreaterThan(ratio(before) * 0.48)
    expect(ratio(after)).toBeLessThan(ratio(before) * 0.52)
    const own = [parent, child].map(({ hotkey }) => hotkeyAlpha(after.store, hotkey, NETUID))
    expect(both(after)).toBeGreaterThan((own[0] ?? 0n) + (own[1] ?? 0n))
  })

  it('share what they earn with their parents, and keep a take of what they earn for strangers', () => {
    const without = family()
    const withTake = new TestChain()
    withTake.send(ALICE, soon)
    withTake.send(
      child.coldkeyUri,
      staking('set_childkey_take', { hotkey: child.hotkey, netuid: NETUID, take: 11_796 }),
    )
    withTake.send(parent.coldkeyUri, choose([[ALL, child.hotkey]]))
    without.advance(60)
    withTake.advance(90)
    for (const chain of [without, withTake]) expect(differences(chain)).toEqual([])
    const dividends = (chain: TestChain, hotkey: string) => chain.store.get(s.AlphaDividendsPerSubnet, NETUID, hotkey)
    // With nothing of its own weight, the parent still earns: through its child alone.
    expect(stakeWeight(withTake.store, parent.hotkey, NETUID)).toBe(0n)
    expect(dividends(withTake, parent.hotkey)).toBeGreaterThan(0n)
    const part = (chain: TestChain) =>
      Number(dividends(chain, parent.hotkey)) / Number(dividends(chain, parent.hotkey) + dividends(chain, child.hotkey))
    expect(part(withTake)).toBeLessThan(part(without))
  })

  it('follow a hotkey that becomes another, as parent and as child', () => {
    const chain = family()
    const [newChild, newParent] = [accountOf('//New//child'), accountOf('//New//parent')]
    chain.store.set(s.TxRateLimit, [], 0n)
    const swap = (uri: string, hotkey: string, to: string) =>
      chain.send(uri, staking('swap_hotkey_v2', { hotkey, new_hotkey: to, netuid: undefined, keep_stake: false }))
    expect(swap(child.coldkeyUri, child.hotkey, newChild).ok).toBe(true)
    expect(chain.store.get(s.ChildKeys, parent.hotkey, NETUID)).toEqual([[ALL / 2n, newChild]])
    expect(swap(parent.coldkeyUri, parent.hotkey, newParent).ok).toBe(true)
    expect(chain.store.get(s.ChildKeys, newParent, NETUID)).toEqual([[ALL / 2n, newChild]])
    expect(chain.store.get(s.ParentKeys, newChild, NETUID)).toEqual([[ALL / 2n, newParent]])
    for (const old of [parent, child]) {
      expect(chain.store.get(s.ChildKeys, old.hotkey, NETUID)).toEqual([])
      expect(chain.store.get(s.ParentKeys, old.hotkey, NETUID)).toEqual([])
    }
    chain.advance(45)
    expect(differences(chain)).toEqual([])
  })

  it('are refused as the chain refuses them', () => {
    const chain = family()
    const error = (uri: string, call: ReturnType<typeof staking>) => chain.send(uri, call).error
    expect(error(parent.coldkeyUri, choose([]))).toBe('SubtensorModule.TxRateLimitExceeded')
    const onRoot = staking('set_children', { hotkey: child.hotkey, netuid: 0, children: [] })
    expect(error(child.coldkeyUri, onRoot)).toBe('SubtensorModule.RegistrationNotPermittedOnRootSubnet')
    const nowhere = staking('set_children', { hotkey: child.hotkey, netuid: 99, children: [] })
    expect(error(child.coldkeyUri, nowhere)).toBe('SubtensorModule.SubnetNotExists')
    expect(error(ALICE, choose([], child.hotkey))).toBe('SubtensorModule.NonAssociatedColdKey')
    const ofChild = (children: readonly (readonly [bigint, string])[]) =>
      error(child.coldkeyUri, choose(children, child.hotkey))
    expect(
      ofChild([
        [1n, other.hotkey],
        [2n, other.hotkey],
      ]),
    ).toBe('SubtensorModule.DuplicateChild')
    expect(ofChild([[1n, child.hotkey]])).toBe('SubtensorModule.InvalidChild')
    const six = [0, 1, 2, 3, 4, 5].map((n) => [1n, keysOf(miner(n)).hotkey] as const)
    expect(ofChild(six)).toBe('SubtensorModule.TooManyChildren')
    expect(ofChild(six.slice(0, 2).map(([, hotkey]) => [ALL, hotkey] as const))).toBe(
      'SubtensorModule.ProportionOverflow',
    )
    expect(ofChild([[1n, parent.hotkey]])).toBe('SubtensorModule.ChildParentInconsistency')
    const poor = { ...miner(0), ...keysOf(miner(0)) }
    const noStake = staking('set_children', { hotkey: poor.hotkey, netuid: NETUID, children: [[1n, other.hotkey]] })
    expect(error(poor.coldkeyUri, noStake)).toBe('SubtensorModule.NotEnoughStakeToSetChildkeys')
    const take = (value: number) => staking('set_childkey_take', { hotkey: child.hotkey, netuid: NETUID, take: value })
    expect(error(child.coldkeyUri, take(11_797))).toBe('SubtensorModule.InvalidChildkeyTake')
    expect(error(child.coldkeyUri, take(100))).toBeUndefined()
    expect(error(child.coldkeyUri, take(101))).toBe('SubtensorModule.TxChildkeyTakeRateLimitExceeded')
    expect(error(child.coldkeyUri, take(99))).toBeUndefined()
    expect(error(parent.coldkeyUri, staking('set_pending_childkey_cooldown', { cooldown: 1n }))).toBe('BadOrigin')
    const swap = { hotkey: parent.hotkey, new_hotkey: child.hotkey, netuid: NETUID, keep_stake: false }
    expect(error(parent.coldkeyUri, staking('swap_hotkey_v2', swap))).toBe(
      'SubtensorModule.HotKeyAlreadyRegisteredInSubNet',
    )
  })

  it('that would be set by somebody with too little stake by then are dropped', () => {
    const chain = new TestChain()
    chain.send(ALICE, soon)
    chain.send(parent.coldkeyUri, choose([[ALL / 2n, child.hotkey]]))
    chain.store.set(s.StakeThreshold, [], 10_000_000n * TAO)
    chain.advance(30)
    expect(chain.store.get(s.ChildKeys, parent.hotkey, NETUID)).toEqual([])
    expect(chain.store.entries(s.PendingChildKeys, NETUID)).toEqual([])
  })

  it('of a root validator that wants no new subnets are left as they are', () => {
    const chain = new TestChain()
    const off = staking('set_auto_parent_delegation_enabled', { hotkey: parent.hotkey, enabled: false })
    const told = eventOf(chain.send(parent.coldkeyUri, off), 'SubtensorModule.AutoParentDelegationEnabledSet')
    expect(told).toEqual({ hotkey: parent.hotkey, enabled: false })
    const owner = accountOf('//Fresh//hotkey')
    chain.send(ALICE, staking('register_network', { hotkey: owner }))
    const parents = chain.store.get(s.ParentKeys, owner, 8).map(([, one]) => one)
    expect(parents).toContain(child.hotkey)
    expect(parents).not.toContain(parent.hotkey)
  })
})
