import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, BOB } from '../../seed/accounts.ts'
import { proxy, subtensorModule } from '../core/pallets.ts'
import { alice, chat, differences, free, reserved, staking, TAO, transferTo } from '../testing/books.ts'
import {
  actFor,
  callHash,
  eventNames,
  eventOf,
  id,
  innerResult,
  kind,
  proxyCall,
  remark,
  utilityCall,
} from '../testing/calls.ts'
import { TestChain } from '../testing/test-chain.ts'
import { pureAccount } from './pure.ts'

const bob = accountOf(BOB)
const [BASE, EACH] = [60_000_000n, 33_000_000n]
const delegation = (to: string, type: string, delay = 0) => ({ delegate: id(to), proxy_type: kind(type), delay })
const add = (to: string, type: string, delay = 0) => proxyCall('add_proxy', delegation(to, type, delay))
const remove = (to: string, type: string, delay = 0) => proxyCall('remove_proxy', delegation(to, type, delay))
const stakeOnChat = (amount = 3n * TAO) =>
  staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: amount })
const listOf = (chain: TestChain, who: string) =>
  chain.store.get(proxy.storage.Proxies, who)[0].map((one) => [one.proxy_type.type, one.delay])

/** A chain where Bob may act for Alice in one way. */
function delegated(type: string, delay = 0): TestChain {
  const chain = new TestChain()
  expect(chain.send(ALICE, add(bob, type, delay)).ok).toBe(true)
  return chain
}

describe('delegations', () => {
  it('cost a deposit that comes back, and keep the books balanced', () => {
    const chain = new TestChain()
    const before = free(chain, alice)
    const added = chain.send(ALICE, add(bob, 'Staking'))
    expect(eventNames(added)).toEqual(expect.arrayContaining(['Balances.Reserved', 'Proxy.ProxyAdded']))
    expect(eventOf(added, 'Proxy.ProxyAdded')).toEqual({
      delegator: alice,
      delegatee: bob,
      proxy_type: kind('Staking'),
      delay: 0,
    })
    expect(reserved(chain, alice)).toBe(BASE + EACH)
    chain.send(ALICE, add(bob, 'Any', 7))
    expect(reserved(chain, alice)).toBe(BASE + 2n * EACH)
    expect(listOf(chain, alice)).toEqual([
      ['Any', 7],
      ['Staking', 0],
    ])
    expect(differences(chain)).toEqual([])
    expect(chain.send(ALICE, remove(bob, 'Any')).error).toBe('Proxy.NotFound')
    expect(eventNames(chain.send(ALICE, remove(bob, 'Any', 7)))).toContain('Proxy.ProxyRemoved')
    expect(reserved(chain, alice)).toBe(BASE + EACH)
    chain.send(ALICE, proxyCall('remove_proxies'))
    expect([reserved(chain, alice), listOf(chain, alice)]).toEqual([0n, []])
    expect(chain.store.has(proxy.storage.Proxies, alice)).toBe(false)
    expect(before - free(chain, alice)).toBeLessThan(TAO / 100n)
    expect(differences(chain)).toEqual([])
  })

  it('are refused when twofold, of oneself, too many, or not affordable', () => {
    const chain = delegated('Staking')
    expect(chain.send(ALICE, add(bob, 'Staking')).error).toBe('Proxy.Duplicate')
    expect(chain.send(ALICE, add(alice, 'Any')).error).toBe('Proxy.NoSelfProxy')
    for (let delay = 1; delay < 20; delay += 1) expect(chain.send(ALICE, add(bob, 'Any', delay)).ok).toBe(true)
    expect(chain.send(ALICE, add(bob, 'Any', 20)).error).toBe('Proxy.TooMany')
    const poor = accountOf('//Poor')
    chain.send(ALICE, transferTo(poor, BASE + EACH))
    expect(chain.send('//Poor', add(bob, 'Any')).error).toBe('Balances.InsufficientBalance')
    // The same call again costs the same fee, and would leave 100 rao.
    const fee = BASE + EACH - free(chain, poor)
    chain.send(ALICE, transferTo(poor, 2n * fee + 100n))
    expect(chain.send('//Poor', add(bob, 'Any')).error).toBe('ConsumerRemaining')
    expect(differences(chain)).toEqual([])
  })

  it('keep what they reserve: an account with a deposit cannot be emptied', () => {
    const chain = new TestChain()
    const poor = accountOf('//Poor')
    chain.send(ALICE, transferTo(poor, TAO))
    chain.send('//Poor', add(bob, 'Any'))
    const all = { type: 'Balances', value: { type: 'transfer_all', value: { dest: id(alice), keep_alive: false } } }
    expect(chain.send('//Poor', all).ok).toBe(true)
    expect([free(chain, poor), reserved(chain, poor)]).toEqual([500n, BASE + EACH])
    expect(differences(chain)).toEqual([])
  })
})

describe('a delegate', () => {
  it('acts as the real account, which pays for what is done; the delegate pays the fee', () => {
    const chain = delegated('Staking')
    const [realBefore, delegateBefore] = [free(chain, alice), free(chain, bob)]
    const receipt = chain.send(BOB, actFor(alice, stakeOnChat()))
    expect(innerResult(receipt, 'Proxy.ProxyExecuted')).toBe('Ok')
    expect(realBefore - free(chain, alice)).toBe(3n * TAO)
    expect(delegateBefore - free(chain, bob)).toBeGreaterThan(1_000_000n)
    expect(chain.store.get(subtensorModule.storage.StakingHotkeys, alice)).toContain(chat.hotkey)
    expect(eventOf(receipt, 'TransactionPayment.TransactionFeePaid')['who']).toBe(bob)
    expect(differences(chain)).toEqual([])
  })

  it('is told by the event, not by the extrinsic, that the call inside failed', () => {
    const chain = delegated('Staking')
    const before = free(chain, alice)
    const receipt = chain.send(BOB, actFor(alice, transferTo(bob, TAO)))
    expect(receipt.ok).toBe(true)
    expect(innerResult(receipt, 'Proxy.ProxyExecuted')).toBe('System.CallFiltered')
    const failing = staking('add_stake', { hotkey: chat.hotkey, netuid: 99, amount_staked: TAO })
    expect(innerResult(chain.send(BOB, actFor(alice, failing)), 'Proxy.ProxyExecuted')).toBe(
      'SubtensorModule.SubnetNotExists',
    )
    expect(free(chain, alice)).toBe(before)
  })

  it('must be one, of the kind that it names, and without a delay', () => {
    const chain = delegated('Staking')
    expect(chain.send('//PracticeOwner', actFor(alice, stakeOnChat())).error).toBe('Proxy.NotProxy')
    expect(chain.send(BOB, actFor(alice, stakeOnChat(), 'Any')).error).toBe('Proxy.NotProxy')
    expect(chain.send(BOB, actFor(alice, stakeOnChat(), 'Staking')).ok).toBe(true)
    expect(chain.send(ALICE, actFor(bob, remark())).error).toBe('Proxy.NotProxy')
    const delayed = delegated('Any', 3)
    expect(delayed.send(BOB, actFor(alice, remark())).error).toBe('Proxy.Unannounced')
  })

  it('meets the same limits inside a batch', () => {
    const chain = delegated('NonTransfer')
    const batch = utilityCall('batch', { calls: [stakeOnChat(), transferTo(bob, TAO), stakeOnChat()] })
    const before = free(chain, alice)
    const receipt = chain.send(BOB, actFor(alice, batch))
    expect(innerResult(receipt, 'Proxy.ProxyExecuted')).toBe('Ok')
    expect(eventOf(receipt, 'Utility.BatchInterrupted')['index']).toBe(1)
    expect(before - free(chain, alice)).toBe(3n * TAO)
    const all = utilityCall('batch_all', { calls: [transferTo(bob, TAO)] })
    expect(innerResult(chain.send(BOB, actFor(alice, all)), 'Proxy.ProxyExecuted')).toBe('System.CallFiltered')
    const staker = delegated('Staking')
    const batched = utilityCall('batch', { calls: [stakeOnChat()] })
    expect(innerResult(staker.send(BOB, actFor(alice, batched)), 'Proxy.ProxyExecuted')).toBe('System.CallFiltered')
  })

  it('cannot hand on or take away more than it has', () => {
    const chain = delegated('NonTransfer')
    const carol = accountOf('//Carol')
    const outcome = (call: object) => innerResult(chain.send(BOB, actFor(alice, call as never)), 'Proxy.ProxyExecuted')
    expect(outcome(add(carol, 'Any'))).toBe('System.CallFiltered')
    expect(outcome(add(carol, 'Transfer'))).toBe('System.CallFiltered')
    expect(outcome(add(carol, 'Staking'))).toBe('Ok')
    expect(outcome(remove(carol, 'Staking'))).toBe('Ok')
    expect(outcome(proxyCall('remove_proxies'))).toBe('System.CallFiltered')
    expect(outcome(utilityCall('batch', { calls: [add(carol, 'Any')] }))).toBe('Ok')
    expect(listOf(chain, alice)).toEqual([['NonTransfer', 0]])
  })

  it('of a delegate acts freshly: limits of the outer account end at the inner one', () => {
    const chain = delegated('NonTransfer')
    const carol = accountOf('//Carol')
    chain.send(ALICE, transferTo(carol, 5n * TAO))
    chain.send('//Carol', add(alice, 'Transfer'))
    const inner = actFor(carol, transferTo(bob, TAO))
    const before = free(chain, carol)
    const receipt = chain.send(BOB, actFor(alice, inner))
    expect(receipt.events.filter(({ value }) => value.type === 'ProxyExecuted')).toHaveLength(2)
    expect(before - free(chain, carol)).toBe(TAO)
  })
})

describe('announcements', () => {
  const transfer = transferTo(bob, TAO)
  const hash = callHash(transfer)
  const announced = () =>
    proxyCall('proxy_announced', { delegate: id(bob), real: id(alice), force_proxy_type: undefined, call: transfer })

  it('wait for their delay, then anybody may carry them out, once', () => {
    const chain = delegated('Any', 4)
    expect(chain.send(BOB, announced()).error).toBe('Proxy.Unannounced')
    const told = chain.send(BOB, proxyCall('announce', { real: id(alice), call_hash: hash }))
    expect(eventOf(told, 'Proxy.Announced')).toEqual({ real: alice, proxy: bob, call_hash: hash })
    expect(reserved(chain, bob)).toBe(36_000_000n + 68_000_000n)
    chain.advance(2)
    expect(chain.send('//PracticeOwner', announced()).error).toBe('Proxy.Unannounced')
    const before = free(chain, alice)
    expect(innerResult(chain.send('//PracticeOwner', announced()), 'Proxy.ProxyExecuted')).toBe('Ok')
    expect(before - free(chain, alice)).toBe(TAO)
    expect(reserved(chain, bob)).toBe(0n)
    expect(chain.send(BOB, announced()).error).toBe('Proxy.Unannounced')
    expect(differences(chain)).toEqual([])
  })

  it('can be refused by the account and taken back by the delegate', () => {
    const chain = delegated('Any', 1)
    const announce = proxyCall('announce', { real: id(alice), call_hash: hash })
    const reject = proxyCall('reject_announcement', { delegate: id(bob), call_hash: hash })
    const takeBack = proxyCall('remove_announcement', { real: id(alice), call_hash: hash })
    expect(chain.send(ALICE, reject).error).toBe('Proxy.NotFound')
    chain.send(BOB, announce)
    expect(chain.send(ALICE, reject).ok).toBe(true)
    chain.advance(3)
    expect(chain.send(BOB, announced()).error).toBe('Proxy.Unannounced')
    chain.send(BOB, announce)
    expect(chain.send(BOB, takeBack).ok).toBe(true)
    expect(chain.send(BOB, takeBack).error).toBe('Proxy.NotFound')
    expect(reserved(chain, bob)).toBe(0n)
    expect(chain.send('//PracticeOwner', announce).error).toBe('Proxy.NotProxy')
  })
})

describe('a pure account', () => {
  it('follows from its coordinates, is acted for, and dies by its own call only', () => {
    const chain = new TestChain()
    const create = (index: number) => proxyCall('create_pure', { proxy_type: kind('Any'), delay: 0, index })
    const made = chain.send(ALICE, create(3))
    const { pure } = eventOf(made, 'Proxy.PureCreated') as { pure: string }
    const coordinates = { spawner: alice, proxyType: kind('Any'), index: 3, height: chain.number, extrinsicIndex: 1 }
    expect(pure).toBe(pureAccount(coordinates as never))
    chain.send(ALICE, transferTo(pure, 5n * TAO))
    expect(innerResult(chain.send(ALICE, actFor(pure, transferTo(bob, TAO))), 'Proxy.ProxyExecuted')).toBe('Ok')
    expect(free(chain, pure)).toBe(4n * TAO)
    const kill = (height: number) =>
      proxyCall('kill_pure', { spawner: id(alice), proxy_type: kind('Any'), index: 3, height, ext_index: 1 })
    const wrong = chain.send(ALICE, actFor(pure, kill(coordinates.height + 1)))
    expect(innerResult(wrong, 'Proxy.ProxyExecuted')).toBe('Proxy.NoPermission')
    expect(reserved(chain, alice)).toBe(BASE + EACH)
    expect(eventNames(chain.send(ALICE, actFor(pure, kill(coordinates.height))))).toContain('Proxy.PureKilled')
    expect(reserved(chain, alice)).toBe(0n)
    expect(chain.send(ALICE, actFor(pure, remark())).error).toBe('Proxy.NotProxy')
    expect(differences(chain)).toEqual([])
  })

  it('is made twice in one extrinsic only with another index', () => {
    const chain = new TestChain()
    const create = (index: number) => proxyCall('create_pure', { proxy_type: kind('Any'), delay: 0, index })
    expect(chain.send(ALICE, utilityCall('batch_all', { calls: [create(0), create(0)] })).error).toBe('Proxy.Duplicate')
    expect(chain.send(ALICE, utilityCall('batch_all', { calls: [create(0), create(1)] })).ok).toBe(true)
  })
})

describe('who pays the fee', () => {
  const realPays = (pays_fee: boolean) => proxyCall('set_real_pays_fee', { delegate: id(bob), pays_fee })

  it('the real account where it said so', () => {
    const chain = delegated('Any')
    expect(chain.send(BOB, realPays(true)).error).toBe('Proxy.NotProxy')
    chain.send(ALICE, realPays(true))
    const before = free(chain, bob)
    const receipt = chain.send(BOB, actFor(alice, remark()))
    expect(eventOf(receipt, 'TransactionPayment.TransactionFeePaid')['who']).toBe(alice)
    expect(free(chain, bob)).toBe(before)
    chain.send(ALICE, realPays(false))
    chain.send(BOB, actFor(alice, remark()))
    expect(free(chain, bob)).toBeLessThan(before)
  })

  it('lets a delegate without any TAO act', () => {
    const chain = new TestChain()
    const penniless = accountOf('//Penniless')
    chain.send(ALICE, add(penniless, 'Staking'))
    expect(chain.validate(chain.sign('//Penniless', actFor(alice, stakeOnChat())))).toMatchObject({ code: 'payment' })
    chain.send(ALICE, proxyCall('set_real_pays_fee', { delegate: id(penniless), pays_fee: true }))
    expect(innerResult(chain.send('//Penniless', actFor(alice, stakeOnChat())), 'Proxy.ProxyExecuted')).toBe('Ok')
    chain.send(ALICE, remove(penniless, 'Staking'))
    expect(chain.store.has(proxy.storage.RealPaysFee, alice, penniless)).toBe(false)
  })
})
