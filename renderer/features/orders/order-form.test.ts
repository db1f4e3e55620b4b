import { describe, expect, test } from 'vitest'
import { EMPTY_FORM, type OrderForm, readOrderForm } from './order-form.ts'

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const NOW = 1_800_000_000_001
const filled: OrderForm = { ...EMPTY_FORM, netuid: 3, hotkey: BOB, amountText: '2.5', priceText: '0.02' }
const read = (change: Partial<OrderForm> = {}, available = 10_000_000_000n) =>
  readOrderForm({ ...filled, ...change }, available, NOW)

describe('a new order, as it is typed', () => {
  test('is whole when place, amount and price are there, and ends at a full minute', () => {
    expect(read()).toEqual({
      wrong: {},
      limitPrice: 20_000_000n,
      draft: {
        type: 'LimitBuy',
        netuid: 3,
        hotkey: BOB,
        amount: 2_500_000_000n,
        limitPrice: 20_000_000n,
        expiryMs: 1_800_000_060_000 + 7 * 86_400_000,
        maxSlippagePpb: 10_000_000,
      },
    })
    // One second later it is the same order: what was previewed is what is signed.
    expect(readOrderForm(filled, 10_000_000_000n, NOW + 1_000).draft).toEqual(read().draft)
  })

  test('never carries a slippage for a stop-loss', () => {
    expect(read({ type: 'StopLoss' }).draft).not.toHaveProperty('maxSlippagePpb')
    expect(read({ type: 'TakeProfit' }).draft?.maxSlippagePpb).toBe(10_000_000)
    expect(read({ slippagePpb: undefined }).draft).not.toHaveProperty('maxSlippagePpb')
  })

  test('may go in parts only to relayers by name', () => {
    expect(read({ partial: true }).draft).not.toHaveProperty('partialFills')
    const named = read({ partial: true, named: true, relayersText: `${ALICE},\n ${BOB}` }).draft
    expect(named).toMatchObject({ relayers: [ALICE, BOB], partialFills: true })
  })

  test.each<[string, Partial<OrderForm>, ReturnType<typeof read>['wrong']]>([
    ['nothing typed', { amountText: '', priceText: '' }, {}],
    ['no place', { netuid: undefined }, {}],
    ['no relayer yet', { named: true }, {}],
    ['more than there is', { amountText: '11' }, { amount: 'More than is available. Enter less.' }],
    ['no price', { priceText: '0' }, { price: 'A price of nothing is no limit.' }],
    [
      'a price with a comma',
      { priceText: '0,02' },
      { price: 'Write digits, with . before the decimals and nothing between the digits.' },
    ],
    ['the same twice', { named: true, relayersText: `${BOB} ${BOB}` }, { relayers: 'One of them stands there twice.' }],
    [
      'no address',
      { named: true, relayersText: 'bob' },
      { relayers: 'bob is no address: one begins with 5 and has 48 letters and digits.' },
    ],
    [
      'too many',
      { named: true, relayersText: Array.from({ length: 11 }, () => BOB).join(' ') },
      { relayers: 'An order can name ten relayers at most.' },
    ],
  ])('%s: nothing to sign, and only what is wrong is said', (_name, change, wrong) => {
    expect(read(change).draft).toBeUndefined()
    expect(read(change).wrong).toEqual(wrong)
  })
})
