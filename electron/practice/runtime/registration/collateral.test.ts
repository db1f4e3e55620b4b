import { describe, expect, it } from 'vitest'
import { subtensorModule } from '../core/pallets.ts'
import { stakeOf } from '../stake/ledger.ts'
import { alice, differences, free, staking } from '../testing/books.ts'
import { eventNames, eventOf } from '../testing/calls.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'
import { boundIn, boundOn, chargeOf, freeByEarning } from './collateral.ts'

const s = subtensorModule.storage
const NETUID = 2
const HALF = 32_768
const HOTKEY = `0x${'31'.repeat(32)}`
const OTHER = `0x${'32'.repeat(32)}`
const at = (hotkey = HOTKEY) => ({ netuid: NETUID, hotkey, coldkey: alice })
const register = (hotkey = HOTKEY) => staking('register_limit', { netuid: NETUID, hotkey, limit_price: 10n ** 12n })
const sell = (amount: bigint) => staking('remove_stake', { hotkey: HOTKEY, netuid: NETUID, amount_unstaked: amount })
const AVAILABLE = APIS.StakeInfoRuntimeApi.methods.get_stake_availability_for_coldkeys
const availability = (chain: TestChain) =>
  chain.call('StakeInfoRuntimeApi_get_stake_availability_for_coldkeys', AVAILABLE, {
    coldkey_accounts: [alice],
    netuids: [NETUID],
  })[0]?.[1][0]?.[1]

function binding(share = HALF): TestChain {
  const chain = new TestChain()
  chain.store.set(s.CollateralLockShare, [NETUID], share)
  return chain
}

/** Somebody else has the place, as after a registration on a full subnet. */
function losePlace(chain: TestChain, hotkey = HOTKEY): void {
  const uid = chain.store.get(s.Uids, NETUID, hotkey)
  if (uid === undefined) throw new Error('there is no place')
  chain.store.delete(s.Uids, NETUID, hotkey)
  chain.store.delete(s.IsNetworkMember, hotkey, NETUID)
  chain.store.set(s.Keys, [NETUID, uid], OTHER)
  chain.store.set(s.Uids, [NETUID, OTHER], uid)
}

describe('collateral of a registration', () => {
  it('is bought and bound by a part of the price; the rest is destroyed, and the books agree', () => {
    const chain = binding()
    const before = free(chain, alice)
    const receipt = chain.send('//Alice', register())
    expect(receipt.ok).toBe(true)
    const charged = eventOf(receipt, 'SubtensorModule.StakeAdded') as unknown as readonly bigint[]
    const [, , tao, alpha] = charged
    expect(boundIn(chain.store, at())).toBe(alpha)
    expect(boundOn(chain.store, alice, NETUID)).toBe(alpha)
    expect(stakeOf(chain.store, at())).toBeGreaterThanOrEqual((alpha ?? 0n) - 1n)
    expect(eventOf(receipt, 'SubtensorModule.CollateralLocked')).toMatchObject({ locked: alpha, total_locked: alpha })
    const { actual_fee } = eventOf(receipt, 'TransactionPayment.TransactionFeePaid') as { actual_fee: bigint }
    const paid = before - free(chain, alice) - actual_fee
    // That share of what was paid; both divisions of the chain cut.
    const share = (paid * BigInt(HALF)) / 65_535n - (tao ?? 0n)
    expect([0n, 1n]).toContain(share)
    expect(differences(chain)).toEqual([])
  })

  it('takes the whole price where nothing is bound, and binds nothing', () => {
    const chain = binding(0)
    const receipt = chain.send('//Alice', register())
    expect(eventNames(receipt)).not.toContain('SubtensorModule.CollateralLocked')
    expect([boundIn(chain.store, at()), stakeOf(chain.store, at())]).toEqual([0n, 0n])
  })

  it('cannot be sold, moved, recycled or given away, neither here nor through another hotkey', () => {
    const chain = binding()
    chain.send('//Alice', register())
    const bound = boundIn(chain.store, at())
    const available = availability(chain)
    expect([available?.locked, available?.available]).toEqual([0n, (available?.total ?? 0n) - bound])
    chain.send('//Alice', register(OTHER))
    const half = bound / 2n
    const stay = { netuid: NETUID, hotkey: HOTKEY }
    const calls = [
      sell(half),
      staking('recycle_alpha', { ...stay, amount: half }),
      staking('move_stake', {
        origin_hotkey: HOTKEY,
        destination_hotkey: OTHER,
        origin_netuid: NETUID,
        destination_netuid: NETUID,
        alpha_amount: half,
      }),
      staking('transfer_stake', {
        destination_coldkey: chain.account('//Bob'),
        hotkey: HOTKEY,
        origin_netuid: NETUID,
        destination_netuid: NETUID,
        alpha_amount: half,
      }),
    ]
    expect(calls.map((call) => chain.send('//Alice', call).error)).toEqual(
      calls.map(() => 'SubtensorModule.StakeUnavailable'),
    )
  })

  it('is freed by what the hotkey earns, at the rate of the day of its registration', () => {
    const chain = binding()
    chain.send('//Alice', register())
    const bound = boundIn(chain.store, at())
    // The subnet becomes stricter; this place keeps its rate of one to one.
    chain.store.set(s.CollateralDrainRatio, [NETUID], { bits: 1n << 60n })
    freeByEarning(chain.store, at(), bound / 4n)
    expect(boundIn(chain.store, at())).toBe(bound - bound / 4n)
    expect(chain.store.get(s.MinerCollateral, NETUID, HOTKEY, alice)?.earned).toBe(bound / 4n)
    freeByEarning(chain.store, at(), 2n * bound)
    expect(chain.store.has(s.MinerCollateral, NETUID, HOTKEY, alice)).toBe(false)
    expect(boundOn(chain.store, alice, NETUID)).toBe(0n)
    expect(chain.send('//Alice', sell(bound / 2n)).ok).toBe(true)
    expect(differences(chain)).toEqual([])
  })

  it('outlives the place, and counts when the same hotkey registers again', () => {
    const chain = binding()
    chain.send('//Alice', register())
    const bound = boundIn(chain.store, at())
    losePlace(chain)
    expect(boundIn(chain.store, at())).toBe(bound)
    expect(chain.send('//Alice', sell(bound / 2n)).error).toBe('SubtensorModule.StakeUnavailable')
    const price = chain.store.get(s.Burn, NETUID)
    const first = chargeOf(chain.store, at(`0x${'33'.repeat(32)}`), price)
    const again = chargeOf(chain.store, at(), price)
    const worth = (bound * chain.store.get(s.SubnetMovingPrice, NETUID).bits) >> 32n
    expect(again.burned).toBe(first.burned)
    expect(again.topUp).toBe(first.topUp > worth ? first.topUp - worth : 0n)
    expect(chain.send('//Alice', register()).ok).toBe(true)
    expect(boundIn(chain.store, at())).toBeGreaterThanOrEqual(bound)
    expect(differences(chain)).toEqual([])
  })

  it('goes along with a hotkey swap, which cannot leave it behind', () => {
    const chain = binding()
    chain.send('//Alice', register())
    const bound = boundIn(chain.store, at())
    const swap = (keep_stake: boolean) =>
      staking('swap_hotkey_v2', { hotkey: HOTKEY, new_hotkey: OTHER, netuid: NETUID, keep_stake })
    expect(chain.send('//Alice', swap(true)).error).toBe('SubtensorModule.KeepStakeBlockedByCollateral')
    expect(chain.send('//Alice', swap(false)).ok).toBe(true)
    expect([boundIn(chain.store, at()), boundIn(chain.store, at(OTHER))]).toEqual([0n, bound])
    expect(boundOn(chain.store, alice, NETUID)).toBe(bound)
    expect(differences(chain)).toEqual([])
  })

  it('refuses who cannot pay both parts, and takes nothing then', () => {
    const chain = binding()
    chain.store.set(s.Burn, [NETUID], free(chain, alice) + 1n)
    chain.store.set(s.MaxBurn, [NETUID], 10n ** 18n)
    chain.store.set(s.BurnHalfLife, [NETUID], 0)
    const call = staking('burned_register', { netuid: NETUID, hotkey: HOTKEY })
    expect(chain.send('//Alice', call).error).toBe('SubtensorModule.NotEnoughBalanceToStake')
    expect(boundIn(chain.store, at())).toBe(0n)
    expect(differences(chain)).toEqual([])
  })
})
