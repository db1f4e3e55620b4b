import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, BOB, keysOf, validator } from '../../seed/accounts.ts'
import { alice, chat, differences, free, staking, TAO } from '../testing/books.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'
import { stakeOf } from './ledger.ts'
import { priceOf } from './pools.ts'

describe('staking', () => {
  it('buys and sells on a subnet and on root as sim_swap said', () => {
    const chain = new TestChain()
    const position = { hotkey: chat.hotkey, coldkey: alice, netuid: 2 }
    chain.open()
    const receipt = chain.send(
      ALICE,
      staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 10n * TAO }),
    )
    const added = receipt.events.find(({ value }) => value.type === 'StakeAdded')?.value.value as readonly unknown[]
    expect(added.slice(0, 3)).toEqual([alice, chat.hotkey, 10n * TAO])
    expect(added[5]).toBe((10n * TAO * 33n) / 65_535n)
    const alpha = added[3] as bigint
    expect(stakeOf(chain.store, position)).toBe(alpha)
    expect(differences(chain)).toEqual([])
    const sim = chain.call(
      'SwapRuntimeApi_sim_swap_alpha_for_tao',
      APIS.SwapRuntimeApi.methods.sim_swap_alpha_for_tao,
      { netuid: 2, alpha },
    )
    expect(sim.tao_amount).toBeGreaterThan(9n * TAO)
    const sold = chain.send(
      ALICE,
      staking('remove_stake', { hotkey: chat.hotkey, netuid: 2, amount_unstaked: alpha * 2n }),
    )
    expect(sold.ok).toBe(true)
    expect(stakeOf(chain.store, position)).toBe(0n)
    const rooted = chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 0, amount_staked: TAO }))
    expect(rooted.ok).toBe(true)
    expect(stakeOf(chain.store, { ...position, netuid: 0 })).toBe(TAO)
    expect(differences(chain)).toEqual([])
  })

  const add = { hotkey: chat.hotkey, netuid: 2, amount_staked: TAO, limit_price: 10n ** 12n, allow_partial: false }
  const remove = { hotkey: chat.hotkey, netuid: 2, amount_unstaked: TAO, limit_price: 0n, allow_partial: false }
  const nobody = accountOf('//Nobody')
  it.each<[string, string, object, string]>([
    ['an unknown subnet', 'add_stake_limit', { ...add, netuid: 99 }, 'SubtensorModule.SubnetNotExists'],
    ['a subnet that is not started', 'add_stake_limit', { ...add, netuid: 6 }, 'SubtensorModule.SubtokenDisabled'],
    ['less than the minimum', 'add_stake_limit', { ...add, amount_staked: 2_000_000n }, 'SubtensorModule.AmountTooLow'],
    ['an unknown hotkey', 'add_stake_limit', { ...add, hotkey: nobody }, 'SubtensorModule.HotKeyAccountNotExists'],
    [
      'more than there is',
      'add_stake',
      { ...add, amount_staked: 2_000_000n * TAO },
      'SubtensorModule.NotEnoughBalanceToStake',
    ],
    ['a passed limit', 'add_stake_limit', { ...add, limit_price: 1n }, 'Swap.PriceLimitExceeded'],
    [
      'a limit that the whole amount passes',
      'add_stake_limit',
      { ...add, amount_staked: 9_000n * TAO, limit_price: 51_000_000n },
      'SubtensorModule.SlippageTooHigh',
    ],
    [
      'over 1000 reserves',
      'add_stake',
      { ...add, netuid: 7, amount_staked: 900_000n * TAO },
      'SubtensorModule.InsufficientLiquidity',
    ],
    [
      'root under par',
      'add_stake_limit',
      { ...add, netuid: 0, limit_price: 999_999_999n },
      'SubtensorModule.SlippageTooHigh',
    ],
    ['a sale of nothing', 'remove_stake_limit', remove, 'SubtensorModule.AmountTooLow'],
    ['a sale behind nobody', 'remove_stake', { ...remove, hotkey: nobody }, 'SubtensorModule.AmountTooLow'],
    [
      'a swap to the same subnet',
      'swap_stake',
      { hotkey: chat.hotkey, origin_netuid: 2, destination_netuid: 2, alpha_amount: TAO },
      'SubtensorModule.SameNetuid',
    ],
    [
      'a move of what is not there',
      'move_stake',
      {
        origin_hotkey: chat.hotkey,
        destination_hotkey: chat.hotkey,
        origin_netuid: 1,
        destination_netuid: 2,
        alpha_amount: TAO,
      },
      'SubtensorModule.InsufficientLiquidity',
    ],
    [
      'an unregistered auto-stake',
      'set_coldkey_auto_stake_hotkey',
      { netuid: 2, hotkey: nobody },
      'SubtensorModule.HotKeyNotRegisteredInSubNet',
    ],
    [
      'root by registration',
      'register_limit',
      { netuid: 0, hotkey: nobody, limit_price: TAO },
      'SubtensorModule.RegistrationNotPermittedOnRootSubnet',
    ],
    [
      'a place dearer than the limit',
      'register_limit',
      { netuid: 2, hotkey: nobody, limit_price: 1n },
      'SubtensorModule.RegistrationPriceLimitExceeded',
    ],
    [
      'a hotkey that is registered',
      'burned_register',
      { netuid: 2, hotkey: chat.hotkey },
      'SubtensorModule.HotKeyAlreadyRegisteredInSubNet',
    ],
    [
      "somebody else's hotkey",
      'burned_register',
      { netuid: 1, hotkey: chat.hotkey },
      'SubtensorModule.NonAssociatedColdKey',
    ],
    [
      'weights of nobody',
      'set_weights',
      { netuid: 2, dests: [1], weights: [1], version_key: 0n },
      'SubtensorModule.HotKeyNotRegisteredInSubNet',
    ],
    ['a start by a stranger', 'start_call', { netuid: 6 }, 'SubtensorModule.NotSubnetOwner'],
  ])('refuses %s', (_what, type, value, error) => {
    const chain = new TestChain()
    const receipt = chain.send(ALICE, staking(type, value))
    expect(receipt.error).toBe(error)
    expect(receipt.events.every(({ type: pallet }) => pallet !== 'SubtensorModule')).toBe(true)
    expect(differences(chain)).toEqual([])
  })

  it('fills an order up to its limit when partial fills are allowed', () => {
    const chain = new TestChain()
    const before = free(chain, alice)
    const receipt = chain.send(
      ALICE,
      staking('add_stake_limit', {
        ...add,
        amount_staked: 9_000n * TAO,
        limit_price: 51_000_000n,
        allow_partial: true,
      }),
    )
    expect(receipt.ok).toBe(true)
    const paid = before - free(chain, alice)
    expect(paid).toBeGreaterThan(90n * TAO)
    expect(paid).toBeLessThan(110n * TAO)
    const price = chain.call('SwapRuntimeApi_current_alpha_price', APIS.SwapRuntimeApi.methods.current_alpha_price, {
      netuid: 2,
    })
    expect(price).toBeLessThanOrEqual(51_000_000n)
    expect(price).toBeGreaterThan(50_999_000n)
    expect(differences(chain)).toEqual([])
  })

  it('moves, swaps and gives stake away', () => {
    const chain = new TestChain()
    const bob = accountOf(BOB)
    const other = keysOf(validator(11)).hotkey
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 100n * TAO }))
    const alpha = stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: 2 })
    const half = alpha / 2n
    const moved = chain.send(
      ALICE,
      staking('move_stake', {
        origin_hotkey: chat.hotkey,
        destination_hotkey: other,
        origin_netuid: 2,
        destination_netuid: 2,
        alpha_amount: half,
      }),
    )
    expect(moved.events.map(({ value }) => value.type)).toContain('StakeMoved')
    expect(stakeOf(chain.store, { hotkey: other, coldkey: alice, netuid: 2 })).toBe(half)
    const swapped = chain.send(
      ALICE,
      staking('swap_stake', { hotkey: other, origin_netuid: 2, destination_netuid: 4, alpha_amount: half }),
    )
    expect(swapped.events.map(({ value }) => value.type)).toContain('StakeSwapped')
    expect(stakeOf(chain.store, { hotkey: other, coldkey: alice, netuid: 4 })).toBeGreaterThan(0n)
    const given = chain.send(
      ALICE,
      staking('transfer_stake', {
        destination_coldkey: bob,
        hotkey: chat.hotkey,
        origin_netuid: 2,
        destination_netuid: 0,
        alpha_amount: half,
      }),
    )
    expect(given.events.map(({ value }) => value.type)).toContain('StakeTransferred')
    expect(stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: bob, netuid: 0 })).toBeGreaterThan(45n * TAO)
    expect(differences(chain)).toEqual([])
  })

  it('sells what is left behind a foreign hotkey when it is too little to keep, and says so', () => {
    const chain = new TestChain()
    chain.open()
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: TAO }))
    const position = { hotkey: chat.hotkey, coldkey: alice, netuid: 2 }
    const amount_unstaked = stakeOf(chain.store, position) - 1_000_000n
    const receipt = chain.send(ALICE, staking('remove_stake', { hotkey: chat.hotkey, netuid: 2, amount_unstaked }))
    const removed = receipt.events.filter(({ value }) => value.type === 'StakeRemoved')
    const alpha = removed.map(({ value }) => (value.value as readonly unknown[])[3] as bigint)
    const fees = removed.map(({ value }) => (value.value as readonly unknown[])[5] as bigint)
    expect(alpha[1]! + fees[1]!).toBe(1_000_000n)
    expect(stakeOf(chain.store, position)).toBe(0n)
    expect(differences(chain)).toEqual([])
  })

  const crossing = { hotkey: chat.hotkey, origin_netuid: 2, destination_netuid: 1 }

  it('leaves out a second leg that is too small, without a word', () => {
    const chain = new TestChain()
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 10n * TAO }))
    const position = { hotkey: chat.hotkey, coldkey: alice, netuid: 2 }
    const alpha_amount = stakeOf(chain.store, position)
    const ratio = (priceOf(chain.store, 2) * 1_000_000_000n) / priceOf(chain.store, 1)
    // So little room that less than 0.002 TAO fits into it.
    const limits = { limit_price: ratio - 30n, allow_partial: true }
    const receipt = chain.send(ALICE, staking('swap_stake_limit', { ...crossing, alpha_amount, ...limits }))
    const names = receipt.events.map(({ value }) => value.type)
    expect(names).toEqual(expect.arrayContaining(['StakeRemoved', 'Transfer', 'StakeSwapped', 'ExtrinsicSuccess']))
    expect(names).not.toContain('StakeAdded')
    expect(stakeOf(chain.store, position)).toBeLessThan(alpha_amount)
    expect(stakeOf(chain.store, { ...position, netuid: 1 })).toBe(0n)
    expect(differences(chain)).toEqual([])
  })

  it('does not move what is worth too little to another subnet, all of a position though it be', () => {
    const chain = new TestChain()
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 2_001_100n }))
    const alpha_amount = stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: 2 })
    const receipt = chain.send(ALICE, staking('swap_stake', { ...crossing, alpha_amount }))
    expect(receipt.error).toBe('SubtensorModule.AmountTooLow')
  })

  it('moves all where more is asked for than there is', () => {
    const chain = new TestChain()
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: TAO }))
    expect(chain.send(ALICE, staking('swap_stake', { ...crossing, alpha_amount: 10n ** 18n })).ok).toBe(true)
    expect(stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: 2 })).toBe(0n)
    expect(differences(chain)).toEqual([])
  })

  it('keeps the ratio limit of a swap', () => {
    const chain = new TestChain()
    chain.send(ALICE, staking('add_stake', { hotkey: chat.hotkey, netuid: 2, amount_staked: 1_000n * TAO }))
    const position = { hotkey: chat.hotkey, coldkey: alice, netuid: 2 }
    const alpha = stakeOf(chain.store, position)
    const price = (netuid: number) =>
      chain.call('SwapRuntimeApi_current_alpha_price', APIS.SwapRuntimeApi.methods.current_alpha_price, { netuid })
    const limit_price = (price(2) * 99n * TAO) / (price(3) * 100n)
    const request = { hotkey: chat.hotkey, origin_netuid: 2, destination_netuid: 3, alpha_amount: alpha, limit_price }
    expect(chain.send(ALICE, staking('swap_stake_limit', { ...request, allow_partial: false })).error).toBe(
      'SubtensorModule.SlippageTooHigh',
    )
    expect(chain.send(ALICE, staking('swap_stake_limit', { ...request, allow_partial: true })).ok).toBe(true)
    expect((price(2) * TAO) / price(3)).toBeGreaterThanOrEqual(limit_price - limit_price / 1000n)
    expect(stakeOf(chain.store, position)).toBeGreaterThan(0n)
    expect(differences(chain)).toEqual([])
  })
})
