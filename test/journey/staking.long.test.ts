import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  sessionWith,
  validatorOf,
} from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'

// Every move of stake over the socket, as a terminal or a window asks for it: refusals first, then done, then looked up.

interface Position {
  readonly netuid: number
  readonly hotkey: string
  readonly alpha: string
  readonly valueAtSpot?: string
}
interface Plan {
  readonly carry: string
  readonly txFee: string
  readonly steps: readonly { readonly expected?: string; readonly worst?: string; readonly notes: readonly string[] }[]
  readonly skipped: readonly unknown[]
}
interface Moved {
  readonly event: string
  readonly netuid: number
  readonly tao: string
  readonly alpha: string
}

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const TOLERANCE = { tolerancePpm: 50_000 }
let host: RunningHost
let session: HostSession
let validator: string
let second: string

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '300'] })
  await taoforge(['network.status', '{}', '--data', host.data, '--network', 'practice'])
  session = await sessionWith(host)
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session)
  const validators = await session.must<readonly { hotkey: string }[]>('subnets.validators', { netuid: 1 })
  validator = validators[0]?.hotkey ?? ''
  second = validators[1]?.hotkey ?? ''
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
}, 60_000)

const plan = (moves: readonly object[], more: object = {}) =>
  session.must<Plan>('staking.planMoves', { ...TOLERANCE, moves, ...more })
const refused = async (name: string, input: object): Promise<unknown> => {
  const reply = await session.call(name, input)
  return reply.ok ? 'it was not refused' : (reply.error as { code: string }).code
}
const refusedPlan = (moves: readonly object[]) => refused('staking.planMoves', { ...TOLERANCE, moves })
/** Prepared, signed and sent; what the chain's events say. */
async function send(made: Plan): Promise<readonly Moved[]> {
  const { preparedId } = await session.must<{ preparedId: string }>('transaction.prepare', { plan: made })
  const record = await session.must<{ outcome: { moves?: readonly Moved[] } }>('transaction.send', { preparedId })
  return record.outcome.moves ?? []
}
const holds = async (): Promise<readonly Position[]> => {
  const { address } = await session.must<{ address: string }>('wallet.state', {}).catch(async () => {
    const state = await session.until<{ active?: { address: string } }>('wallet.state')
    return { address: state.active?.address ?? '' }
  })
  return (await session.must<{ positions: readonly Position[] }>('portfolio.get', { coldkey: address })).positions
}

describe('every move of stake', { timeout: 120_000 }, () => {
  test('what cannot be understood or done is refused, and nothing is sent', async () => {
    expect(await refused('staking.planMoves', { ...TOLERANCE, moves: [] })).toBe('contract/bad-input')
    expect(
      await refused('staking.planMoves', {
        tolerancePpm: 900_000,
        moves: [{ kind: 'remove-all', netuid: 1, hotkey: validator }],
      }),
    ).toBe('contract/bad-input')
    expect(await refusedPlan([{ kind: 'add', netuid: 1, hotkey: validator, amount: '1.5' }])).toBe('contract/bad-input')
    expect(await refusedPlan([{ kind: 'remove', netuid: 1, hotkey: validator, amount: 'max' }])).toBe(
      'stake/not-enough-alpha',
    )
    expect(await refusedPlan([{ kind: 'add', netuid: 1, hotkey: validator, amount: '100' }])).toBe('stake/too-small')
    expect(await refusedPlan([{ kind: 'add', netuid: 1, hotkey: BOB, amount: '1000000000' }])).toBe(
      'stake/unknown-hotkey',
    )
    expect(await refusedPlan([{ kind: 'add', netuid: 999, hotkey: validator, amount: '1000000000' }])).toBe(
      'stake/unknown-subnet',
    )
    expect(await refusedPlan([{ kind: 'add', netuid: 1, hotkey: validator, amount: '999000000000' }])).toBe(
      'stake/balance-too-low',
    )
    expect(await refused('staking.planExit', TOLERANCE)).toBe('stake/nothing-to-do')
    expect(await refused('staking.planRebalance', { ...TOLERANCE, freeCounted: '0', targets: [] })).toBe(
      'stake/nothing-to-do',
    )
    expect(await refused('staking.runQueue', { id: 'none' })).toBe('stake/no-queue')
    expect(await holds()).toEqual([])
  })

  test('add to several places at once', async () => {
    const made = await plan([
      { kind: 'add', netuid: 1, hotkey: validator, amount: '20000000000' },
      { kind: 'add', netuid: 4, hotkey: await validatorOf(session, 4), amount: { percent: 10 } },
      { kind: 'add', netuid: 0, hotkey: await validatorOf(session, 0), amount: '3000000000' },
    ])
    expect(made.carry).toBe('batch')
    const moved = await send(made)
    expect(moved.map(({ event, netuid }) => [event, netuid])).toEqual([
      ['added', 1],
      ['added', 4],
      ['added', 0],
    ])
    for (const [index, { alpha }] of moved.entries())
      expect(BigInt(alpha)).toBeGreaterThanOrEqual(BigInt(made.steps[index]?.worst ?? '0'))
  })

  test('remove a part by its worth, or up to a limit', async () => {
    const made = await plan([{ kind: 'remove', netuid: 1, hotkey: validator, amount: { worth: '1000000000' } }])
    const [moved] = await send(made)
    expect(moved).toMatchObject({ event: 'removed', netuid: 1 })
    expect(BigInt(moved?.tao ?? '0')).toBeGreaterThanOrEqual(BigInt(made.steps[0]?.worst ?? '0'))
    const { price } = await session
      .must<{ steps: readonly { priceFrom?: string }[] }>('staking.planMoves', {
        ...TOLERANCE,
        moves: [{ kind: 'remove', netuid: 1, hotkey: validator, amount: { percent: 1 } }],
      })
      .then(({ steps }) => ({ price: steps[0]?.priceFrom ?? '0' }))
    const tight = { kind: 'remove', netuid: 1, hotkey: validator, amount: { percent: 90 }, limitPrice: price }
    expect(await refusedPlan([tight])).toBe('stake/impact-too-large')
    expect((await plan([{ ...tight, allowPartial: true }])).steps[0]?.notes).toContain('partial')
  })

  test('to another validator, to another subnet, to both', async () => {
    const stay = { kind: 'move', netuid: 1, fromHotkey: validator, toHotkey: validator, amount: { percent: 10 } }
    expect(await refusedPlan([stay])).toBe('stake/same-place')
    const moved = await send(await plan([{ ...stay, toHotkey: second }]))
    expect(moved[0]?.alpha).toBe(moved[1]?.alpha)
    const swap = { kind: 'swap', hotkey: second, fromNetuid: 1, toNetuid: 4 }
    expect(await refusedPlan([{ ...swap, amount: { worth: '1500000' } }])).toBe('stake/second-leg-lost')
    const swapped = await send(await plan([{ ...swap, amount: { percent: 50 } }]))
    expect(swapped.map(({ event, netuid }) => [event, netuid])).toEqual([
      ['removed', 1],
      ['added', 4],
    ])
    const both = await send(
      await plan([
        { kind: 'move', netuid: 1, fromHotkey: validator, toHotkey: second, amount: '3000000000' },
        { ...swap, amount: '3000000000' },
      ]),
    )
    expect(both).toHaveLength(4)
  })

  test('to another coldkey: an imitation is stopped as when sending, a good address gets it', async () => {
    const give = { kind: 'transfer', netuid: 1, hotkey: validator, amount: { worth: '1000000000' } }
    await session.must('addresses.add', { address: BOB, name: 'Exchange' })
    const imitation = '5FHneW46xGXgscmpiWnnrv8BMtyLjbgiq6sBomZrqJfpD1sH'
    expect(await refusedPlan([{ ...give, to: imitation }])).toBe('address/look-alike')
    const moved = await send(await plan([{ ...give, to: BOB }]))
    expect(moved.map(({ event }) => event)).toEqual(['removed', 'added'])
  })

  test('rebalance, then exit one after the other as a list', async () => {
    const positions = await holds()
    const targets = [
      { netuid: 1, hotkey: validator, ppm: 700_000 },
      { netuid: 0, hotkey: await validatorOf(session, 0), ppm: 300_000 },
    ]
    const made = await session.must<Plan>('staking.planRebalance', { ...TOLERANCE, freeCounted: '0', targets })
    await send(made)
    expect(positions.length).toBeGreaterThan(3)
    const exit = await session.must<Plan>('staking.planExit', { ...TOLERANCE, oneByOne: true })
    expect(exit.carry).toBe('queue')
    expect(await refused('transaction.prepare', { plan: exit })).toBe('contract/bad-input')
    await session.must('wallet.lock', {})
    expect(await refused('staking.startQueue', { plan: exit, via: { kind: 'direct' } })).toBe('keys/locked')
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    const queue = await session.must<{ items: readonly { state: string }[] }>('staking.startQueue', {
      plan: exit,
      via: { kind: 'direct' },
    })
    expect(queue.items.map(({ state }) => state)).toEqual(exit.steps.map(() => 'done'))
    expect(await holds()).toEqual([])
  })
})
