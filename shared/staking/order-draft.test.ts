import { expect, test } from 'vitest'
import { netuid, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { type OrderDraft, type OrderPlace, orderOf } from './order-draft.ts'

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
const place: OrderPlace = { signer: key, cryptoType: 'sr25519', enabled: true, chainId: 42, nowMs: 1_000 }
const codeOf = (change: Partial<OrderDraft>, where: Partial<OrderPlace> = {}) => {
  const made = orderOf({ ...draft, ...change }, { ...place, ...where })
  return made.ok ? 'made' : made.error.code
}

test('an order is for one chain, one signer, and pays nobody a fee', () => {
  expect(orderOf(draft, place)).toEqual({
    ok: true,
    value: { ...draft, signer: key, feePpb: 0, feeTo: key, chainId: 42, partialFills: false },
  })
})

test.each<[string, Partial<OrderDraft>, Partial<OrderPlace>]>([
  ['chain/unsupported', {}, { chainId: undefined }],
  ['order/switched-off', {}, { enabled: false }],
  ['order/switched-off', {}, { enabled: undefined }],
  ['order/key-type', {}, { cryptoType: 'ed25519' }],
  ['order/on-root', { netuid: netuid(0) }, {}],
  ['contract/bad-input', { amount: 0n }, {}],
  ['order/stop-loss-slippage', { type: 'StopLoss' }, {}],
  ['order/expired', { expiryMs: 1_000 }, {}],
  ['made', { type: 'StopLoss', maxSlippagePpb: undefined }, {}],
])('%s', (code, change, where) => expect(codeOf(change, where)).toBe(code))
