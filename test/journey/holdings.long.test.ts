import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createMiner,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
  signAndSend,
  validatorOf,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { refuses } from './refuses.ts'

// Locks, auto-stake, claims from root, recycling and burning over the socket and at a terminal: refusals first, then done.

interface Holding {
  readonly netuid: number
  readonly total: string
  readonly available: string
  readonly perpetual?: boolean
  readonly lock?: { readonly hotkey: string; readonly amount: string; readonly perpetual: boolean }
  readonly autoStake?: string
}
interface State {
  readonly atBlock: number
  readonly features: Readonly<Record<string, boolean>>
  readonly subnets: readonly Holding[]
  readonly unlockBlocks?: number
  readonly rejectsLocked?: boolean
  readonly root: {
    readonly owed?: string
    readonly threshold?: string
    readonly holdBlocks?: number
    readonly byValidator: readonly { readonly hotkey: string; readonly owed: string; readonly heldUntil?: number }[]
  }
}
interface Plan {
  readonly txFee: string
  readonly typedWords?: string
}
interface Done {
  readonly outcome: {
    readonly block: number
    readonly feeRao: string
    readonly held?: readonly { readonly event: string; readonly hotkey?: string; readonly amount?: string }[]
  }
}

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const CHAT = 1
/** Longer than this test. */
const HOLD_BLOCKS = 5_000
let host: RunningHost
let session: HostSession
let validator: string
let second: string
let rootValidator: string

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '300', '--root-hold', String(HOLD_BLOCKS)] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  for (let times = 0; times < 3; times++) await getRich(session, '1000000000000')
  const validators = await session.must<readonly { hotkey: string }[]>('subnets.validators', { netuid: CHAT })
  validator = validators[0]?.hotkey ?? ''
  second = validators[1]?.hotkey ?? ''
  rootValidator = await validatorOf(session, 0)
  const moves = [
    { kind: 'add', netuid: CHAT, hotkey: validator, amount: '50000000000' },
    { kind: 'add', netuid: 0, hotkey: rootValidator, amount: '2000000000000' },
  ]
  await signAndSend(session, await session.must('staking.planMoves', { moves, tolerancePpm: 100_000 }))
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
}, 60_000)

const place = () => ({ netuid: CHAT, hotkey: validator })
const state = () => session.must<State>('holdings.state', {})
const onChat = async (): Promise<Holding> => {
  const holding = (await state()).subnets.find(({ netuid }) => netuid === CHAT)
  if (!holding) throw new Error('nothing is held')
  return holding
}
const onRoot = async (): Promise<bigint> =>
  BigInt((await state()).subnets.find(({ netuid }) => netuid === 0)?.total ?? 0)
const planOf = (intent: object, more: object = {}) => session.must<Plan>('account.plan', { intent, ...more })
/** Planned, prepared, signed and sent; what the chain's events say. */
async function make(intent: object, more: object = {}): Promise<Done['outcome']> {
  const plan = await planOf(intent, more)
  const { preparedId } = await session.must<{ preparedId: string }>('transaction.prepare', { plan })
  return (await session.must<Done>('transaction.send', { preparedId })).outcome
}
const refused = async (intent: object, more: object = {}): Promise<unknown> => {
  const reply = await session.call('account.plan', { intent, ...more })
  return reply.ok ? 'it was not refused' : (reply.error as { code: string }).code
}

describe('what somebody holds', { timeout: 180_000 }, () => {
  test('nonsense is refused at a terminal, in three sentences, and changes nothing', async () => {
    const at = { host, session }
    const lock = { kind: 'lock-stake', ...place(), amount: '1' }
    await refuses(at, ['account.plan', { intent: { ...lock, amount: '1.5' } }], { code: 'contract/bad-input' })
    await refuses(at, ['account.plan', { intent: { ...lock, hotkey: BOB } }], { code: 'stake/unknown-hotkey' })
    await refuses(at, ['account.plan', { intent: { kind: 'move-lock', netuid: CHAT, toHotkey: second } }], {
      code: 'lock/none',
      netuid: CHAT,
    })
    const burn = { kind: 'burn-alpha', ...place(), amount: '1500000000' }
    await refuses(at, ['account.plan', { intent: burn }], {
      code: 'burn/words-missing',
      words: `burn 1.5 alpha of netuid ${CHAT}`,
    })
  })

  test('a lock: what it needs, what is free today, and when the rest is', async () => {
    const before = await onChat()
    expect(before.available).toBe(before.total)
    expect(before.lock).toBeUndefined()
    const lock = { kind: 'lock-stake', ...place() }
    const total = BigInt(before.total)
    expect(await refused({ ...lock, amount: '0' })).toBe('stake/not-enough-alpha')
    expect(await refused({ ...lock, amount: String(total * 2n) })).toBe('lock/more-than-stake')
    expect(await refused({ ...lock, netuid: 999, amount: '1' })).toBe('stake/unknown-subnet')
    const amount = String(total / 2n)
    expect((await make({ ...lock, amount })).held).toMatchObject([{ event: 'locked', hotkey: validator, amount }])
    const { lock: made, available, total: now } = await onChat()
    expect(made).toMatchObject({ hotkey: validator, perpetual: false })
    expect(BigInt(made?.amount ?? 0)).toBeLessThanOrEqual(total / 2n)
    expect(BigInt(available) + BigInt(made?.amount ?? 0)).toBe(BigInt(now))
    // What is locked cannot be sold, moved or destroyed.
    const all = [{ kind: 'remove', ...place(), amount: now }]
    const sale = await session.call('staking.planMoves', { moves: all, tolerancePpm: 50_000 })
    expect(sale).toMatchObject({ ok: false, error: { code: 'stake/not-enough-alpha' } })
    expect(await refused({ ...lock, hotkey: second, amount: '1' })).toBe('lock/other-hotkey')
    const { unlockBlocks = 0, atBlock } = await state()
    const steps = await session.must<readonly { block: number; free: string; locked: string }[]>('holdings.lockSteps', {
      netuid: CHAT,
    })
    expect(steps).toHaveLength(3)
    expect(steps[0]?.block).toBeGreaterThan(atBlock + unlockBlocks / 2)
    expect(
      steps.map(({ free }) => BigInt(free)).every((free, at, every) => at === 0 || free > (every[at - 1] ?? 0n)),
    ).toBe(true)
  })

  test('perpetual and back, and to another hotkey', async () => {
    const set = { kind: 'set-perpetual-lock', netuid: CHAT }
    expect(await refused({ ...set, enabled: false })).toBe('stake/nothing-to-do')
    expect((await make({ ...set, enabled: true })).held).toMatchObject([{ event: 'lock-perpetual' }])
    expect(await onChat()).toMatchObject({ perpetual: true, lock: { perpetual: true } })
    expect(await session.must('holdings.lockSteps', { netuid: CHAT })).toEqual([])
    expect(await refused({ ...set, enabled: true })).toBe('stake/nothing-to-do')
    expect((await make({ ...set, enabled: false })).held).toMatchObject([{ event: 'lock-decaying' }])
    const move = { kind: 'move-lock', netuid: CHAT }
    expect(await refused({ ...move, toHotkey: validator })).toBe('stake/nothing-to-do')
    expect(await refused({ ...move, toHotkey: BOB })).toBe('stake/unknown-hotkey')
    expect((await make({ ...move, toHotkey: second })).held).toMatchObject([{ event: 'lock-moved', hotkey: second }])
    expect((await onChat()).lock).toMatchObject({ hotkey: second, perpetual: false })
  })

  test('locked alpha from others is refused until one says otherwise', async () => {
    const set = { kind: 'reject-locked-alpha' }
    expect((await state()).rejectsLocked).toBe(true)
    expect(await refused({ ...set, enabled: true })).toBe('stake/nothing-to-do')
    expect((await make({ ...set, enabled: false })).held).toMatchObject([{ event: 'locked-taken' }])
    expect((await state()).rejectsLocked).toBe(false)
    expect((await make({ ...set, enabled: true })).held).toMatchObject([{ event: 'locked-refused' }])
  })

  test('where mined alpha goes: only to a hotkey with a place', async () => {
    const set = { kind: 'set-auto-stake', netuid: CHAT }
    const miner = await createMiner(session)
    expect(await refused({ ...set, hotkey: miner })).toBe('auto-stake/not-registered')
    expect(await refused({ ...set, netuid: 999, hotkey: second })).toBe('stake/unknown-subnet')
    expect((await make({ ...set, hotkey: second })).held).toMatchObject([{ event: 'auto-stake-set', hotkey: second }])
    expect((await onChat()).autoStake).toBe(second)
    expect(await refused({ ...set, hotkey: second })).toBe('auto-stake/same')
  })

  test.each(['recycle', 'burn'] as const)('%s: only with the words typed, and only what is free', async (how) => {
    const amount = '1500000000'
    const intent = { kind: `${how}-alpha`, ...place(), amount }
    const words = `${how} 1.5 alpha of netuid ${CHAT}`
    expect(await refused(intent)).toBe('burn/words-missing')
    expect(await refused(intent, { typedWords: words.replace('1.5', '15') })).toBe('burn/words-missing')
    const onRoot = { ...intent, netuid: 0, hotkey: rootValidator }
    expect(await refused(onRoot, { typedWords: words.replace(`netuid ${CHAT}`, 'netuid 0') })).toBe('burn/on-root')
    const { total } = await onChat()
    const whole = { ...intent, amount: total }
    const error = await refused(whole)
    expect(error).toBe('burn/words-missing')
    const reply = await session.call('account.plan', { intent: whole })
    const needed = (reply as { error: { words: string } }).error.words
    expect(await refused(whole, { typedWords: needed })).toBe('stake/not-enough-alpha')
    // A plan whose words were taken out on the way is refused again when it is prepared.
    const { typedWords, ...bare } = await planOf(intent, { typedWords: words })
    expect(typedWords).toBe(words)
    expect(await session.call('transaction.prepare', { plan: bare })).toMatchObject({
      ok: false,
      error: { code: 'burn/words-missing' },
    })
    const event = how === 'burn' ? 'burned' : 'recycled'
    expect((await make(intent, { typedWords: words })).held).toMatchObject([{ event, hotkey: validator, amount }])
  })

  test('root: what is owed, the claim with its fee, and the hold after it', async () => {
    const claim = { kind: 'claim-root-of', hotkey: rootValidator }
    const withoutRoot = [validator, second].find((hotkey) => hotkey !== rootValidator)
    expect(await refused({ ...claim, hotkey: withoutRoot })).toBe('root/nothing-owed')
    const { root } = await state()
    expect(root).toMatchObject({ holdBlocks: HOLD_BLOCKS, threshold: '500000' })
    const enough = async () => BigInt((await state()).root.owed ?? 0) > 500_000n
    await expect.poll(enough, { timeout: 120_000, interval: 1_000 }).toBe(true)
    const { txFee } = await planOf(claim)
    expect(BigInt(txFee)).toBeGreaterThan(0n)
    const before = await onRoot()
    const outcome = await make(claim)
    expect(outcome.held).toMatchObject([{ event: 'root-claimed' }])
    const after = await state()
    // Dividends go on arriving in the basket; stake on root grows by a claim alone.
    expect((await onRoot()) - before).toBeGreaterThan(500_000n)
    const row = after.root.byValidator.find(({ hotkey }) => hotkey === rootValidator)
    expect(row?.heldUntil).toBe(outcome.block + HOLD_BLOCKS)
  })

  test('each of them is kept with what was meant and what happened', async () => {
    const records =
      await session.until<
        readonly {
          kind: string
          stage: string
          amount?: string
          intent?: { kind: string }
          outcome?: Done['outcome']
        }[]
      >('activity.watch')
    const kinds = records.filter(({ kind }) => kind === 'account').map(({ intent }) => intent?.kind)
    expect(new Set(kinds)).toEqual(
      new Set([
        'lock-stake',
        'move-lock',
        'set-perpetual-lock',
        'reject-locked-alpha',
        'set-auto-stake',
        'recycle-alpha',
        'burn-alpha',
        'claim-root-of',
      ]),
    )
    expect(records.find(({ intent }) => intent?.kind === 'burn-alpha')).toMatchObject({
      amount: '1500000000',
      outcome: { held: [{ event: 'burned', amount: '1500000000' }] },
    })
  })
})
