import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderFile, Relayer } from '../support/chain/relayer.ts'
import {
  freeBalance,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
  signAndSend,
  validatorOf,
  WORDS,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'

// Limit orders over the socket, as a terminal asks for them: refusals first, then signed here and carried out by another
// program that knows nothing of this one but the file that it was given.

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const DAY = 86_400_000
interface Known {
  readonly orderId: string
  readonly status: string
  readonly filled?: string
  readonly order: { readonly type: string }
}
interface Plan {
  readonly orderId: string
  readonly bytes: string
  readonly price: string
  readonly priceMet: boolean
  readonly worstPrice?: string
  readonly available: string
  readonly promised: string
}

let host: RunningHost
let session: HostSession
let relayer: Relayer
let hotkey: string
let price: bigint

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '300'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session)
  hotkey = await validatorOf(session, 1)
  const { endpoint } = await session.until<{ endpoint?: string }>('network.status', (status) =>
    Boolean(status.endpoint),
  )
  relayer = await Relayer.join(endpoint ?? '')
}, 240_000)
afterAll(async () => {
  await relayer?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

const refused = async (name: string, input: object): Promise<unknown> => {
  const reply = await session.call(name, input)
  return reply.ok ? 'it was not refused' : (reply.error as { code: string }).code
}
const draft = (change: object = {}) => ({
  type: 'LimitBuy',
  netuid: 1,
  hotkey,
  amount: '2000000000',
  limitPrice: '1000000000',
  expiryMs: Date.now() + DAY,
  ...change,
})
const list = () => session.must<readonly Known[]>('orders.list')
const stateOf = async (orderId: string) => (await list()).find((one) => one.orderId === orderId)?.status
const obstacle = async () =>
  (await session.must<{ obstacle?: { code: string } }>('orders.offer')).obstacle?.code ?? 'none'

/** Signs what was planned, and no other. @returns the file that a relayer is given */
async function signed(input: object): Promise<OrderFile> {
  const { orderId, bytes } = await session.must<Plan>('orders.plan', input)
  await session.must('orders.sign', { ...input, confirmed: orderId })
  const { text } = await session.must<{ text: string }>('orders.export', { orderId })
  const file = JSON.parse(text) as OrderFile
  expect(file.orderId).toBe(orderId)
  expect(file.scale.startsWith(bytes)).toBe(true)
  return file
}

describe('limit orders', { timeout: 120_000 }, () => {
  test('while the chain has them switched off, nothing is signed', async () => {
    expect(await obstacle()).toBe('order/switched-off')
    expect(await refused('orders.plan', draft())).toBe('order/switched-off')
    expect(await refused('orders.sign', draft())).toBe('order/switched-off')
    expect(await list()).toEqual([])
    expect(await relayer.switchOrders(true)).toBe('done')
    await expect.poll(obstacle, { timeout: 20_000 }).toBe('none')
  })

  test('a key that the chain takes no orders from is refused', async () => {
    await session.must('wallet.importWords', {
      name: 'edward',
      words: WORDS,
      password: LONG_PASSWORD,
      cryptoType: 'ed25519',
    })
    await session.must('wallet.select', { name: 'edward' })
    await session.must('wallet.unlock', { name: 'edward', password: LONG_PASSWORD })
    expect(await obstacle()).toBe('order/key-type')
    expect(await refused('orders.sign', draft())).toBe('order/key-type')
    await session.must('wallet.select', { name: 'a' })
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    expect(await obstacle()).toBe('none')
  })

  test('what nobody could carry out is refused, and nothing is kept', async () => {
    for (const [code, change] of [
      ['order/stop-loss-slippage', { type: 'StopLoss', maxSlippagePpb: 10_000_000 }],
      ['order/expired', { expiryMs: Date.now() - 1 }],
      ['order/on-root', { netuid: 0 }],
      ['order/parts-need-relayer', { partialFills: true }],
      ['stake/unknown-subnet', { netuid: 999 }],
      ['stake/unknown-hotkey', { hotkey: BOB }],
      ['stake/balance-too-low', { amount: '99000000000000' }],
      ['stake/too-small', { amount: '1000' }],
      ['stake/not-enough-alpha', { type: 'TakeProfit' }],
      ['address/not-valid', { hotkey: `${BOB.slice(0, -1)}z` }],
      ['contract/bad-input', { amount: '1.5' }],
      ['contract/bad-input', { amount: '0' }],
      ['contract/bad-input', { limitPrice: '0' }],
      ['contract/bad-input', { relayers: [] }],
      ['contract/bad-input', { relayers: Array.from({ length: 11 }, () => BOB) }],
    ] as const) {
      expect([code, await refused('orders.sign', draft(change))]).toEqual([code, code])
    }
    const none = `0x${'ab'.repeat(32)}`
    expect(await refused('orders.export', { orderId: none })).toBe('order/not-there')
    expect(await refused('orders.planCancel', { orderId: none })).toBe('order/not-there')
    expect(await refused('orders.sign', { ...draft(), confirmed: none })).toBe('keys/intent-differs')
    await session.must('wallet.lock', {})
    expect(await refused('orders.sign', draft())).toBe('keys/locked')
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    expect(await list()).toEqual([])
  })

  test('a purchase: planned to the byte, signed, kept, carried out by somebody else', async () => {
    const input = draft({ maxSlippagePpb: 50_000_000 })
    const plan = await session.must<Plan>('orders.plan', input)
    price = BigInt(plan.price)
    expect(plan).toMatchObject({ priceMet: true, worstPrice: '1050000000', promised: '0' })
    const file = await signed(input)
    // The other program writes the same bytes by the layout that the node serves.
    expect(relayer.bytesOf(file)).toBe(file.scale)
    expect(await stateOf(file.orderId)).toBe('open')
    expect((await session.must<Plan>('orders.plan', input)).promised).toBe('2000000000')
    expect(await relayer.execute(file, '//Bob')).toBe('done')
    await expect.poll(() => stateOf(file.orderId), { timeout: 20_000 }).toBe('fulfilled')
    expect(await relayer.execute(file, '//Bob')).toBe('limitOrders.OrderAlreadyProcessed')
    expect(await refused('orders.planCancel', { orderId: file.orderId })).toBe('order/already')
    expect(await refused('orders.export', { orderId: file.orderId })).toBe('order/already')
    await session.until<{ data?: { positions: readonly { netuid: number }[] } }>('portfolio.watch', ({ data }) =>
      Boolean(data?.positions.some(({ netuid }) => netuid === 1)),
    )
  })

  test('a sale in parts, for one relayer only; after the first part nobody can cancel it', async () => {
    const bob = relayer.addressOf('//Bob')
    const input = draft({
      type: 'TakeProfit',
      amount: '4000000000',
      limitPrice: '1000',
      relayers: [bob],
      partialFills: true,
      maxSlippagePpb: 900_000_000,
    })
    const file = await signed(input)
    expect(await relayer.execute(file, '//Alice')).toBe('limitOrders.RelayerMissMatch')
    expect(await relayer.execute(file, '//Bob', 1_000_000_000n)).toBe('done')
    await expect.poll(() => stateOf(file.orderId), { timeout: 20_000 }).toBe('partial')
    expect((await list())[0]?.filled).toBe('1000000000')
    expect(await refused('orders.planCancel', { orderId: file.orderId })).toBe('order/already')
    expect(await relayer.execute(file, '//Bob', 3_000_000_000n)).toBe('done')
    await expect.poll(() => stateOf(file.orderId), { timeout: 20_000 }).toBe('fulfilled')
  })

  test('a stop-loss waits for its price; cancelled, nobody can carry it out', async () => {
    const input = draft({ type: 'StopLoss', amount: '1000000000', limitPrice: (price / 2n).toString() })
    expect(await session.must<Plan>('orders.plan', input)).toMatchObject({ priceMet: false })
    const file = await signed(input)
    expect(await relayer.execute(file, '//Bob')).toBe('limitOrders.PriceConditionNotMet')
    const before = await freeBalance(session)
    await signAndSend(session, await session.must('orders.planCancel', { orderId: file.orderId }))
    await expect.poll(() => stateOf(file.orderId), { timeout: 20_000 }).toBe('cancelled')
    await session.until<{ data?: { free: string } }>(
      'portfolio.watch',
      ({ data }) => data !== undefined && BigInt(data.free) < BigInt(before),
    )
    expect(await relayer.execute(file, '//Bob')).toBe('limitOrders.OrderCancelled')
    expect(await refused('orders.planCancel', { orderId: file.orderId })).toBe('order/already')
  })

  test('when its time is over, nobody can carry it out, and to cancel it is refused', async () => {
    const file = await signed(draft({ limitPrice: '1000', expiryMs: Date.now() + 2_500 }))
    expect(await stateOf(file.orderId)).toBe('open')
    await expect.poll(() => stateOf(file.orderId), { timeout: 20_000 }).toBe('expired')
    await expect.poll(() => relayer.execute(file, '//Bob'), { timeout: 20_000 }).toBe('limitOrders.OrderExpired')
    expect(await refused('orders.planCancel', { orderId: file.orderId })).toBe('order/already')
  })

  test('the list outlives the wallet’s lock, and a terminal says that it is play money', async () => {
    await session.must('wallet.lock', {})
    const said = await taoforge(['orders.list', '{}', '--data', host.data])
    expect(said.json).toMatchObject({ ok: true, unit: 'play' })
    expect((said.json.value as readonly Known[]).map(({ status }) => status)).toEqual([
      'expired',
      'cancelled',
      'fulfilled',
      'fulfilled',
    ])
    const alone = await taoforge(['orders.sign', '{}', '--data', `${host.data}-none`])
    expect(alone.exit).not.toBe(0)
  })
})
