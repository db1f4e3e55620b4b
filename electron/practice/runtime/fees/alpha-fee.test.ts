import { beforeEach, describe, expect, it } from 'vitest'
import type { AnyCall } from '../../definitions/outer-call.ts'
import { ALICE } from '../../seed/accounts.ts'
import { stakeOf } from '../stake/ledger.ts'
import { priceOf } from '../stake/pools.ts'
import { alice, chat, differences, free, staking, TAO, transferTo } from '../testing/books.ts'
import { APIS, type Receipt, TestChain } from '../testing/test-chain.ts'

const POOR = '//WithoutTao'
const { hotkey } = chat

let chain: TestChain
let poor: string
const position = (netuid: number) => ({ coldkey: poor, hotkey, netuid })
const held = (netuid: number): bigint => stakeOf(chain.store, position(netuid))
const stake = (netuid: number, amount_staked: bigint): Receipt =>
  chain.send(POOR, staking('add_stake', { hotkey, netuid, amount_staked }))
const sendAway = (keep_alive: boolean): AnyCall => ({
  type: 'Balances',
  value: { type: 'transfer_all', value: { dest: { type: 'Id', value: alice }, keep_alive } },
})
const fieldsOf = (receipt: Receipt, type: string): unknown =>
  receipt.events.find(({ value }) => value.type === type)?.value.value
const refusal = (call: AnyCall): unknown => {
  const validity = chain.validate(chain.sign(POOR, call))
  return validity.ok ? 'was accepted' : validity.code
}

/** Stake on subnet 2 and the smallest balance that an account can have. */
beforeEach(() => {
  chain = new TestChain()
  poor = chain.account(POOR)
  chain.open()
  chain.send(ALICE, transferTo(poor, 10n * TAO))
  stake(2, 5n * TAO)
})

const remove = (amount: bigint, more: object = {}): AnyCall =>
  staking('remove_stake', { hotkey, netuid: 2, amount_unstaked: amount, ...more })

/** What `payment_queryInfo` would say. Unit: rao. */
function quoted(call: AnyCall): bigint {
  const bytes = chain.sign(POOR, call)
  const prefix = bytes.length - ((((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8)) >> 2) & 0x3fff)
  const method = APIS.TransactionPaymentApi.methods.query_info
  const inputs = { uxt: bytes.subarray(prefix), len: bytes.length }
  return chain.call('TransactionPaymentApi_query_info', method, inputs).partial_fee
}

describe('a coldkey without TAO', () => {
  it('pays in alpha of the position that it unstakes, as much as was quoted', () => {
    chain.send(POOR, sendAway(true))
    expect(free(chain, poor)).toBe(500n)
    const before = held(2)
    const amount = before / 2n
    const fee = quoted(remove(amount))
    const receipt = chain.send(POOR, remove(amount))
    expect(receipt.ok).toBe(true)
    const paid = fieldsOf(receipt, 'TransactionFeePaidWithAlpha') as { alpha_fee: bigint; tao_amount: bigint }
    expect(paid).toMatchObject({ who: poor, netuid: 2 })
    expect(before - held(2)).toBe(amount + paid.alpha_fee)
    expect(paid.tao_amount).toBeLessThanOrEqual(fee)
    expect(paid.tao_amount).toBeGreaterThan((fee * 999n) / 1_000n)
    expect((paid.alpha_fee * priceOf(chain.store, 2)) / TAO).toBeGreaterThan((fee * 999n) / 1_000n)
    expect(fieldsOf(receipt, 'TransactionFeePaid')).toEqual({ who: poor, actual_fee: fee, tip: 0n })
    const removed = receipt.events.filter(({ value }) => value.type === 'StakeRemoved')
    expect(removed[0]?.value.value).toEqual([poor, hotkey, paid.tao_amount, paid.alpha_fee, 2, 0n])
    expect(removed).toHaveLength(2)
    expect(free(chain, poor)).toBeGreaterThan(TAO)
    expect(differences(chain)).toEqual([])
  })

  it('has paid in alpha when the call fails', () => {
    chain.send(POOR, sendAway(true))
    const before = held(2)
    const limits = { limit_price: 10n ** 15n, allow_partial: false }
    const call = staking('remove_stake_limit', { hotkey, netuid: 2, amount_unstaked: before, ...limits })
    const receipt = chain.send(POOR, call)
    expect(receipt.error).toBe('Swap.PriceLimitExceeded')
    const paid = fieldsOf(receipt, 'TransactionFeePaidWithAlpha') as { alpha_fee: bigint }
    expect(before - held(2)).toBe(paid.alpha_fee)
    expect(differences(chain)).toEqual([])
  })

  it.each([
    [
      'move_stake',
      () => ({ origin_hotkey: hotkey, destination_hotkey: chat.hotkey, origin_netuid: 2, destination_netuid: 1 }),
    ],
    ['swap_stake', () => ({ hotkey, origin_netuid: 2, destination_netuid: 1 })],
    ['transfer_stake', () => ({ destination_coldkey: alice, hotkey, origin_netuid: 2, destination_netuid: 2 })],
  ])('can %s', (type, where) => {
    chain.send(POOR, sendAway(true))
    const receipt = chain.send(POOR, staking(type, { ...where(), alpha_amount: held(2) / 2n }))
    expect(receipt.ok).toBe(true)
    expect(fieldsOf(receipt, 'TransactionFeePaidWithAlpha')).toMatchObject({ who: poor, netuid: 2 })
    expect(differences(chain)).toEqual([])
  })

  it('pays one to one on root', () => {
    stake(0, TAO)
    chain.send(POOR, sendAway(true))
    const receipt = chain.send(POOR, staking('remove_stake', { hotkey, netuid: 0, amount_unstaked: TAO / 2n }))
    const paid = fieldsOf(receipt, 'TransactionFeePaidWithAlpha') as { alpha_fee: bigint; tao_amount: bigint }
    const { actual_fee } = fieldsOf(receipt, 'TransactionFeePaid') as { actual_fee: bigint }
    expect([paid.alpha_fee, paid.tao_amount]).toEqual([actual_fee, actual_fee])
    expect(differences(chain)).toEqual([])
  })

  it('unstakes everything if all of it is on one subnet', () => {
    chain.send(POOR, sendAway(true))
    expect(chain.send(POOR, staking('unstake_all', { hotkey })).ok).toBe(true)
    expect(held(2)).toBe(0n)
  })
})

describe('the pool refuses', () => {
  it('to spread a fee over two subnets', () => {
    stake(1, TAO)
    chain.send(POOR, sendAway(true))
    expect(refusal(staking('unstake_all', { hotkey }))).toBe('payment')
  })

  it('calls that touch no stake, and positions that are worth less than the fee', () => {
    chain.send(POOR, remove(held(2) - 1_000n))
    chain.send(POOR, sendAway(true))
    expect(refusal(remove(1_000n))).toBe('payment')
    expect(refusal(transferTo(alice, 100n))).toBe('payment')
    expect(refusal(staking('add_stake', { hotkey, netuid: 2, amount_staked: TAO }))).toBe('payment')
  })

  it('an account that ended', () => {
    chain.send(POOR, sendAway(false))
    expect(free(chain, poor)).toBe(0n)
    expect(refusal(remove(held(2)))).toBe('payment')
  })
})

it('takes TAO as long as it reaches', () => {
  const receipt = chain.send(POOR, remove(held(2)))
  expect(fieldsOf(receipt, 'TransactionFeePaidWithAlpha')).toBeUndefined()
  expect(fieldsOf(receipt, 'TransactionFeePaid')).toMatchObject({ who: poor })
})
