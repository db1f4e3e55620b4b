import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, keysOf, subnetOwner, validator } from '../../seed/accounts.ts'
import { SUBNETS } from '../../seed/subnets.ts'
import { subtensorModule } from '../core/pallets.ts'
import { hotkeyAlpha, stakeOf } from '../stake/ledger.ts'
import { subnetAccount } from '../stake/subnet-account.ts'
import { alice, chat, differences, free, staking, TAO } from '../testing/books.ts'
import { eventNames, eventOf } from '../testing/calls.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'
import { portionsOf } from './dissolve.ts'

const s = subtensorModule.storage
const FRESH = accountOf('//Fresh//hotkey')
const create = staking('register_network', { hotkey: FRESH })
const asRoot = (call: object) => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } })
const api = APIS.SubnetInfoRuntimeApi.methods
const toPrune = (chain: TestChain) =>
  chain.call('SubnetInfoRuntimeApi_get_subnet_to_prune', api.get_subnet_to_prune, {})
const cost = (chain: TestChain) =>
  chain.call(
    'SubnetRegistrationRuntimeApi_get_network_registration_cost',
    APIS.SubnetRegistrationRuntimeApi.methods.get_network_registration_cost,
    {},
  )

/** Every place for a subnet is taken, and none of them is immune. */
function crowded(): TestChain {
  const chain = new TestChain()
  chain.store.set(s.SubnetLimit, [], SUBNETS.length)
  chain.store.set(s.NetworkImmunityPeriod, [], 5n)
  chain.advance(10)
  return chain
}

describe('a new subnet', () => {
  it('costs what the chain says, and begins with it in its pool, at a price in the middle', () => {
    const chain = new TestChain()
    const [before, price] = [free(chain, alice), cost(chain)]
    const receipt = chain.send(ALICE, create)
    expect(eventNames(receipt)).toContain('SubtensorModule.NetworkAdded')
    const netuid = SUBNETS.length + 1
    expect(before - free(chain, alice)).toBeGreaterThanOrEqual(price)
    expect(chain.store.get(s.SubnetTAO, netuid)).toBe(price)
    expect(chain.store.get(s.SubnetOwner, netuid)).toBe(alice)
    expect(chain.store.get(s.Uids, netuid, FRESH)).toBe(0)
    expect(differences(chain)).toEqual([])
    // Twice the last price, and falling.
    const next = cost(chain)
    chain.advance(5)
    expect(cost(chain)).toBeLessThan(next)
    expect(next).toBe(2n * price)
    expect(chain.send(ALICE, create).error).toBe('SubtensorModule.NetworkTxRateLimitExceeded')
  })

  it('has the validators of root behind its owner, earns once it is started, and pays them', () => {
    const chain = new TestChain()
    chain.send(ALICE, create)
    const netuid = SUBNETS.length + 1
    const parents = chain.store.get(s.ParentKeys, FRESH, netuid)
    expect(parents.map(([, parent]) => parent)).toContain(chat.hotkey)
    chain.send(ALICE, staking('start_call', { netuid }))
    chain.store.set(s.SubnetEmissionEnabled, [netuid], true)
    chain.store.set(s.SubnetMovingPrice, [netuid], { bits: 1n << 31n })
    chain.send(ALICE, staking('add_stake', { hotkey: FRESH, netuid, amount_staked: 100n * TAO }))
    // The first epoch gives the permit, the second pays by it.
    chain.advance(45)
    expect(chain.store.get(s.ValidatorPermit, netuid)).toEqual([true])
    expect(chain.store.get(s.RootAlphaDividendsPerSubnet, netuid, chat.hotkey)).toBeGreaterThan(0n)
    expect(chain.store.get(s.AlphaDividendsPerSubnet, netuid, FRESH)).toBeGreaterThan(0n)
    expect(differences(chain)).toEqual([])
  })

  it('is refused where the hotkey is another’s, the name too long, the TAO too little or no subnet may go', () => {
    const chain = new TestChain()
    const error = (uri: string, call: ReturnType<typeof staking>) => chain.send(uri, call).error
    expect(error(ALICE, staking('register_network', { hotkey: chat.hotkey }))).toBe(
      'SubtensorModule.NonAssociatedColdKey',
    )
    const named = Object.fromEntries(
      [
        'subnet_name',
        'github_repo',
        'subnet_contact',
        'subnet_url',
        'discord',
        'description',
        'logo_url',
        'additional',
      ].map((field) => [field, 'x'.repeat(300)]),
    )
    const identity = staking('register_network_with_identity', { hotkey: FRESH, identity: named })
    expect(error(ALICE, identity)).toBe('SubtensorModule.InvalidIdentity')
    const poor = validator(0).coldkeyUri
    expect(error(poor, create)).toBe('SubtensorModule.CannotAffordLockCost')
    chain.store.set(s.SubnetLimit, [], SUBNETS.length)
    expect(toPrune(chain)).toBeUndefined()
    expect(error(ALICE, create)).toBe('SubtensorModule.SubnetLimitReached')
  })
})

describe('a subnet that has to go', () => {
  it('is the one with the lowest slow price that is not immune, and the API says so', () => {
    const chain = crowded()
    const prices = SUBNETS.map(({ netuid }) => chain.store.get(s.SubnetMovingPrice, netuid).bits)
    const lowest = prices.reduce((least, price) => (price < least ? price : least))
    const gone = toPrune(chain) ?? 0
    expect(chain.store.get(s.SubnetMovingPrice, gone).bits).toBe(lowest)
    chain.store.set(s.NetworkRegisteredAt, [gone], BigInt(chain.number))
    expect(toPrune(chain)).not.toBe(gone)
  })

  it('pays its TAO to all who hold its alpha, to the rao, and leaves nothing behind', () => {
    const chain = new TestChain()
    const netuid = 2
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid, amount_staked: 100n * TAO }))
    chain.send(ALICE, staking('lock_stake', { hotkey: chat.hotkey, netuid, amount: TAO }))
    chain.send(ALICE, staking('set_coldkey_auto_stake_hotkey', { netuid, hotkey: chat.hotkey }))
    chain.advance(25)
    // Prices of emission do not move between this and the call.
    const pot = () => chain.store.get(s.SubnetTAO, netuid)
    chain.open()
    const own = stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid })
    const held = new Set(
      chain.store.entries(s.TotalHotkeyAlpha).flatMap(([[hotkey, id]]) => (id === netuid ? [hotkey] : [])),
    )
    const all = [...held].reduce((sum, hotkey) => sum + hotkeyAlpha(chain.store, hotkey, netuid), 0n)
    const [before, worth] = [free(chain, alice), (pot() * own) / all]
    const receipt = chain.send(ALICE, asRoot(staking('root_dissolve_network', { netuid })))
    expect(eventOf(receipt, 'SubtensorModule.NetworkRemoved')).toBe(netuid)
    const gained = free(chain, alice) - before
    // A block's emission came between, and the fee went.
    expect(gained).toBeGreaterThan((worth * 99n) / 100n)
    expect(gained).toBeLessThan((worth * 101n) / 100n)
    expect(free(chain, subnetAccount(netuid))).toBe(0n)
    expect(chain.store.get(s.NetworksAdded, netuid)).toBe(false)
    expect(chain.store.entries(s.AlphaV2).filter(([[, , id]]) => id === netuid)).toEqual([])
    expect(chain.store.entries(s.Uids, netuid)).toEqual([])
    expect(chain.store.entries(s.Lock, alice, netuid)).toEqual([])
    expect(chain.store.get(s.AutoStakeDestination, alice, netuid)).toBeUndefined()
    expect(differences(chain)).toEqual([])
    chain.advance(25)
    expect(differences(chain)).toEqual([])
    const gone = staking('add_stake', { hotkey: chat.hotkey, netuid, amount_staked: TAO })
    expect(chain.send(ALICE, gone).error).toBe('SubtensorModule.SubnetNotExists')
  })

  it('makes room for a new one under its number in the same call', () => {
    const chain = crowded()
    const netuid = toPrune(chain) ?? 0
    const holder = keysOf(validator(SUBNETS.find((subnet) => subnet.netuid === netuid)?.validators[0] ?? 0))
    const before = free(chain, holder.coldkey)
    const receipt = chain.send(ALICE, create)
    const told = eventNames(receipt)
    expect(told.indexOf('SubtensorModule.NetworkRemoved')).toBeLessThan(told.indexOf('SubtensorModule.NetworkAdded'))
    expect(free(chain, holder.coldkey)).toBeGreaterThan(before)
    expect(chain.store.get(s.SubnetOwner, netuid)).toBe(alice)
    expect(chain.store.get(s.SubnetworkN, netuid)).toBe(1)
    expect(stakeOf(chain.store, { ...holder, netuid })).toBe(0n)
    expect(chain.store.get(s.RegisteredSubnetCounter, netuid)).toBe(1n)
    expect(differences(chain)).toEqual([])
    chain.advance(25)
    expect(differences(chain)).toEqual([])
  })

  it('is root’s to end; nobody else’s, not even the owner’s', () => {
    const chain = new TestChain()
    for (const call of [
      staking('root_dissolve_network', { netuid: 1 }),
      staking('dissolve_network', { netuid: 1, coldkey: alice }),
    ])
      expect(chain.send(subnetOwner(1).coldkeyUri, call).error).toBe('BadOrigin')
    const result = (netuid: number) =>
      eventOf(chain.send(ALICE, asRoot(staking('root_dissolve_network', { netuid }))), 'Sudo.Sudid')['sudo_result']
    expect(result(0)).toMatchObject({ type: 'Err' })
    expect(result(99)).toMatchObject({ type: 'Err' })
    expect(result(1)).toMatchObject({ type: 'Ok' })
  })
})

describe('the pot of a subnet', () => {
  it.each([
    [10n, [1n, 1n, 1n], [4n, 3n, 3n]],
    [10n, [3n, 1n], [8n, 2n]],
    [0n, [5n], [0n]],
    [7n, [], []],
    [1n, [1n, 5n], [0n, 1n]],
  ])('%s among %s', (pot, alphas, portions) => {
    expect(portionsOf(pot, alphas)).toEqual(portions)
  })
})
