import { describe, expect, it } from 'vitest'
import { keysOf, miner, validator } from '../../seed/accounts.ts'
import { subtensorModule } from '../core/pallets.ts'
import { owedBy } from '../root/basket.ts'
import { ownerOf, ROOT, stakeOf } from '../stake/ledger.ts'
import { alice, chat, differences, free, staking, TAO } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'

const s = subtensorModule.storage
const NETUID = 1
const owner = validator(1)
const { coldkey, hotkey: old } = keysOf(owner)
const swap = (to: string, more: { netuid?: number; keep_stake?: boolean; hotkey?: string } = {}) =>
  staking('swap_hotkey_v2', { hotkey: old, new_hotkey: to, netuid: undefined, keep_stake: false, ...more })

/** The owner of a validator with places, stake and stakers can pay. */
function rich(): TestChain {
  const chain = new TestChain()
  for (const netuid of [NETUID, ROOT])
    chain.send('//Alice', staking('add_stake', { hotkey: old, netuid, amount_staked: 50n * TAO }))
  chain.send('//Alice', {
    type: 'Balances',
    value: { type: 'transfer_keep_alive', value: { dest: { type: 'Id', value: coldkey }, value: 10n * TAO } },
  })
  chain.advance(22)
  return chain
}
const fresh = (chain: TestChain): string => chain.account('//Swap//new')
const placesOf = (chain: TestChain, hotkey: string) =>
  chain.store.entries(s.Uids).flatMap(([[netuid, who], uid]) => (who === hotkey ? [[netuid, uid]] : []))
const stakeBehind = (chain: TestChain, hotkey: string, netuid = NETUID) =>
  stakeOf(chain.store, { hotkey, coldkey: alice, netuid })

describe('a hotkey that becomes another', () => {
  it('everywhere takes places, stake of everybody, baskets and the owner along, and pays once', () => {
    const chain = rich()
    const [places, stake, to] = [placesOf(chain, old), stakeBehind(chain, old), fresh(chain)]
    const [onRoot, owed, paid] = [stakeBehind(chain, old, ROOT), owedBy(chain.store, old, alice), free(chain, coldkey)]
    const receipt = chain.send(owner.coldkeyUri, swap(to))
    expect(receipt.ok).toBe(true)
    expect(receipt.events).toContainEqual({
      type: 'SubtensorModule',
      value: { type: 'HotkeySwapped', value: { coldkey, old_hotkey: old, new_hotkey: to } },
    })
    expect(places.length).toBeGreaterThan(0)
    expect(placesOf(chain, to)).toEqual(places)
    expect(placesOf(chain, old)).toEqual([])
    expect(stakeBehind(chain, old)).toBe(0n)
    // Shares are cut on the way in.
    expect(stake - stakeBehind(chain, to)).toBeLessThanOrEqual(2n)
    expect(onRoot - stakeBehind(chain, to, ROOT)).toBeLessThanOrEqual(2n)
    expect(owed - owedBy(chain.store, to, alice)).toBeLessThanOrEqual(2n)
    expect(chain.store.has(s.Owner, old)).toBe(false)
    expect(ownerOf(chain.store, to)).toBe(coldkey)
    expect(paid - free(chain, coldkey)).toBeGreaterThanOrEqual(TAO / 10n)
    expect(differences(chain)).toEqual([])
    chain.advance(22)
    expect(stakeBehind(chain, to)).toBeGreaterThan(stake)
    expect(differences(chain)).toEqual([])
  })

  it('on one subnet leaves everything else, costs less, and does so once a day', () => {
    const chain = rich()
    const [places, stake, to] = [placesOf(chain, old), stakeBehind(chain, old), fresh(chain)]
    expect(chain.send(owner.coldkeyUri, swap(to, { netuid: NETUID })).ok).toBe(true)
    expect(placesOf(chain, to)).toEqual(places.filter(([netuid]) => netuid === NETUID))
    expect(placesOf(chain, old)).toEqual(places.filter(([netuid]) => netuid !== NETUID))
    expect(stake - stakeBehind(chain, to)).toBeLessThanOrEqual(2n)
    expect(ownerOf(chain.store, old)).toBe(coldkey)
    expect(differences(chain)).toEqual([])
    const back = swap(old, { hotkey: to, netuid: NETUID })
    expect(chain.send(owner.coldkeyUri, back).error).toBe('SubtensorModule.HotKeySetTxRateLimitExceeded')
    chain.store.set(s.TxRateLimit, [], 0n)
    expect(chain.send(owner.coldkeyUri, back).error).toBe('SubtensorModule.HotKeySwapOnSubnetIntervalNotPassed')
  })

  it('leaves the stake where it was when it is kept, and its owner', () => {
    const chain = rich()
    const [stake, to] = [stakeBehind(chain, old), fresh(chain)]
    expect(chain.send(owner.coldkeyUri, swap(to, { keep_stake: true })).ok).toBe(true)
    expect(stakeBehind(chain, old)).toBe(stake)
    expect(stakeBehind(chain, to)).toBe(0n)
    expect(ownerOf(chain.store, old)).toBe(coldkey)
    expect(placesOf(chain, old)).toEqual([])
    expect(
      chain.send('//Alice', staking('remove_stake', { hotkey: old, netuid: NETUID, amount_unstaked: stake })).ok,
    ).toBe(true)
    expect(differences(chain)).toEqual([])
  })

  it('is refused for hotkeys of others, for itself, for one that has a place or stake on root, and without money', () => {
    const chain = rich()
    const refused = (uri: string, call: Parameters<TestChain['send']>[1]) => chain.send(uri, call).error
    const to = fresh(chain)
    expect(refused('//Alice', swap(to))).toBe('SubtensorModule.NonAssociatedColdKey')
    expect(refused(owner.coldkeyUri, swap(old))).toBe('SubtensorModule.NewHotKeyIsSameWithOld')
    const placed = placesOf(chain, chat.hotkey).length > 0 ? chat.hotkey : keysOf(miner(0)).hotkey
    expect(refused(owner.coldkeyUri, swap(placed))).toBe('SubtensorModule.HotKeyAlreadyRegisteredInSubNet')
    chain.send(owner.coldkeyUri, staking('try_associate_hotkey', { hotkey: to }))
    chain.send('//Alice', staking('add_stake', { hotkey: to, netuid: ROOT, amount_staked: TAO }))
    expect(refused(owner.coldkeyUri, swap(to))).toBe('SubtensorModule.NewHotKeyNotCleanForRootSwap')
    const left = free(chain, coldkey) - TAO / 20n
    chain.send(owner.coldkeyUri, {
      type: 'Balances',
      value: { type: 'transfer_keep_alive', value: { dest: { type: 'Id', value: alice }, value: left } },
    })
    expect(refused(owner.coldkeyUri, swap(chain.account('//Swap//other')))).toBe(
      'SubtensorModule.NotEnoughBalanceToPaySwapHotKey',
    )
  })
})
