import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, raoPerAlpha, ss58, U64_MAX } from '../units/amounts.ts'
import {
  isPriceMet,
  type OrderDraft,
  type OrderMarket,
  type OrderSigner,
  orderOf,
  worstPriceOf,
} from './order-draft.ts'

const key = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const draft: OrderDraft = {
  hotkey: key,
  netuid: netuid(3),
  type: 'TakeProfit',
  amount: 5n,
  limitPrice: raoPerAlpha(7n),
  expiryMs: 2_000,
  maxSlippagePpb: 10_000_000,
}
const market: OrderMarket = {
  atBlock: 1,
  offered: true,
  enabled: true,
  chainId: 42,
  subnetKnown: true,
  hotkeyKnown: true,
  price: raoPerAlpha(7n),
  free: rao(10n),
  sellable: alpha(5n),
  minimum: rao(0n),
}
const by: OrderSigner = { signer: key, cryptoType: 'sr25519', nowMs: 1_000 }
const codeOf = (change: Partial<OrderDraft>, where: Partial<OrderMarket & OrderSigner> = {}) => {
  const made = orderOf({ ...draft, ...change }, { ...market, ...where }, { ...by, ...where })
  return made.ok ? 'made' : made.error.code
}

test('an order is for one chain, one signer, and pays nobody a fee', () => {
  expect(orderOf(draft, market, by)).toEqual({
    ok: true,
    value: { ...draft, signer: key, feePpb: 0, feeTo: key, chainId: 42, partialFills: false },
  })
})

test.each<[string, Partial<OrderDraft>, Partial<OrderMarket & OrderSigner>]>([
  ['chain/unsupported', {}, { offered: false }],
  ['chain/unsupported', {}, { chainId: undefined }],
  ['order/switched-off', {}, { enabled: false }],
  ['order/switched-off', {}, { enabled: undefined }],
  ['order/key-type', {}, { cryptoType: 'ed25519' }],
  ['order/on-root', { netuid: netuid(0) }, {}],
  ['contract/bad-input', { amount: 0n }, {}],
  ['contract/bad-input', { amount: U64_MAX + 1n }, {}],
  ['contract/bad-input', { limitPrice: raoPerAlpha(0n) }, {}],
  ['contract/bad-input', { relayers: [] }, {}],
  ['contract/bad-input', { relayers: [key, key] }, {}],
  ['order/parts-need-relayer', { partialFills: true }, {}],
  ['made', { partialFills: true, relayers: [key] }, {}],
  ['order/stop-loss-slippage', { type: 'StopLoss' }, {}],
  ['order/expired', { expiryMs: 1_000 }, {}],
  ['made', { type: 'StopLoss', maxSlippagePpb: undefined }, {}],
  ['stake/unknown-subnet', {}, { subnetKnown: false }],
  ['stake/unknown-hotkey', {}, { hotkeyKnown: false }],
  ['stake/not-enough-alpha', { amount: 6n }, {}],
  ['stake/balance-too-low', { type: 'LimitBuy', amount: 11n }, {}],
  ['made', { type: 'LimitBuy', amount: 10n }, {}],
  ['stake/too-small', { type: 'LimitBuy', amount: 9n }, { minimum: rao(10n) }],
  // Five alpha at a price of ten are fifty rao.
  ['made', { limitPrice: raoPerAlpha(10_000_000_000n) }, { minimum: rao(50n) }],
  ['stake/too-small', { limitPrice: raoPerAlpha(10_000_000_000n) }, { minimum: rao(51n) }],
  ['made', {}, { price: raoPerAlpha(10_000_000_000n), minimum: rao(50n) }],
  [
    'stake/too-small',
    { type: 'StopLoss', maxSlippagePpb: undefined },
    { price: raoPerAlpha(10_000_000_000n), minimum: rao(50n) },
  ],
])('%s', (code, change, where) => expect(codeOf(change, where)).toBe(code))

describe('where an order trades', () => {
  test.each<[OrderDraft['type'], boolean, boolean, boolean]>([
    ['LimitBuy', true, true, false],
    ['StopLoss', true, true, false],
    ['TakeProfit', false, true, true],
  ])('%s: below, at and above its limit', (type, below, at, above) => {
    const met = (price: bigint) => isPriceMet({ type, limitPrice: raoPerAlpha(7n) }, raoPerAlpha(price))
    expect([met(6n), met(7n), met(8n)]).toEqual([below, at, above])
  })

  test('slippage widens the limit: up for a purchase, down for a sale, never beyond what a price can be', () => {
    const worst = (type: OrderDraft['type'], maxSlippagePpb?: number, limitPrice = raoPerAlpha(1_000n)) =>
      worstPriceOf({ type, limitPrice, ...(maxSlippagePpb === undefined ? {} : { maxSlippagePpb }) })
    expect(worst('LimitBuy', 10_000_000)).toBe(1_010n)
    expect(worst('TakeProfit', 10_000_000)).toBe(990n)
    expect(worst('TakeProfit', 1_000_000_000)).toBe(0n)
    expect(worst('StopLoss')).toBeUndefined()
    expect(worst('LimitBuy', 1, raoPerAlpha(U64_MAX))).toBeUndefined()
  })
})
