import { describe, expect, it } from 'vitest'
import { CHAT_NETUIDS, keysOf, miner, validator } from '../../seed/accounts.ts'
import { subtensorModule } from '../core/pallets.ts'
import { ROOT, stakeOf } from '../stake/ledger.ts'
import { alice, chat, differences, staking, TAO } from '../testing/books.ts'
import { eventNames } from '../testing/calls.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'
import { decayed, ONE } from './decay.ts'

const s = subtensorModule.storage
const NETUID = 1
const other = keysOf(validator(1))

/** //Alice holds alpha of subnet 1 behind the practice validator. */
function staked(): TestChain {
  const chain = new TestChain()
  chain.send('//Alice', staking('add_stake', { hotkey: chat.hotkey, netuid: NETUID, amount_staked: 100n * TAO }))
  return chain
}
const held = (chain: TestChain, coldkey = alice): bigint =>
  stakeOf(chain.store, { hotkey: chat.hotkey, coldkey, netuid: NETUID })
const lock = (amount: bigint, hotkey = chat.hotkey) => staking('lock_stake', { hotkey, netuid: NETUID, amount })
const available = (chain: TestChain) =>
  chain.call('StakeInfoRuntimeApi_get_stake_availability_for_coldkeys', AVAILABILITY, {
    coldkey_accounts: [alice],
    netuids: [NETUID],
  })[0]?.[1][0]?.[1]
const AVAILABILITY = APIS.StakeInfoRuntimeApi.methods.get_stake_availability_for_coldkeys

describe('decay', () => {
  it('is the exponential function', () => {
    for (const [blocks, scale] of [
      [1, 6_000],
      [4_159, 6_000],
      [6_000, 6_000],
      [60_000, 6_000],
    ] as const) {
      const expected = Math.exp(-blocks / scale)
      expect(Number(decayed(BigInt(blocks), BigInt(scale))) / Number(ONE)).toBeCloseTo(expected, 12)
    }
    expect(decayed(0n, 10n)).toBe(ONE)
    expect(decayed(1_000n, 1n)).toBe(0n)
  })
})

describe('conviction locks', () => {
  it('refuses what cannot be locked, with the chain’s errors', () => {
    const chain = staked()
    expect(chain.send('//Alice', lock(0n)).error).toBe('SubtensorModule.AmountTooLow')
    expect(chain.send('//Alice', lock(1n, `0x${'77'.repeat(32)}`)).error).toBe('SubtensorModule.HotKeyAccountNotExists')
    expect(chain.send('//Alice', lock(held(chain) + 1n)).error).toBe('SubtensorModule.InsufficientStakeForLock')
    const nowhere = staking('lock_stake', { hotkey: chat.hotkey, netuid: 99, amount: 1n })
    expect(chain.send('//Alice', nowhere).error).toBe('SubtensorModule.SubnetNotExists')
    expect(chain.send('//Alice', lock(1_000n)).ok).toBe(true)
    expect(chain.send('//Alice', lock(1_000n, other.hotkey)).error).toBe('SubtensorModule.LockHotkeyMismatch')
    const move = staking('move_lock', { destination_hotkey: other.hotkey, netuid: 2 })
    expect(chain.send('//Alice', move).error).toBe('SubtensorModule.NoExistingLock')
  })

  it('keeps what is locked on the subnet, whatever call would take it away', () => {
    const chain = staked()
    const all = held(chain)
    expect(chain.send('//Alice', lock(all)).ok).toBe(true)
    const position = { hotkey: chat.hotkey, netuid: NETUID }
    const half = all / 2n
    const refusals = [
      staking('remove_stake', { ...position, amount_unstaked: half }),
      staking('recycle_alpha', { ...position, amount: half }),
      staking('burn_alpha', { ...position, amount: half }),
      staking('swap_stake', {
        hotkey: chat.hotkey,
        origin_netuid: NETUID,
        destination_netuid: 2,
        alpha_amount: half,
      }),
    ].map((call) => chain.send('//Alice', call).error)
    expect(refusals).toEqual(Array.from({ length: 4 }, () => 'SubtensorModule.StakeUnavailable'))
    // To another hotkey of the same subnet it may go: the lock is the subnet's.
    const move = { origin_hotkey: chat.hotkey, destination_hotkey: other.hotkey, origin_netuid: NETUID }
    const within = staking('move_stake', { ...move, destination_netuid: NETUID, alpha_amount: half })
    expect(chain.send('//Alice', within).ok).toBe(true)
    expect(differences(chain)).toEqual([])
  })

  it('frees a decaying lock over time, and a perpetual one never', () => {
    const chain = staked()
    const all = held(chain)
    chain.send('//Alice', lock(all))
    chain.number += 6_000
    const after = available(chain)
    expect(Number(after?.locked) / Number(all)).toBeCloseTo(Math.exp(-1), 3)
    chain.send('//Alice', staking('set_perpetual_lock', { netuid: NETUID, enabled: true }))
    const kept = available(chain)?.locked
    chain.number += 6_000
    expect(available(chain)?.locked).toBe(kept)
    chain.send('//Alice', staking('set_perpetual_lock', { netuid: NETUID, enabled: false }))
    chain.number += 6_000
    expect(available(chain)?.locked).toBeLessThan(kept ?? 0n)
  })

  it('grows conviction, and loses it when the lock turns to the hotkey of somebody else', () => {
    const chain = staked()
    chain.send('//Alice', lock(held(chain)))
    chain.number += 2_000
    const convictionOf = (hotkey: string) =>
      chain.call('StakeInfoRuntimeApi_get_hotkey_conviction', APIS.StakeInfoRuntimeApi.methods.get_hotkey_conviction, {
        hotkey,
        netuid: NETUID,
      }).bits
    expect(convictionOf(chat.hotkey)).toBeGreaterThan(0n)
    const moved = chain.send('//Alice', staking('move_lock', { destination_hotkey: other.hotkey, netuid: NETUID }))
    expect(eventNames(moved)).toContain('SubtensorModule.LockMoved')
    expect(convictionOf(chat.hotkey)).toBe(0n)
    expect(convictionOf(other.hotkey)).toBe(0n)
  })

  it('takes the lock along with alpha that is given away, if the receiver allows it', () => {
    const chain = staked()
    const all = held(chain)
    chain.send('//Alice', lock(all))
    const bob = chain.account('//Bob')
    const gift = staking('transfer_stake', {
      destination_coldkey: bob,
      hotkey: chat.hotkey,
      origin_netuid: NETUID,
      destination_netuid: NETUID,
      alpha_amount: all / 2n,
    })
    expect(chain.send('//Alice', gift).error).toBe('SubtensorModule.AccountRejectsLockedAlpha')
    expect(chain.send('//Bob', staking('set_reject_locked_alpha', { enabled: false })).ok).toBe(true)
    expect(chain.send('//Alice', gift).ok).toBe(true)
    const sell = staking('remove_stake', { hotkey: chat.hotkey, netuid: NETUID, amount_unstaked: all / 4n })
    expect(chain.send('//Bob', sell).error).toBe('SubtensorModule.StakeUnavailable')
  })
})

describe('recycle and burn', () => {
  it('destroy alpha, and differ in what the subnet counts', () => {
    const chain = staked()
    const out = () => chain.store.get(s.SubnetAlphaOut, NETUID)
    const [held0, out0] = [held(chain), out()]
    const some = { hotkey: chat.hotkey, netuid: NETUID, amount: TAO }
    // Blocks issue alpha, too: what a block does by itself is measured first.
    const idle = out()
    chain.open()
    const issued = out() - idle
    expect(chain.send('//Alice', staking('recycle_alpha', some)).ok).toBe(true)
    expect(out() - out0 - 2n * issued).toBe(-TAO)
    expect(chain.send('//Alice', staking('burn_alpha', some)).ok).toBe(true)
    expect(out() - out0 - 3n * issued).toBe(-TAO)
    expect(held0 - held(chain)).toBeGreaterThanOrEqual(2n * TAO - 4n)
    expect(differences(chain)).toEqual([])
    const root = { ...some, netuid: ROOT }
    expect(chain.send('//Alice', staking('burn_alpha', root)).error).toBe(
      'SubtensorModule.CannotBurnOrRecycleOnRootSubnet',
    )
  })
})

describe('auto-stake', () => {
  it('answers as the chain does', () => {
    const chain = new TestChain()
    const stranger = keysOf(miner(999)).hotkey
    const choose = (hotkey: string) => staking('set_coldkey_auto_stake_hotkey', { netuid: CHAT_NETUIDS[0], hotkey })
    expect(chain.send('//Alice', choose(stranger)).error).toBe('SubtensorModule.HotKeyNotRegisteredInSubNet')
    expect(chain.send('//Alice', choose(chat.hotkey)).ok).toBe(true)
    expect(chain.send('//Alice', choose(chat.hotkey)).error).toBe('SubtensorModule.SameAutoStakeHotkeyAlreadySet')
  })
})
