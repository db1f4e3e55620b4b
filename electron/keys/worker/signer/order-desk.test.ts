import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blake2AsHex } from '@polkadot/util-crypto/blake2'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import { beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../../../shared/result.ts'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import type { Policy } from '../../../../shared/signing/policy.ts'
import { netuid, rao, raoPerAlpha } from '../../../../shared/units/amounts.ts'
import { BOB } from '../../../../test/support/signing/every-intent.ts'
import { GENESIS } from '../../../../test/support/signing/payloads.ts'
import { versionedOrder } from '../../../practice/definitions/types/limit-orders.ts'
import { addressOf, type Keypair, pairFromSeed } from '../keypair.ts'
import { accountHex } from './account-hex.ts'
import { signerHandlers } from './handlers.ts'

const FINNEY = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03'
const PRACTICE = { network: 'practice', genesis: GENESIS }

let root: string
let pair: Keypair
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taoforge-orders-'))
  await mkdir(join(root, 'w'))
  pair = pairFromSeed(new Uint8Array(32).fill(7), 'sr25519')
  return () => rm(root, { recursive: true, force: true })
})

const orderOf = (change: Partial<LimitOrder> = {}): LimitOrder => ({
  signer: addressOf(pair.publicKey),
  hotkey: BOB,
  netuid: netuid(3),
  type: 'LimitBuy',
  amount: 5_000_000_000n,
  limitPrice: raoPerAlpha(24_000_000n),
  expiryMs: 1_900_000_000_000,
  feePpb: 0,
  feeTo: addressOf(pair.publicKey),
  chainId: 42,
  partialFills: false,
  ...change,
})

async function sign(order: LimitOrder, chain = PRACTICE, policy?: Policy) {
  const handlers = signerHandlers({
    walletsFolder: root,
    keys: { keyFor: async () => ok({ pair, release: () => undefined }) },
    checkPassword: async () => ok(null),
  })
  if (policy)
    expect(await handlers['set-policy']?.({ kind: 'set-policy', wallet: 'w', policy })).toMatchObject({ ok: true })
  const done = await handlers['sign-order']?.({ kind: 'sign-order', wallet: 'w', order, chain })
  if (!done) throw new Error('no sign-order')
  return done
}

/** The order in SCALE, by the codec of the practice network, which knows nothing of the signer's. */
function encoded({ signer, hotkey, feeTo, relayers, ...order }: LimitOrder): Uint8Array {
  const key = (address: LimitOrder['signer']) => accountHex(address)
  return versionedOrder.codec.enc({
    type: 'V1',
    value: {
      signer: key(signer),
      hotkey: key(hotkey),
      netuid: order.netuid,
      order_type: { type: order.type, value: undefined },
      amount: order.amount,
      limit_price: order.limitPrice,
      expiry: BigInt(order.expiryMs),
      fee_rate: order.feePpb,
      fee_recipient: key(feeTo),
      relayer: relayers?.map(key),
      max_slippage: order.maxSlippagePpb,
      chain_id: BigInt(order.chainId),
      partial_fills_enabled: order.partialFills,
    },
  })
}

describe('signing an order', () => {
  test.each([
    ['a purchase', {}],
    [
      'a sale with relayers and a slippage',
      { type: 'TakeProfit', relayers: [BOB], maxSlippagePpb: 7, partialFills: true },
    ],
    ['a stop', { type: 'StopLoss', amount: 2n ** 64n - 1n }],
  ] as const)('%s: the signature is good for its bytes in the codec of the chain', async (_name, change) => {
    const order = orderOf(change)
    const done = await sign(order)
    if (!done.ok) throw new Error(done.error.code)
    const bytes = encoded(order)
    expect(done.value.orderId).toBe(blake2AsHex(bytes, 256))
    const signature = new Uint8Array(Buffer.from(done.value.signature.slice(2), 'hex'))
    expect(sr25519Verify(bytes, signature, pair.publicKey)).toBe(true)
    bytes[40] = (bytes[40] ?? 0) ^ 1
    expect(sr25519Verify(bytes, signature, pair.publicKey)).toBe(false)
  })

  test('refuses what nobody should sign, and notes that it was asked', async () => {
    const codeOf = async (change: Partial<LimitOrder>, chain = PRACTICE) => {
      const done = await sign(orderOf(change), chain)
      return done.ok ? 'signed' : done.error.code
    }
    expect(await codeOf({ signer: BOB })).toBe('order/other-signer')
    expect(await codeOf({ netuid: netuid(0) })).toBe('order/on-root')
    expect(await codeOf({ type: 'StopLoss', maxSlippagePpb: 1 })).toBe('order/stop-loss-slippage')
    const log = (await readFile(join(root, 'w', 'audit-cold.jsonl'), 'utf8')).trim().split('\n')
    expect(log.map((line) => JSON.parse(line).decision)).toEqual(Array.from({ length: 3 }, () => 'refused'))
  })

  test('a key of another kind signs none: the chain would take none', async () => {
    pair = pairFromSeed(new Uint8Array(32).fill(7), 'ed25519')
    expect(await sign(orderOf())).toMatchObject({ error: { code: 'order/key-type' } })
  })

  test('a chain that borrows the number of a real one gets no order that is good there', async () => {
    const differs = { ok: false, error: { code: 'keys/intent-differs', what: 'number of the chain' } }
    for (const chainId of [964, 945]) expect(await sign(orderOf({ chainId }))).toEqual(differs)
    const finney = { network: 'finney', genesis: FINNEY }
    expect(await sign(orderOf({ chainId: 42 }), finney)).toEqual(differs)
    expect((await sign(orderOf({ chainId: 964 }), finney)).ok).toBe(true)
    // It has been in earnest once: it never plays.
    expect(await sign(orderOf())).toMatchObject({ error: { code: 'signer/foreign-genesis' } })
  })

  test('what an order may spend counts against the limits, once it is signed', async () => {
    const policy: Policy = { mostPerDay: rao(8_000_000_000n) }
    expect((await sign(orderOf(), PRACTICE, policy)).ok).toBe(true)
    expect(await sign(orderOf())).toMatchObject({ error: { code: 'policy/per-day', spent: 5_000_000_000n } })
    expect((await sign(orderOf({ type: 'TakeProfit' }))).ok).toBe(true)
  })
})
