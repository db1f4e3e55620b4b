import { describe, expect, it } from 'vitest'
import { type Order, versionedOrder } from '../../definitions/types/limit-orders.ts'
import { toHex } from '../../scale/hex.ts'
import { stakeOf } from '../stake/ledger.ts'
import { priceOf } from '../stake/pools.ts'
import { alice, chat, differences, staking, TAO } from '../testing/books.ts'
import { eventNames, eventOf } from '../testing/calls.ts'
import { TestChain } from '../testing/test-chain.ts'
import { orderId } from './limit-orders.ts'

const NETUID = 1
const orders = (type: string, value: object) => ({ type: 'LimitOrders', value: { type, value } })
const sudo = (call: object) => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } })

function buyOf(chain: TestChain, change: Partial<Order> = {}): Order {
  return {
    signer: alice,
    hotkey: chat.hotkey,
    netuid: NETUID,
    order_type: { type: 'LimitBuy', value: undefined },
    amount: 10n * TAO,
    limit_price: priceOf(chain.store, NETUID) + 1n,
    expiry: 1_000_000n,
    fee_rate: 0,
    fee_recipient: alice,
    relayer: undefined,
    max_slippage: 100_000_000,
    chain_id: 42n,
    partial_fills_enabled: false,
    ...change,
  }
}
const versioned = (value: Order) => ({ type: 'V1' as const, value })
function signed(chain: TestChain, order: Order, uri = '//Alice') {
  const signature = chain.key(uri).sign(versionedOrder.codec.enc(versioned(order)))
  return { order: versioned(order), signature: { type: 'Sr25519', value: toHex(signature) }, partial_fill: undefined }
}
const run = (chain: TestChain, order: object) =>
  chain.send('//Bob', orders('execute_orders', { orders: [order], should_fail: true }))

describe('limit orders', () => {
  it('are off until root switches them on', () => {
    const chain = new TestChain()
    expect(run(chain, signed(chain, buyOf(chain))).error).toBe('LimitOrders.LimitOrdersDisabled')
    const on = orders('set_pallet_status', { enabled: true })
    expect(chain.send('//Alice', on).error).toBe('BadOrigin')
    expect(eventNames(chain.send('//Alice', sudo(on)))).toContain('LimitOrders.LimitOrdersPalletStatusChanged')
    const done = run(chain, signed(chain, buyOf(chain)))
    expect(eventNames(done)).toContain('LimitOrders.OrderExecuted')
    expect(eventOf(done, 'LimitOrders.OrderExecuted')['amount_out']).toBeGreaterThan(0n)
    expect(stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: NETUID })).toBeGreaterThan(0n)
    expect(differences(chain)).toEqual([])
  })

  it('refuse what the signer did not sign, or no longer wants', () => {
    const chain = new TestChain()
    chain.send('//Alice', sudo(orders('set_pallet_status', { enabled: true })))
    const errorOf = (change: Partial<Order>, uri?: string) => run(chain, signed(chain, buyOf(chain, change), uri)).error
    expect(errorOf({}, '//Bob')).toBe('LimitOrders.InvalidSignature')
    expect(errorOf({ chain_id: 964n })).toBe('LimitOrders.ChainIdMismatch')
    expect(errorOf({ netuid: 0 })).toBe('LimitOrders.RootNetUidNotAllowed')
    expect(errorOf({ expiry: 1n })).toBe('LimitOrders.OrderExpired')
    expect(errorOf({ limit_price: 1n })).toBe('LimitOrders.PriceConditionNotMet')
    expect(errorOf({ relayer: [alice] })).toBe('LimitOrders.RelayerMissMatch')
    const order = buyOf(chain)
    const cancel = orders('cancel_order', { order: versioned(order) })
    expect(chain.send('//Bob', cancel).error).toBe('LimitOrders.Unauthorized')
    expect(eventOf(chain.send('//Alice', cancel), 'LimitOrders.OrderCancelled')['order_id']).toBe(
      orderId(versioned(order)),
    )
    expect(chain.send('//Alice', cancel).error).toBe('LimitOrders.OrderAlreadyProcessed')
    expect(run(chain, signed(chain, order)).error).toBe('LimitOrders.OrderCancelled')
  })

  it('skips an order that does not fit, where the relayer asks for that', () => {
    const chain = new TestChain()
    chain.send('//Alice', sudo(orders('set_pallet_status', { enabled: true })))
    const late = signed(chain, buyOf(chain, { expiry: 1n }))
    const good = signed(chain, buyOf(chain, { amount: TAO }))
    const both = chain.send('//Bob', orders('execute_orders', { orders: [late, good], should_fail: false }))
    expect(eventNames(both)).toEqual(expect.arrayContaining(['LimitOrders.OrderSkipped', 'LimitOrders.OrderExecuted']))
  })

  it('sell with a floor, and pay the fee that was signed', () => {
    const chain = new TestChain()
    chain.send('//Alice', sudo(orders('set_pallet_status', { enabled: true })))
    chain.send('//Alice', staking('add_stake', { hotkey: chat.hotkey, netuid: NETUID, amount_staked: 50n * TAO }))
    const order = buyOf(chain, {
      order_type: { type: 'TakeProfit', value: undefined },
      amount: 5n * TAO,
      limit_price: 1n,
      fee_rate: 10_000_000,
      fee_recipient: chain.account('//Bob'),
    })
    const sold = run(chain, signed(chain, order))
    expect(eventNames(sold)).toContain('Balances.Transfer')
    expect(run(chain, signed(chain, order)).error).toBe('LimitOrders.OrderAlreadyProcessed')
    expect(differences(chain)).toEqual([])
  })
})
