import { describe, expect, it } from 'vitest'
import { subtensorModule } from '../core/pallets.ts'
import { ROOT, stakeOf } from '../stake/ledger.ts'
import { alice, chat, differences, staking, TAO } from '../testing/books.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'
import { basketOf } from './basket.ts'

const s = subtensorModule.storage
const mine = { hotkey: chat.hotkey, coldkey: alice, netuid: ROOT }
const owed = (chain: TestChain, coldkey = alice): bigint =>
  chain.call('BetaBasketRuntimeApi_get_root_basket_owed', APIS.BetaBasketRuntimeApi.methods.get_root_basket_owed, {
    coldkey,
  })
const onRoot = (amount: bigint) => staking('add_stake', { hotkey: chat.hotkey, netuid: ROOT, amount_staked: amount })

/** //Alice has stake on root, and an epoch of each subnet paid dividends. */
function earning(): TestChain {
  const chain = new TestChain()
  chain.send('//Alice', onRoot(5_000n * TAO))
  chain.advance(22)
  return chain
}

describe('root baskets', () => {
  it('gather dividends, and owe never more than they hold', () => {
    const chain = earning()
    expect(owed(chain)).toBeGreaterThan(0n)
    expect(stakeOf(chain.store, mine)).toBe(5_000n * TAO)
    const stakers = chain.store.entries(s.AlphaV2, chat.hotkey).filter(([[, , netuid]]) => netuid === ROOT)
    const coldkeys = [...new Set(stakers.map(([[, coldkey]]) => coldkey))]
    const everything = coldkeys.reduce((sum, coldkey) => sum + owed(chain, coldkey), 0n)
    const fund = [...new Set(chain.store.entries(s.RootClaimable).map(([[hotkey]]) => hotkey))]
    expect(everything).toBeLessThanOrEqual(fund.reduce((sum, hotkey) => sum + basketOf(chain.store, hotkey), 0n))
    expect(differences(chain)).toEqual([])
  })

  it('tell what they hold: TAO, or nothing', () => {
    const chain = earning()
    const holds = (hotkey: string) =>
      chain.call('BetaBasketRuntimeApi_get_validator_basket', APIS.BetaBasketRuntimeApi.methods.get_validator_basket, {
        hotkey,
      })
    const held = basketOf(chain.store, chat.hotkey)
    expect(holds(chat.hotkey)).toEqual([[ROOT, held, held]])
    expect(holds(alice)).toEqual([])
  })

  it('pay what they owe into root stake, once', () => {
    const chain = earning()
    chain.store.set(s.RootClaimableThreshold, [ROOT], { bits: 0n })
    const before = stakeOf(chain.store, mine)
    expect(chain.send('//Alice', staking('claim_root_with_hotkey', { hotkey: chat.hotkey })).ok).toBe(true)
    const gained = stakeOf(chain.store, mine) - before
    expect(gained).toBeGreaterThan(0n)
    expect(owed(chain)).toBeLessThan(gained)
    expect(differences(chain)).toEqual([])
  })

  it('take the fee and pay nothing below the threshold', () => {
    const chain = earning()
    chain.store.set(s.RootClaimableThreshold, [ROOT], { bits: (1_000n * TAO) << 32n })
    const before = owed(chain)
    expect(chain.send('//Alice', staking('claim_root', { subnets: [] })).ok).toBe(true)
    expect(stakeOf(chain.store, mine)).toBe(5_000n * TAO)
    expect(owed(chain)).toBeGreaterThanOrEqual(before)
  })

  it('go on owing when the stake leaves or grows', () => {
    const chain = earning()
    const before = owed(chain)
    chain.send('//Alice', onRoot(1_000n * TAO))
    const grown = owed(chain)
    expect(grown).toBeGreaterThanOrEqual(before - 2n)
    chain.send('//Alice', staking('remove_stake', { hotkey: chat.hotkey, netuid: ROOT, amount_unstaked: 6_000n * TAO }))
    expect(stakeOf(chain.store, mine)).toBe(0n)
    expect(owed(chain)).toBeGreaterThanOrEqual(grown - 4n)
    expect(differences(chain)).toEqual([])
  })

  it('hold root stake for a while where the chain says so', () => {
    const chain = new TestChain()
    chain.store.set(s.RootStakeUnlockInterval, [], 10n)
    chain.send('//Alice', onRoot(10n * TAO))
    const leave = staking('remove_stake', { hotkey: chat.hotkey, netuid: ROOT, amount_unstaked: TAO })
    expect(chain.send('//Alice', leave).error).toBe('SubtensorModule.RootStakeLocked')
    chain.advance(10)
    expect(chain.send('//Alice', leave).ok).toBe(true)
    expect(chain.send('//Alice', leave).error).toBe('SubtensorModule.RootStakeLocked')
  })
})
