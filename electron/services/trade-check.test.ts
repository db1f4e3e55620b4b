import { describe, expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import { alpha, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { BOB, movesSnapshot, PRICE, TWO } from '../../test/support/staking/moves-snapshot.ts'
import { type TradeReads, tradeRefusal } from './trade-check.ts'

const SHARED = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const place = { netuid: TWO, hotkey: BOB }
const both = { coldkey: SHARED, block: 1, free: rao(10_000_000_000n), existentialDeposit: rao(500n) }
/** Larger than anything here: it must not count against the account, because its signer pays it. */
const txFee = rao(9_999_999_999n)

function chain(
  over: { free?: bigint; price?: bigint; poolPrice?: bigint; burn?: bigint; held?: bigint } = {},
): TradeReads {
  const free = rao(over.free ?? 10_000_000_000n)
  return {
    movesSnapshot: async (coldkey, choose) => movesSnapshot({ held: 5_000_000_000n, ...over, coldkey, txFee }, choose),
    registerSnapshot: async () =>
      ok({
        ...both,
        free,
        price: rao(over.burn ?? 1_000_000_000n),
        open: true,
        exists: true,
        txFee,
        places: 8,
        placesTaken: 1,
        immunityBlocks: 5,
      }),
    transferSnapshot: async () => ok({ ...both, free, held: rao(0n), recipientHolds: rao(0n), txFee }),
  }
}
const stake: Intent = {
  kind: 'add-stake',
  ...place,
  amount: rao(9_000_000_000n),
  limitPrice: raoPerAlpha((PRICE * 101n) / 100n),
}
const sale: Intent = {
  kind: 'remove-stake',
  ...place,
  amount: alpha(1_000_000_000n),
  limitPrice: raoPerAlpha((PRICE * 99n) / 100n),
}
const pay: Intent = { kind: 'transfer', to: BOB, amount: rao(9_999_999_000n) }
const buy: Intent = { kind: 'register', ...place, limit: rao(1_000_000_000n) }
const codeOf = async (reads: TradeReads, intent: Intent) =>
  (await tradeRefusal(reads, { coldkey: SHARED, intent }))?.code

describe('what another account cannot do is refused before a fee is paid', () => {
  test.each([
    ['a stake above its balance', stake, { free: 8_999_999_999n }, 'stake/balance-too-low'],
    ['a stake above the limit that was agreed to', stake, { price: PRICE * 2n }, 'stake/price-moved'],
    ['a sale of what it does not hold', sale, { held: 999_999_999n }, 'stake/not-enough-alpha'],
    ['a sale below the limit', sale, { price: PRICE / 2n }, 'stake/price-moved'],
    ['a stake at a price that the pool contradicts', stake, { poolPrice: PRICE * 3n }, 'stake/price-doubted'],
    ['a place above the limit', buy, { burn: 1_000_000_001n }, 'register/price-above-limit'],
    ['a place that it cannot pay', buy, { free: 1_000_000_000n }, 'register/balance-too-low'],
    ['a transfer that would end the account', pay, { free: 9_999_999_400n }, 'transfer/balance-too-low'],
    ['a transfer to itself', { ...pay, to: SHARED }, {}, 'transfer/to-itself'],
  ] as const)('%s', async (_name, intent, over, code) => {
    expect(await codeOf(chain(over), intent)).toBe(code)
  })
})

test('within the limit, and up to the last rao, nothing is refused: the fee is not this account’s', async () => {
  for (const intent of [stake, sale, buy, pay]) expect(await codeOf(chain(), intent)).toBeUndefined()
})

describe('calls that are made together', () => {
  const part: Intent = { ...stake, amount: rao(4_900_000_000n) }
  const together = (...intents: readonly Intent[]): Intent => ({ kind: 'batch', mode: 'all', intents })
  test.each([
    ['two stakes that share a balance which only one of them fits', together(part, stake), {}, 'stake/balance-too-low'],
    ['a trade above its limit', together(sale, part), { price: PRICE * 2n }, 'stake/price-moved'],
    ['a trade at a price that the pool contradicts', together(sale), { poolPrice: PRICE * 3n }, 'stake/price-doubted'],
    ['a payment behind a trade', together(sale, pay), { free: 9_999_999_400n }, 'transfer/balance-too-low'],
    ['a trade in a batch of a batch', together(together(sale)), { poolPrice: PRICE * 3n }, 'stake/price-doubted'],
  ] as const)('%s is refused', async (_name, intent, over, code) => {
    expect(await codeOf(chain(over), intent)).toBe(code)
  })

  test('all that can be done is no refusal, and what was seen is none', async () => {
    expect(await codeOf(chain(), together(part, sale))).toBeUndefined()
    const reads = chain({ poolPrice: PRICE * 3n })
    const ask = { coldkey: SHARED, intent: together(part, sale), despiteDoubts: true }
    expect(await tradeRefusal(reads, ask)).toBeUndefined()
  })
})

test('a contradiction that was seen and agreed to is no refusal', async () => {
  const reads = chain({ poolPrice: PRICE * 3n })
  expect(await tradeRefusal(reads, { coldkey: SHARED, intent: stake, despiteDoubts: true })).toBeUndefined()
})

test('calls that the app does not trade with are left to the chain', async () => {
  expect(await codeOf(chain({ free: 0n }), { kind: 'remove-proxies' })).toBeUndefined()
  expect(await codeOf(chain({ free: 0n }), { ...pay, allowDeath: true })).toBeUndefined()
})
