import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WORDS } from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { type Moved, PASSWORD, type Record, Terminal } from './at-terminal.ts'

// Every move of stake through the program `taoforge`, each question a process: refusals first, then done, then looked up.

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
/** The first eight bytes of BOB's public key, then others. */
const IMITATION = '5FHneW46xGXgscmpiWnnrv8BMtyLjbgiq6sBomZrqJfpD1sH'
const [TEXT, CHAT, SHALLOW, DEEP] = [1, 2, 3, 4]
const TOLERANCE = { tolerancePpm: 50_000 }
const DIRECT = { via: { kind: 'direct' } }

interface Plan {
  readonly carry: string
  readonly steps: readonly {
    readonly worst?: string
    readonly priceFrom?: string
    readonly priceTo?: string
    readonly notes: readonly string[]
    readonly move: { readonly kind: string; readonly netuid?: number }
  }[]
  readonly skipped: readonly { readonly netuid: number; readonly reason: string }[]
}
interface Outcome {
  readonly moves: readonly Moved[]
  readonly stakeAdded?: { readonly taoRao: string }
  readonly stakeRemoved?: { readonly alpha: string }
}

let host: RunningHost
let at: Terminal
let coldkey: string
let text: string
let second: string
let shallow: string

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '600'] })
  at = new Terminal(host.data)
  const ready = await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  expect(ready.json).toMatchObject({ ok: true })
  coldkey = await at.wallet('a', WORDS)
  await at.become('a')
  await at.must('practice.playMoney', { amount: '100000000000' })
  const validators = await at.validators(TEXT)
  text = validators[0] ?? ''
  second = validators[1] ?? ''
  shallow = (await at.validators(SHALLOW))[0] ?? ''
}, 240_000)
afterAll(() => host?.stop(), 60_000)

const plan = (moves: readonly object[], more: object = {}) =>
  at.must<Plan>('staking.planMoves', { ...TOLERANCE, moves, ...more })
const refusedPlan = (move: object, code: string) =>
  at.refused('staking.planMoves', { ...TOLERANCE, moves: [move] }, code)
const carryOut = (made: Plan) => at.carryOut<Outcome>(made)
const on = async (netuid: number) => (await at.held(coldkey)).positions.filter((row) => row.netuid === netuid)
const eventsOf = ({ moves }: Outcome) => moves.map(({ event, netuid }) => [event, netuid])

describe('moves of stake at the terminal', { timeout: 300_000 }, () => {
  test('a purchase up to a limit: all or nothing is refused, a part is bought, and the rest stays', async () => {
    const add = { kind: 'add', netuid: SHALLOW, hotkey: shallow, amount: '5000000000' }
    await refusedPlan({ ...add, amount: '1' }, 'stake/too-small')
    await refusedPlan({ ...add, amount: '1.5' }, 'contract/bad-input')
    await refusedPlan({ ...add, amount: '999000000000' }, 'stake/balance-too-low')
    await refusedPlan({ ...add, hotkey: BOB }, 'stake/unknown-hotkey')
    await refusedPlan({ ...add, limitPrice: '1' }, 'stake/price-moved')
    const { steps } = await plan([{ ...add, amount: '10000000' }])
    const limitPrice = ((BigInt(steps[0]?.priceTo ?? 0) * 105n) / 100n).toString()
    await refusedPlan({ ...add, limitPrice }, 'stake/impact-too-large')
    const before = await at.held(coldkey)
    const partly = await plan([{ ...add, limitPrice, allowPartial: true }])
    expect(partly.steps[0]?.notes).toContain('partial')
    const { decoded, outcome } = await carryOut(partly)
    expect(decoded.call).toBe('SubtensorModule.add_stake_limit')
    expect(decoded.args.find(({ name }) => name === 'allow_partial')?.value).toBe('true')
    const bought = BigInt(outcome.stakeAdded?.taoRao ?? 0)
    expect(bought).toBeGreaterThan(500_000_000n)
    expect(bought).toBeLessThan(4_000_000_000n)
    expect(before.free - (await at.held(coldkey)).free).toBeLessThan(bought + 10_000_000n)
    expect(BigInt(outcome.moves[0]?.alpha ?? 0)).toBeGreaterThanOrEqual(BigInt(partly.steps[0]?.worst ?? 0))
  })

  test('a sale up to a limit sells a part', async () => {
    const whole = { kind: 'remove', netuid: SHALLOW, hotkey: shallow, amount: { percent: 90 } }
    await refusedPlan({ ...whole, amount: '99999999999999999' }, 'stake/not-enough-alpha')
    await refusedPlan({ ...whole, hotkey: text }, 'stake/not-enough-alpha')
    const { steps } = await plan([{ ...whole, amount: { percent: 20 } }])
    const limitPrice = ((BigInt(steps[0]?.priceFrom ?? 0) * 99n) / 100n).toString()
    await refusedPlan({ ...whole, limitPrice }, 'stake/impact-too-large')
    const [before] = await on(SHALLOW)
    const { decoded, outcome } = await carryOut(await plan([{ ...whole, limitPrice, allowPartial: true }]))
    expect(decoded.call).toBe('SubtensorModule.remove_stake_limit')
    expect(eventsOf(outcome)).toEqual([['removed', SHALLOW]])
    const [after] = await on(SHALLOW)
    expect(BigInt(after?.alpha ?? 0)).toBeGreaterThan((BigInt(before?.alpha ?? 0) * 2n) / 10n)
    expect(BigInt(after?.alpha ?? 0)).toBeLessThan(BigInt(before?.alpha ?? 0))
  })

  test('all of a position, in one bounded call', async () => {
    const all = { kind: 'remove-all', netuid: SHALLOW, hotkey: shallow }
    await refusedPlan({ ...all, netuid: CHAT }, 'stake/not-enough-alpha')
    await at.refused('staking.planMoves', { tolerancePpm: 900_000, moves: [all] }, 'contract/bad-input')
    await at.refused('staking.planMoves', { tolerancePpm: 100, moves: [all] }, 'stake/impact-too-large')
    const made = await plan([all], { tolerancePpm: 300_000 })
    const { decoded, outcome } = await carryOut(made)
    expect(decoded.call).toBe('SubtensorModule.remove_stake_full_limit')
    expect(BigInt(outcome.moves[0]?.tao ?? 0)).toBeGreaterThanOrEqual(BigInt(made.steps[0]?.worst ?? 0))
    expect(await on(SHALLOW)).toEqual([])
  })

  test('to another validator: no trade happens', async () => {
    await carryOut(await plan([{ kind: 'add', netuid: TEXT, hotkey: text, amount: '20000000000' }]))
    const move = { kind: 'move', netuid: TEXT, fromHotkey: text, toHotkey: second, amount: { percent: 25 } }
    await refusedPlan({ ...move, toHotkey: text }, 'stake/same-place')
    await refusedPlan({ ...move, toHotkey: BOB }, 'stake/unknown-hotkey')
    await refusedPlan({ ...move, amount: '1' }, 'stake/too-small')
    const { decoded, outcome } = await carryOut(await plan([move]))
    expect(decoded.call).toBe('SubtensorModule.move_stake')
    expect(outcome.moves[0]?.alpha).toBe(outcome.moves[1]?.alpha)
    expect(await on(TEXT)).toHaveLength(2)
  })

  test('to another subnet: the second leg that would be left out is refused', async () => {
    const swap = { kind: 'swap', hotkey: text, fromNetuid: TEXT, toNetuid: DEEP, amount: { percent: 50 } }
    await refusedPlan({ ...swap, amount: { worth: '1500000' } }, 'stake/second-leg-lost')
    await refusedPlan({ ...swap, toNetuid: TEXT }, 'stake/same-place')
    await refusedPlan({ ...swap, toNetuid: 999 }, 'stake/unknown-subnet')
    const made = await plan([swap])
    const { decoded, outcome } = await carryOut(made)
    expect(decoded.call).toBe('SubtensorModule.swap_stake_limit')
    expect(eventsOf(outcome)).toEqual([
      ['removed', TEXT],
      ['added', DEEP],
    ])
    expect(BigInt(outcome.moves[1]?.alpha ?? 0)).toBeGreaterThanOrEqual(BigInt(made.steps[0]?.worst ?? 0))
  })

  test('to another coldkey: an imitation is stopped, a good address gets it', async () => {
    const give = { kind: 'transfer', netuid: TEXT, hotkey: second, amount: { percent: 50 } }
    await at.must('addresses.add', { address: BOB, name: 'Exchange' })
    await refusedPlan({ ...give, to: IMITATION }, 'address/look-alike')
    await refusedPlan({ ...give, to: coldkey }, 'transfer/to-itself')
    await refusedPlan({ ...give, to: `${BOB.slice(0, -1)}z` }, 'address/not-valid')
    const { decoded, outcome } = await carryOut(await plan([{ ...give, to: BOB }]))
    expect(decoded.call).toBe('SubtensorModule.transfer_stake')
    expect(eventsOf(outcome)).toEqual([
      ['removed', TEXT],
      ['added', TEXT],
    ])
    expect((await at.held(BOB)).positions).toMatchObject([{ netuid: TEXT, hotkey: second }])
  })

  test('rebalance: several moves, all or none', async () => {
    const target = async (netuid: number, ppm: number) => ({ netuid, hotkey: (await at.validators(netuid))[0], ppm })
    const ask = { ...TOLERANCE, freeCounted: '0' }
    const nowhere = { netuid: 999, hotkey: text, ppm: 500_000 }
    await at.refused('staking.planRebalance', { ...ask, targets: [nowhere] }, 'stake/unknown-subnet')
    const most = await target(TEXT, 1_000_000)
    await at.refused('staking.planRebalance', { ...ask, targets: [most, await target(DEEP, 1)] }, 'contract/bad-input')
    const targets = [await target(TEXT, 300_000), await target(DEEP, 400_000), await target(CHAT, 300_000)]
    const made = await at.must<Plan>('staking.planRebalance', { ...ask, targets })
    expect(made.carry).toBe('batch')
    const { decoded } = await carryOut(made)
    expect(decoded.call).toBe('Utility.batch_all')
    const { positions } = await at.held(coldkey)
    const worth = (netuid?: number) =>
      positions
        .filter((row) => netuid === undefined || row.netuid === netuid)
        .reduce((sum, { valueAtSpot }) => sum + Number(valueAtSpot ?? Number.NaN), 0)
    // Fees, impact and an epoch lie between what was wanted and what is there.
    for (const { netuid, ppm } of targets) expect(Math.abs(worth(netuid) / worth() - ppm / 1e6)).toBeLessThan(0.04)
  })

  test('sweep: only what is small, and only where it pays', async () => {
    await at.refused('staking.planExit', { ...TOLERANCE, below: '1' }, 'stake/nothing-to-do')
    await carryOut(await plan([{ kind: 'add', netuid: SHALLOW, hotkey: shallow, amount: '20000000' }]))
    const made = await at.must<Plan>('staking.planExit', { ...TOLERANCE, below: '50000000' })
    expect(made.steps.map(({ move }) => [move.kind, move.netuid])).toEqual([['remove-all', SHALLOW]])
    expect(new Set(made.skipped.map(({ reason }) => reason))).toEqual(new Set(['not-small']))
    expect(eventsOf((await carryOut(made)).outcome)).toEqual([['removed', SHALLOW]])
    expect(await on(SHALLOW)).toEqual([])
  })

  test('exit: not while locked, then everything in one call', async () => {
    const made = await at.must<Plan>('staking.planExit', TOLERANCE)
    const { preparedId } = await at.must<{ preparedId: string }>('transaction.prepare', { plan: made })
    await at.must('wallet.lock')
    await at.refused('transaction.send', { preparedId }, 'keys/locked')
    await at.must('wallet.unlock', { name: 'a' }, { env: PASSWORD })
    const { decoded, outcome } = await carryOut(await at.must<Plan>('staking.planExit', TOLERANCE))
    expect(decoded.call).toBe('Utility.force_batch')
    expect(outcome.moves).toHaveLength(made.steps.length)
    expect((await at.held(coldkey)).positions).toEqual([])
    await at.refused('staking.planExit', TOLERANCE, 'stake/nothing-to-do')
  })

  test('a list of moves: kept, begun once, and put away', async () => {
    const add = (netuid: number, hotkey: string) => ({ kind: 'add', netuid, hotkey, amount: '1000000000' })
    await carryOut(await plan([add(TEXT, text), add(TEXT, second), add(SHALLOW, shallow)]))
    const made = await at.must<Plan>('staking.planExit', { tolerancePpm: 200_000, oneByOne: true })
    expect(made.carry).toBe('queue')
    await at.refused('transaction.prepare', { plan: made }, 'contract/bad-input')
    await at.refused('staking.runQueue', { id: 'none' }, 'stake/no-queue')
    await at.refused('staking.stopQueue', { id: 'none' }, 'stake/no-queue')
    await at.must('wallet.lock')
    await at.refused('staking.startQueue', { plan: made, ...DIRECT }, 'keys/locked')
    expect(await at.must('staking.queues')).toEqual([])
    await at.must('wallet.unlock', { name: 'a' }, { env: PASSWORD })
    const { id, items } = await at.must<{ id: string; items: readonly { state: string }[] }>('staking.startQueue', {
      plan: made,
      ...DIRECT,
    })
    expect(items.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    expect((await at.held(coldkey)).positions).toEqual([])
    await at.must('staking.dropQueue', { id })
    await at.refused('staking.dropQueue', { id }, 'stake/no-queue')
  })

  test('a purchase that is hidden by wish keeps its own outcome and the hash of its cover', async () => {
    const made = await plan([{ kind: 'add', netuid: TEXT, hotkey: text, amount: '1000000000' }])
    const { preparedId, shield } = await at.must<{ preparedId: string; shield: object }>('transaction.prepare', {
      plan: made,
      shield: 'on',
    })
    expect(shield).toMatchObject({ hidden: true, carrierFee: expect.stringMatching(/^[1-9]\d*$/) })
    const record = await at.must<Record<Outcome> & { txHash: string; carrierHash: string }>('transaction.send', {
      preparedId,
    })
    expect(record.outcome.stakeAdded?.taoRao).toBe('1000000000')
    expect(eventsOf(record.outcome)).toEqual([['added', TEXT]])
    expect(record.carrierHash).toMatch(/^0x[0-9a-f]{64}$/)
    expect(record.carrierHash).not.toBe(record.txHash)
    expect(await on(TEXT)).toHaveLength(1)
  })
})
