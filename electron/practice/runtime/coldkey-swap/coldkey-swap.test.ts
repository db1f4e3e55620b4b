import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, BOB, keysOf, subnetOwner, validator } from '../../seed/accounts.ts'
import { proxy, subtensorModule, system } from '../core/pallets.ts'
import { freeOf } from '../money/balances.ts'
import { stakeOf } from '../stake/ledger.ts'
import { alice, chat, differences, free, reserved, staking, TAO, transferTo } from '../testing/books.ts'
import {
  actFor,
  eventNames,
  eventOf,
  id,
  innerResult,
  kind,
  multisigCall,
  proxyCall,
  remark,
  utilityCall,
} from '../testing/calls.ts'
import { TestChain } from '../testing/test-chain.ts'
import { coldkeyHash } from './announce.ts'

const s = subtensorModule.storage
const bob = accountOf(BOB)
const NEW = '//NewColdkey'
const next = accountOf(NEW)
/** Blocks of the practice chain: until the swap may be carried out, and from then until it may be given up. */
const [DELAY, AGAIN] = [50, 10]

const announce = (to = next) => staking('announce_coldkey_swap', { new_coldkey_hash: coldkeyHash(to) })
const swap = (to = next) => staking('swap_coldkey_announced', { new_coldkey: to })
const dispute = staking('dispute_coldkey_swap', {})
const clear = staking('clear_coldkey_swap_announcement', {})
const reset = (coldkey: string) => staking('reset_coldkey_swap', { coldkey })
const asRoot = (call: object) => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } })
const stakeOnChat = staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: TAO })

/** A chain where Alice announced a swap. */
function announced(uri = ALICE): TestChain {
  const chain = new TestChain()
  expect(chain.send(uri, announce()).ok).toBe(true)
  return chain
}

describe('announcing a coldkey swap', () => {
  it('costs 0.1 TAO once, and says from which block it may be carried out', () => {
    const chain = new TestChain()
    const before = free(chain, alice)
    const receipt = chain.send(ALICE, announce())
    expect(eventOf(receipt, 'SubtensorModule.ColdkeySwapAnnounced')).toEqual({
      who: alice,
      new_coldkey_hash: coldkeyHash(next),
    })
    expect(chain.store.get(s.ColdkeySwapAnnouncements, alice)).toEqual([chain.number + DELAY, coldkeyHash(next)])
    expect(before - free(chain, alice)).toBeGreaterThanOrEqual(TAO / 10n)
    const executableAt = chain.number + DELAY
    expect(chain.send(ALICE, announce(bob)).error).toBe('SubtensorModule.ColdkeySwapReannouncedTooEarly')
    chain.advance(executableAt + AGAIN - chain.number - 2)
    expect(chain.send(ALICE, announce(bob)).error).toBe('SubtensorModule.ColdkeySwapReannouncedTooEarly')
    const beforeAgain = free(chain, alice)
    expect(chain.send(ALICE, announce(bob)).ok).toBe(true)
    expect(beforeAgain - free(chain, alice)).toBeLessThan(TAO / 100n)
    expect(chain.store.get(s.ColdkeySwapAnnouncements, alice)?.[1]).toBe(coldkeyHash(bob))
    expect(differences(chain)).toEqual([])
  })

  it('is refused to who cannot pay', () => {
    const chain = new TestChain()
    chain.send(ALICE, transferTo(accountOf('//Poor'), TAO / 20n))
    expect(chain.send('//Poor', announce()).error).toBe('SubtensorModule.NotEnoughBalanceToPaySwapColdKey')
  })
})

describe('an announced swap', () => {
  it('freezes the account: the pool refuses everything else with the chain’s code 0', () => {
    const chain = announced()
    for (const call of [remark(), stakeOnChat, transferTo(bob, TAO), utilityCall('batch', { calls: [swap()] })])
      expect(chain.validate(chain.sign(ALICE, call))).toMatchObject({ ok: false, code: 'custom', custom: 0 })
    for (const call of [announce(), swap(), dispute, clear])
      expect(chain.validate(chain.sign(ALICE, call))).toMatchObject({ ok: true })
  })

  it('freezes it for delegates and groups, too', () => {
    const chain = new TestChain()
    chain.send(ALICE, proxyCall('add_proxy', { delegate: id(bob), proxy_type: kind('Any'), delay: 0 }))
    chain.send(ALICE, announce())
    expect(innerResult(chain.send(BOB, actFor(alice, stakeOnChat)), 'Proxy.ProxyExecuted')).toBe(
      'SubtensorModule.ColdkeySwapAnnounced',
    )
    const batch = utilityCall('batch', { calls: [remark()] })
    expect(innerResult(chain.send(BOB, actFor(alice, batch)), 'Proxy.ProxyExecuted')).toBe(
      'SubtensorModule.ColdkeySwapAnnounced',
    )
    const inBatch = chain.send(BOB, utilityCall('batch', { calls: [actFor(alice, stakeOnChat), remark()] }))
    expect(innerResult(inBatch, 'Proxy.ProxyExecuted')).toBe('SubtensorModule.ColdkeySwapAnnounced')
    expect(eventNames(inBatch)).toContain('Utility.BatchCompleted')
    const alone = multisigCall('as_multi_threshold_1', { other_signatories: [bob], call: remark() })
    expect(chain.validate(chain.sign(ALICE, alone))).toMatchObject({ custom: 0 })
    // A delegate of kind Any may go on with the swap itself, as on the chain.
    expect(innerResult(chain.send(BOB, actFor(alice, dispute)), 'Proxy.ProxyExecuted')).toBe('Ok')
  })

  it('can be cleared, but only some blocks after it could have been carried out', () => {
    const chain = announced()
    const executableAt = chain.number + DELAY
    expect(chain.send(ALICE, clear).error).toBe('SubtensorModule.ColdkeySwapClearTooEarly')
    chain.advance(executableAt + AGAIN - 1 - chain.number)
    expect(eventNames(chain.send(ALICE, clear))).toContain('SubtensorModule.ColdkeySwapCleared')
    expect(chain.send(ALICE, stakeOnChat).ok).toBe(true)
    expect(chain.send(ALICE, clear).error).toBe('SubtensorModule.ColdkeySwapAnnouncementNotFound')
  })

  it('once disputed freezes everything with code 21, until root resets it', () => {
    const chain = announced()
    expect(eventNames(chain.send(ALICE, dispute))).toContain('SubtensorModule.ColdkeySwapDisputed')
    expect(chain.store.get(s.ColdkeySwapDisputes, alice)).toBe(chain.number)
    for (const call of [remark(), announce(), swap(), dispute, clear])
      expect(chain.validate(chain.sign(ALICE, call))).toMatchObject({ ok: false, code: 'custom', custom: 21 })
    expect(chain.validate(chain.sign(ALICE, asRoot(reset(alice))))).toMatchObject({ custom: 21 })
    expect(new TestChain().send(ALICE, dispute).error).toBe('SubtensorModule.ColdkeySwapAnnouncementNotFound')
  })
})

describe('carrying a swap out', () => {
  it('waits, and takes only the announced key', () => {
    const chain = announced()
    expect(chain.send(ALICE, swap()).error).toBe('SubtensorModule.ColdkeySwapTooEarly')
    expect(chain.send(ALICE, swap(bob)).error).toBe('SubtensorModule.AnnouncedColdkeyHashDoesNotMatch')
    expect(chain.send(BOB, swap()).error).toBe('SubtensorModule.ColdkeySwapAnnouncementNotFound')
    chain.advance(DELAY)
    expect(chain.send(ALICE, swap()).ok).toBe(true)
  })

  it('moves name, hotkeys, stake on every subnet, auto-stake and money', () => {
    const { coldkeyUri } = validator(1)
    const keys = keysOf(validator(1))
    const chain = new TestChain()
    chain.send(coldkeyUri, staking('set_coldkey_auto_stake_hotkey', { netuid: 1, hotkey: keys.hotkey }))
    chain.send(coldkeyUri, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 5n * TAO }))
    chain.send(coldkeyUri, announce())
    chain.advance(DELAY)
    const positions = [
      { hotkey: keys.hotkey, netuid: 0 },
      { hotkey: keys.hotkey, netuid: 1 },
      { hotkey: chat.hotkey, netuid: 2 },
    ]
    const stakes = (coldkey: string) => positions.map((one) => stakeOf(chain.store, { ...one, coldkey }))
    const [before, money] = [stakes(keys.coldkey), free(chain, keys.coldkey)]
    expect(before.every((alpha) => alpha > 0n)).toBe(true)
    const receipt = chain.send(coldkeyUri, swap())
    expect(eventOf(receipt, 'SubtensorModule.ColdkeySwapped')).toEqual({ old_coldkey: keys.coldkey, new_coldkey: next })
    expect(stakes(keys.coldkey)).toEqual([0n, 0n, 0n])
    stakes(next).forEach((alpha, at) => {
      // One epoch may have paid in between; a whole position is at most a rao less by rounding.
      expect(alpha).toBeGreaterThanOrEqual((before[at] ?? 0n) - 1n)
    })
    expect(chain.store.get(s.Owner, keys.hotkey)).toBe(next)
    expect(chain.store.get(s.OwnedHotkeys, next)).toEqual([keys.hotkey])
    expect(chain.store.get(s.StakingHotkeys, next)).toEqual(expect.arrayContaining([keys.hotkey, chat.hotkey]))
    expect(chain.store.get(s.StakingHotkeys, keys.coldkey)).toEqual([])
    expect(chain.store.get(s.AutoStakeDestination, next, 1)).toBe(keys.hotkey)
    expect(chain.store.get(s.AutoStakeDestinationColdkeys, keys.hotkey, 1)).toEqual([next])
    expect(chain.store.get(s.IdentitiesV2, next)?.name).toBe('Practice validator 1')
    expect(chain.store.has(s.IdentitiesV2, keys.coldkey)).toBe(false)
    expect(chain.store.has(system.storage.Account, keys.coldkey)).toBe(false)
    expect(money - free(chain, next)).toBeLessThan(TAO / 100n)
    expect(chain.store.has(s.ColdkeySwapAnnouncements, keys.coldkey)).toBe(false)
    expect(differences(chain)).toEqual([])
    chain.advance(25)
    expect(differences(chain)).toEqual([])
    expect(chain.send(NEW, stakeOnChat).ok).toBe(true)
  })

  it('moves subnets, and leaves delegations with their deposit behind', () => {
    const owner = subnetOwner(6)
    const { coldkey } = keysOf(owner)
    const chain = new TestChain()
    chain.send(owner.coldkeyUri, proxyCall('add_proxy', { delegate: id(bob), proxy_type: kind('Any'), delay: 0 }))
    chain.send(owner.coldkeyUri, announce())
    chain.advance(DELAY)
    expect(chain.send(owner.coldkeyUri, swap()).ok).toBe(true)
    expect(chain.store.get(s.SubnetOwner, 6)).toBe(next)
    expect([freeOf(chain.store, coldkey), reserved(chain, coldkey)]).toEqual([500n, 93_000_000n])
    expect(chain.store.get(proxy.storage.Proxies, coldkey)[0]).toHaveLength(1)
    expect(chain.store.get(proxy.storage.Proxies, next)[0]).toEqual([])
    expect(chain.send(NEW, staking('start_call', { netuid: 6 })).ok).toBe(true)
    expect(differences(chain)).toEqual([])
  })

  it('refuses a key that stakes already or is a hotkey, and keeps the announcement', () => {
    const chain = new TestChain()
    const { hotkey, coldkey } = keysOf(validator(2))
    for (const [uri, to, error] of [
      [ALICE, coldkey, 'ColdKeyAlreadyAssociated'],
      [BOB, hotkey, 'NewColdKeyIsHotkey'],
    ] as const) {
      chain.send(uri, announce(to))
      chain.advance(DELAY)
      expect(chain.send(uri, swap(to)).error).toBe(`SubtensorModule.${error}`)
      expect(chain.store.has(s.ColdkeySwapAnnouncements, accountOf(uri))).toBe(true)
    }
  })
})

describe('root', () => {
  it('ends a dispute, and with it the announcement', () => {
    const chain = announced(BOB)
    chain.send(BOB, dispute)
    expect(eventOf(chain.send(ALICE, asRoot(remark())), 'Sudo.Sudid')['sudo_result']).toMatchObject({
      type: 'Err',
      value: { type: 'BadOrigin' },
    })
    const receipt = chain.send(ALICE, asRoot(reset(bob)))
    expect(eventOf(receipt, 'Sudo.Sudid')['sudo_result']).toEqual({ type: 'Ok', value: undefined })
    expect(eventOf(receipt, 'SubtensorModule.ColdkeySwapReset')).toEqual({ who: bob })
    expect(chain.send(BOB, stakeOnChat).ok).toBe(true)
  })

  it('moves a coldkey without announcement', () => {
    const chain = announced(BOB)
    const force = staking('swap_coldkey', { old_coldkey: bob, new_coldkey: next, swap_cost: TAO })
    expect(eventNames(chain.send(ALICE, asRoot(force)))).toContain('SubtensorModule.ColdkeySwapped')
    expect(chain.store.has(s.ColdkeySwapAnnouncements, bob)).toBe(false)
    expect(free(chain, next)).toBeGreaterThan(9_998n * TAO)
    expect(differences(chain)).toEqual([])
  })
})

describe('calls that are not for accounts', () => {
  it('are refused', () => {
    const chain = new TestChain()
    expect(chain.send(ALICE, staking('reset_coldkey_swap', { coldkey: bob })).error).toBe('BadOrigin')
    const force = staking('swap_coldkey', { old_coldkey: bob, new_coldkey: next, swap_cost: 0n })
    expect(chain.send(ALICE, force).error).toBe('BadOrigin')
    expect(chain.send(ALICE, staking('schedule_swap_coldkey', { new_coldkey: next })).error).toBe(
      'SubtensorModule.Deprecated',
    )
  })
})
