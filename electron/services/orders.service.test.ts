import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { err, ok } from '../../shared/result.ts'
import type { LimitOrder } from '../../shared/signing/limit-order.ts'
import type { OrderDraft, OrderMarket } from '../../shared/staking/order-draft.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import type { OrderProgress } from '../chain/orders.port.ts'
import { signedOrder, versionedOrder } from '../practice/definitions/types/limit-orders.ts'
import type { SignedOrder } from '../storage/order-storage.port.ts'
import { type OrdersDeps, OrdersService } from './orders.service.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const NAME = `0x${'0a'.repeat(32)}`
const NOW = 1_800_000_000_000
const draft: OrderDraft = {
  type: 'LimitBuy',
  netuid: netuid(3),
  hotkey: BOB,
  amount: 4n,
  limitPrice: raoPerAlpha(7n),
  expiryMs: NOW + 1_000,
}
const key = (address: string) => (address === OWN ? `0x${'11'.repeat(32)}` : `0x${'22'.repeat(32)}`)
/** As the practice chain would write it. */
const bytesOf = (order: LimitOrder): string => {
  const value = {
    signer: key(order.signer),
    hotkey: key(order.hotkey),
    netuid: order.netuid,
    order_type: { type: order.type, value: undefined },
    amount: order.amount,
    limit_price: order.limitPrice,
    expiry: BigInt(order.expiryMs),
    fee_rate: order.feePpb,
    fee_recipient: key(order.feeTo),
    relayer: undefined,
    max_slippage: order.maxSlippagePpb,
    chain_id: BigInt(order.chainId),
    partial_fills_enabled: order.partialFills,
  }
  return `0x${Buffer.from(versionedOrder.codec.enc({ type: 'V1', value })).toString('hex')}`
}

let market: OrderMarket
let wallet: { name: string; address: typeof OWN; cryptoType: 'sr25519' | 'ed25519'; watchOnly: boolean }
let progress: Omit<OrderProgress, 'orderId'>
let signerSays: string
let asked: string[]
let kept: SignedOrder[]
let orders: OrdersService

/** The parts that the service asks, with what they say above. */
function deps(): OrdersDeps {
  const played = {
    chain: {
      isAddress: () => true,
      orderGround: async () => ok(market),
      orderMarket: async () => ok(market),
      writeOrder: async (order: LimitOrder) => ok({ orderId: NAME, bytes: bytesOf(order) }),
      orderProgress: async (all: readonly LimitOrder[]) => ok(all.map(() => ({ orderId: NAME, ...progress }))),
    },
    keys: {
      signOrder: async () => {
        asked.push('signOrder')
        return ok({ orderId: signerSays, signature: `0x${'cd'.repeat(64)}` })
      },
    },
    storage: {
      signedOrders: () => kept,
      putSignedOrder: (_genesis: string, one: SignedOrder) => void kept.unshift(one),
    },
    clock: { nowMs: () => NOW, after: () => () => undefined, every: () => () => undefined },
    wallets: { active: () => wallet },
    network: {
      genesis: () => '0x01',
      choice: () => ({ kind: 'practice' as const }),
      status: () => ({ label: 'Practice', play: true }),
    },
    accounts: {
      plan: async () => {
        asked.push('plan')
        return err<AppError>({ code: 'contract/cancelled' })
      },
    },
  }
  // The cast: wallets and the state of a network say more than the service asks of them.
  return played as unknown as OrdersDeps
}

beforeEach(() => {
  market = {
    atBlock: 9,
    offered: true,
    enabled: true,
    chainId: 42,
    subnetKnown: true,
    hotkeyKnown: true,
    price: raoPerAlpha(8n),
    free: rao(10n),
    sellable: alpha(5n),
    minimum: rao(0n),
  }
  wallet = { name: 'a', address: OWN, cryptoType: 'sr25519', watchOnly: false }
  progress = { status: 'open' }
  signerSays = NAME
  asked = []
  kept = []
  orders = new OrdersService(deps())
})
const codeOf = async (answer: Promise<{ ok: boolean; error?: AppError }>) => (await answer).error?.code ?? 'done'

describe('limit orders', () => {
  test('whether there can be any is said before a draft', async () => {
    const obstacle = async () => {
      const offer = await orders.offer()
      return offer.ok ? offer.value.obstacle?.code : 'failed'
    }
    expect(await obstacle()).toBeUndefined()
    wallet.watchOnly = true
    expect(await obstacle()).toBe('keys/watch-only')
    wallet.cryptoType = 'ed25519'
    expect(await obstacle()).toBe('order/key-type')
    market = { ...market, enabled: false }
    expect(await obstacle()).toBe('order/switched-off')
    market = { ...market, offered: false }
    expect(await obstacle()).toBe('chain/unsupported')
  })

  test('what was confirmed is signed, to the byte, and nothing else', async () => {
    expect(await codeOf(orders.sign(draft, `0x${'0b'.repeat(32)}`))).toBe('keys/intent-differs')
    expect(asked).toEqual([])
    signerSays = `0x${'0c'.repeat(32)}`
    expect(await codeOf(orders.sign(draft, NAME))).toBe('keys/intent-differs')
    expect(kept).toEqual([])
    signerSays = NAME
    expect(await codeOf(orders.sign(draft, NAME))).toBe('done')
    expect(kept.map(({ orderId }) => orderId)).toEqual([NAME])
  })

  test('a plan says how far the price is, and what other orders may take of the same', async () => {
    expect(await orders.plan(draft)).toMatchObject({ value: { priceMet: false, available: 10n, promised: 0n } })
    await orders.sign(draft)
    progress = { status: 'partial', filled: 1n }
    expect(await orders.plan(draft)).toMatchObject({ value: { promised: 3n } })
    expect(await orders.plan({ ...draft, type: 'TakeProfit' })).toMatchObject({
      value: { available: 5n, promised: 0n },
    })
    progress = { status: 'fulfilled' }
    expect(await orders.plan(draft)).toMatchObject({ value: { promised: 0n } })
  })

  test('an open order is over with its time; what the chain knows, counts before', async () => {
    await orders.sign(draft)
    kept = kept.map((one) => ({ ...one, order: { ...one.order, expiryMs: NOW - 1 } }))
    const status = async () => {
      const all = await orders.list()
      return all.ok ? all.value[0]?.status : 'failed'
    }
    expect(await status()).toBe('expired')
    progress = { status: 'partial', filled: 1n }
    expect(await status()).toBe('expired')
    progress = { status: 'cancelled' }
    expect(await status()).toBe('cancelled')
  })

  test.each<OrderProgress['status']>(['partial', 'fulfilled', 'cancelled'])(
    'what is %s is not planned to be cancelled',
    async (status) => {
      expect(await codeOf(orders.planCancel(NAME))).toBe('order/not-there')
      await orders.sign(draft)
      progress = { status }
      expect(await codeOf(orders.planCancel(NAME))).toBe('order/already')
      expect(asked).toEqual(['signOrder'])
      progress = { status: 'open' }
      await orders.planCancel(NAME)
      expect(asked).toEqual(['signOrder', 'plan'])
    },
  )

  test('the file holds what the chain takes, and says that it is play', async () => {
    await orders.sign(draft)
    const file = await orders.exported(NAME)
    if (!file.ok) throw new Error(file.error.code)
    expect(file.value.fileName).toBe('taoforge-practice-order-0a0a0a0a.json')
    const { scale, unit, signedOrder: said } = JSON.parse(file.value.text)
    expect(unit).toBe('play')
    const read = signedOrder.codec.dec(new Uint8Array(Buffer.from(scale.slice(2), 'hex')))
    expect(read.partial_fill).toBeUndefined()
    expect(read.signature).toEqual({ type: 'Sr25519', value: `0x${'cd'.repeat(64)}` })
    expect(read.order.value).toMatchObject({ amount: 4n, limit_price: 7n, expiry: BigInt(NOW + 1_000), chain_id: 42n })
    expect(said.order.V1).toMatchObject({ amount: '4', limit_price: '7', max_slippage: null, relayer: null })
    progress = { status: 'fulfilled' }
    expect(await codeOf(orders.exported(NAME))).toBe('order/already')
  })
})
