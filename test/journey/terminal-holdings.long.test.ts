import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OrderFile, Relayer } from '../support/chain/relayer.ts'
import { WORDS } from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PASSWORD, Terminal } from './at-terminal.ts'

// Root, locks, auto-stake, recycling, burning, limit orders and closing an account through the program `taoforge`, each
// question a process: refusals first.

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const OTHER_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const [ROOT, TEXT] = [0, 1]
const TOLERANCE = { tolerancePpm: 100_000 }
const DAY = 86_400_000
/** Long enough to be seen, short enough to be waited for. */
const HOLD_BLOCKS = 60

interface Outcome {
  readonly held?: readonly { readonly event: string; readonly hotkey?: string; readonly amount?: string }[]
  readonly sentRao?: string
}
interface State {
  readonly subnets: readonly { readonly netuid: number; readonly total: string; readonly available: string }[]
  readonly root: { readonly owed?: string }
}
interface Known {
  readonly orderId: string
  readonly status: string
}

let host: RunningHost
let at: Terminal
let relayer: Relayer
let coldkey: string
let other: string
let validator: string
let second: string
let rootValidator: string

beforeAll(async () => {
  host = await startHost({
    args: ['--network', 'practice', '--block-ms', '600', '--root-hold', String(HOLD_BLOCKS)],
  })
  at = new Terminal(host.data)
  const ready = await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  expect(ready.json).toMatchObject({ ok: true })
  relayer = await Relayer.join((ready.json.value as { endpoint: string }).endpoint)
  other = await at.wallet('other', OTHER_WORDS)
  await at.wallet('edward', WORDS, 'ed25519')
  coldkey = await at.wallet('a', WORDS)
  await at.become('a')
  for (let times = 0; times < 3; times++) await at.must('practice.playMoney', { amount: '1000000000000' })
  const validators = await at.validators(TEXT)
  validator = validators[0] ?? ''
  second = validators[1] ?? ''
  rootValidator = (await at.validators(ROOT))[0] ?? ''
}, 240_000)
afterAll(async () => {
  await relayer?.close()
  await host?.stop()
}, 60_000)

const place = () => ({ netuid: TEXT, hotkey: validator })
const state = () => at.must<State>('holdings.state')
const onSubnet = async (netuid: number) => (await state()).subnets.find((row) => row.netuid === netuid)
const planMoves = (moves: readonly object[]) => at.must<object>('staking.planMoves', { ...TOLERANCE, moves })
const refusedMove = (move: object, code: string) =>
  at.refused('staking.planMoves', { ...TOLERANCE, moves: [move] }, code)
const refused = (intent: object, code: string, more: object = {}) =>
  at.refused('account.plan', { intent, ...more }, code)
const make = async (intent: object, more: object = {}) =>
  at.carryOut<Outcome>(await at.must<object>('account.plan', { intent, ...more }))

describe('what somebody holds, at the terminal', { timeout: 300_000 }, () => {
  test('stake on root is one to one, held for its blocks, and then taken back', async () => {
    const add = { kind: 'add', netuid: ROOT, hotkey: rootValidator, amount: '2000000000000' }
    await refusedMove({ ...add, amount: '100' }, 'stake/too-small')
    await refusedMove({ ...add, hotkey: BOB }, 'stake/unknown-hotkey')
    const { decoded } = await at.carryOut(await planMoves([add]))
    expect(decoded.call).toBe('SubtensorModule.add_stake_limit')
    expect(BigInt((await onSubnet(ROOT))?.total ?? 0)).toBeGreaterThanOrEqual(2_000_000_000_000n)
    const remove = { kind: 'remove', netuid: ROOT, hotkey: rootValidator, amount: '500000000000' }
    // While the chain holds it nothing is signed that would only cost a fee; after its blocks it comes back rao for rao.
    await refusedMove(remove, 'stake/root-held')
    await at.carryOut(await planMoves([{ kind: 'add', ...place(), amount: '50000000000' }]))
    const offered = async () => (await at.ask('staking.planMoves', { ...TOLERANCE, moves: [remove] })).json.ok
    await expect.poll(offered, { timeout: 120_000, interval: 2_000 }).toBe(true)
    await refusedMove({ ...remove, amount: '9000000000000' }, 'stake/not-enough-alpha')
    const before = (await at.held(coldkey)).free
    const plan = await at.must<{ rootHoldBlocks?: number }>('staking.planMoves', { ...TOLERANCE, moves: [remove] })
    expect(plan.rootHoldBlocks).toBe(HOLD_BLOCKS)
    expect((await at.carryOut(plan)).decoded.call).toBe('SubtensorModule.remove_stake_limit')
    const got = (await at.held(coldkey)).free - before
    expect(got).toBeGreaterThan(499_000_000_000n)
    expect(got).toBeLessThanOrEqual(500_000_000_000n)
  })

  test('a lock: made, kept, moved, and what it binds cannot leave', async () => {
    const total = BigInt((await onSubnet(TEXT))?.total ?? 0)
    const lock = { kind: 'lock-stake', ...place() }
    await refused({ ...lock, amount: '1.5' }, 'contract/bad-input')
    await refused({ ...lock, hotkey: BOB, amount: '1' }, 'stake/unknown-hotkey')
    await refused({ ...lock, amount: String(total * 2n) }, 'lock/more-than-stake')
    await refused({ kind: 'move-lock', netuid: TEXT, toHotkey: second }, 'lock/none')
    const amount = String(total / 2n)
    const made = await make({ ...lock, amount })
    expect(made.decoded.call).toBe('SubtensorModule.lock_stake')
    expect(made.outcome.held).toMatchObject([{ event: 'locked', amount }])
    await refusedMove({ kind: 'remove', ...place(), amount: String(total) }, 'stake/not-enough-alpha')
    const perpetual = { kind: 'set-perpetual-lock', netuid: TEXT }
    await refused({ ...perpetual, enabled: false }, 'stake/nothing-to-do')
    expect((await make({ ...perpetual, enabled: true })).outcome.held).toMatchObject([{ event: 'lock-perpetual' }])
    expect((await make({ ...perpetual, enabled: false })).outcome.held).toMatchObject([{ event: 'lock-decaying' }])
    await refused({ kind: 'move-lock', netuid: TEXT, toHotkey: validator }, 'stake/nothing-to-do')
    const moved = await make({ kind: 'move-lock', netuid: TEXT, toHotkey: second })
    expect(moved.outcome.held).toMatchObject([{ event: 'lock-moved', hotkey: second }])
    const reject = { kind: 'reject-locked-alpha' }
    await refused({ ...reject, enabled: true }, 'stake/nothing-to-do')
    expect((await make({ ...reject, enabled: false })).outcome.held).toMatchObject([{ event: 'locked-taken' }])
  })

  test('where mined alpha goes', async () => {
    const set = { kind: 'set-auto-stake', netuid: TEXT }
    await refused({ ...set, hotkey: BOB }, 'auto-stake/not-registered')
    await refused({ ...set, netuid: 999, hotkey: second }, 'stake/unknown-subnet')
    const { decoded, outcome } = await make({ ...set, hotkey: second })
    expect(decoded.call).toBe('SubtensorModule.set_coldkey_auto_stake_hotkey')
    expect(outcome.held).toMatchObject([{ event: 'auto-stake-set', hotkey: second }])
    await refused({ ...set, hotkey: second }, 'auto-stake/same')
  })

  test.each(['recycle', 'burn'] as const)('%s: only with the words typed, and only what is free', async (how) => {
    const amount = '1500000000'
    const intent = { kind: `${how}-alpha`, ...place(), amount }
    const typedWords = `${how} 1.5 alpha of netuid ${TEXT}`
    await refused(intent, 'burn/words-missing')
    await refused(intent, 'burn/words-missing', { typedWords: typedWords.replace('1.5', '15') })
    const onRoot = { ...intent, netuid: ROOT, hotkey: rootValidator }
    await refused(onRoot, 'burn/on-root', { typedWords: typedWords.replace(`netuid ${TEXT}`, 'netuid 0') })
    const { decoded, outcome } = await make(intent, { typedWords })
    expect(decoded.call).toBe(`SubtensorModule.${how}_alpha`)
    expect(outcome.held).toMatchObject([{ event: how === 'burn' ? 'burned' : 'recycled', amount }])
  })

  test('root: what is owed is claimed with its fee', async () => {
    const claim = { kind: 'claim-root-of', hotkey: rootValidator }
    await refused({ ...claim, hotkey: BOB }, 'root/nothing-owed')
    const owed = async () => BigInt((await state()).root.owed ?? 0) > 500_000n
    await expect.poll(owed, { timeout: 120_000, interval: 2_000 }).toBe(true)
    const { outcome } = await make(claim)
    expect(outcome.held).toMatchObject([{ event: 'root-claimed' }])
  })
})

describe('limit orders at the terminal', { timeout: 300_000 }, () => {
  const draft = (change: object = {}) => ({
    type: 'LimitBuy',
    ...place(),
    amount: '2000000000',
    limitPrice: '1000000000',
    expiryMs: Date.now() + DAY,
    ...change,
  })
  const list = () => at.must<readonly Known[]>('orders.list')
  const stateOf = async (orderId: string) => (await list()).find((one) => one.orderId === orderId)?.status
  /** Planned, signed as planned, and shown as the file that a relayer is given. */
  async function signed(input: object): Promise<OrderFile> {
    const { orderId } = await at.must<{ orderId: string }>('orders.plan', input)
    await at.must('orders.sign', { ...input, confirmed: orderId })
    const { text } = await at.must<{ text: string }>('orders.export', { orderId })
    return JSON.parse(text) as OrderFile
  }

  test('nothing is signed while the switch is off, by a key of another kind, or the wrong way round', async () => {
    await at.refused('orders.sign', draft(), 'order/switched-off')
    expect(await relayer.switchOrders(true)).toBe('done')
    const offer = async () => (await at.must<{ obstacle?: { code: string } }>('orders.offer')).obstacle?.code
    await expect.poll(offer, { timeout: 30_000, interval: 1_000 }).toBeUndefined()
    await at.become('edward')
    await at.refused('orders.sign', draft(), 'order/key-type')
    await at.become('a')
    const stop = { type: 'StopLoss', maxSlippagePpb: 10_000_000 }
    for (const [code, change] of [
      ['order/stop-loss-slippage', stop],
      ['order/expired', { expiryMs: Date.now() - 1 }],
      ['order/on-root', { netuid: ROOT }],
      ['order/parts-need-relayer', { partialFills: true }],
      ['stake/unknown-hotkey', { hotkey: BOB }],
      ['stake/balance-too-low', { amount: '99000000000000' }],
      ['contract/bad-input', { limitPrice: '0' }],
    ] as const)
      await at.refused('orders.sign', draft(change), code)
    const none = `0x${'ab'.repeat(32)}`
    await at.refused('orders.export', { orderId: none }, 'order/not-there')
    await at.refused('orders.planCancel', { orderId: none }, 'order/not-there')
    await at.refused('orders.sign', { ...draft(), confirmed: none }, 'keys/intent-differs')
    expect(await list()).toEqual([])
  })

  test('one is carried out by somebody else, one is cancelled, and the list says so', async () => {
    const purchase = await signed(draft({ maxSlippagePpb: 50_000_000 }))
    expect(await relayer.execute(purchase, '//Bob')).toBe('done')
    await expect.poll(() => stateOf(purchase.orderId), { timeout: 30_000, interval: 1_000 }).toBe('fulfilled')
    await at.refused('orders.planCancel', { orderId: purchase.orderId }, 'order/already')
    const stop = await signed(draft({ type: 'StopLoss', amount: '1000000000', limitPrice: '100000000' }))
    const { decoded } = await at.carryOut(await at.must<object>('orders.planCancel', { orderId: stop.orderId }))
    expect(decoded.call).toBe('LimitOrders.cancel_order')
    await expect.poll(() => stateOf(stop.orderId), { timeout: 30_000, interval: 1_000 }).toBe('cancelled')
    expect(await relayer.execute(stop, '//Bob')).toBe('limitOrders.OrderCancelled')
    expect((await list()).map(({ status }) => status)).toEqual(['cancelled', 'fulfilled'])
  })
})

describe('sending at the terminal', { timeout: 300_000 }, () => {
  test('keeps the account alive, and closes it only when it is told to', async () => {
    await at.refused('transfer.plan', { to: coldkey, amount: '1000000000' }, 'transfer/to-itself')
    await at.refused('transfer.plan', { to: other, amount: '1' }, 'transfer/too-small')
    await at.refused('transfer.plan', { to: other, amount: '9000000000000' }, 'transfer/balance-too-low')
    await at.refused('transfer.plan', { to: `${other.slice(0, -1)}1`, amount: '1000000000' }, 'address/not-valid')
    const sent = await at.carryOut<Outcome>(await at.must<object>('transfer.plan', { to: other, amount: '5000000000' }))
    expect(sent.decoded.call).toBe('Balances.transfer_keep_alive')
    await at.become('other')
    await at.refused('transfer.planClose', { to: other }, 'transfer/to-itself')
    const closing = await at.must<{ amount: string }>('transfer.planClose', { to: coldkey })
    await at.must('wallet.lock')
    const { preparedId } = await at.must<{ preparedId: string }>('transaction.prepare', { plan: closing })
    await at.refused('transaction.send', { preparedId }, 'keys/locked')
    await at.must('wallet.unlock', { name: 'other' }, { env: PASSWORD })
    const closed = await at.carryOut<Outcome>(closing)
    expect(closed.decoded.call).toBe('Balances.transfer_all')
    expect(closed.outcome.sentRao).toBe(closing.amount)
    expect((await at.held(other)).free).toBe(0n)
  })
})
