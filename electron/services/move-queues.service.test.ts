import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { err, ok } from '../../shared/result.ts'
import type { PlanDoubt, StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { netuid, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { AccountPlans } from './account-plans.ts'
import { MoveQueuesService } from './move-queues.service.ts'
import type { NetworkService } from './network.service.ts'
import type { StakeMovesService } from './stake-moves.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')

/** The list of moves and the disk are real; chain and keys are played. */
let folder: string
let storage: StoragePort
let world: {
  address: typeof ALICE
  unlocked: boolean
  /** What the next sends answer; none: it goes well. */
  refusals: (AppError | undefined)[]
  sent: string[]
  acted: number
  asked: unknown[]
  /** What is kept of the first that is sent. */
  recordOfSent?: Partial<TransactionRecord>
  dies: boolean
  /** What contradicts a move when its turn comes. */
  doubts: readonly PlanDoubt[]
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-queues-'))
  storage = sqliteStorage(folder)
  world = {
    address: ALICE,
    unlocked: true,
    refusals: [],
    sent: [],
    acted: 0,
    asked: [],
    dies: false,
    doubts: [],
  }
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const doubt: PlanDoubt = {
  kind: 'price',
  netuid: netuid(1),
  source: 'reserves',
  stated: raoPerAlpha(3n),
  compared: raoPerAlpha(1n),
}
const PRICE_DOUBTED = {
  code: 'stake/price-doubted',
  netuid: doubt.netuid,
  stated: doubt.stated,
  compared: doubt.compared,
}
const plan = (
  purpose: string,
  coldkey = ALICE,
  { doubts = [], despiteDoubts = false }: { doubts?: readonly PlanDoubt[]; despiteDoubts?: boolean } = {},
) =>
  ({
    coldkey,
    request: { purpose, tolerancePpm: 5_000, moves: [], despiteDoubts },
    doubts,
    steps: [1, 2, 3].map((id) => ({
      move: { kind: 'remove-all', netuid: netuid(id), hotkey: BOB },
      limitPrice: raoPerAlpha(BigInt(id)),
    })),
  }) as unknown as StakeMovesPlan

/** As the service of transactions keeps it. */
const keep = (facts: Partial<TransactionRecord>) =>
  storage.saveTransaction({
    id: 'of-a-move',
    genesis: '0x01',
    kind: 'stake-moves',
    signer: ALICE,
    stage: 'signed',
    startedAtMs: 1,
    ...facts,
  })

function service(): MoveQueuesService {
  let ids = 0
  const moves = {
    plan: async (ask: unknown) => {
      world.asked.push(ask)
      return ok({ intent: {}, doubts: world.doubts } as unknown as StakeMovesPlan)
    },
  }
  const transactions = {
    prepare: async () => ok({ preparedId: `p-${world.sent.length}-${++ids}` }),
    send: async (preparedId: string) => {
      world.sent.push(preparedId)
      if (world.recordOfSent && world.sent.length === 1) keep({ preparedId, ...world.recordOfSent })
      if (world.dies) throw new Error('the program ended')
      const refusal = world.refusals.shift()
      return refusal ? err(refusal) : ok({} as TransactionRecord)
    },
  }
  return new MoveQueuesService({
    storage,
    clock: { nowMs: () => 1, after: () => () => undefined, every: () => () => undefined },
    random: { bytes: (n) => new Uint8Array(n), uuid: () => `q-${++ids}` },
    wallets: {
      active: () => ({ name: 'w', address: world.address, unlocked: world.unlocked }),
    } as unknown as WalletService,
    network: { genesis: () => '0x01', onChange: () => () => undefined } as unknown as NetworkService,
    moves: moves as unknown as StakeMovesService,
    accounts: {
      // As the service of other accounts: it looks for contradictions by itself.
      plan: async ({ despiteDoubts }: { despiteDoubts?: boolean }) => {
        world.acted += 1
        return world.doubts.length > 0 && !despiteDoubts
          ? err({ ...PRICE_DOUBTED, source: 'reserves' } as const)
          : ok({})
      },
    } as unknown as AccountPlans,
    transactions: transactions as never,
  })
}
const states = () =>
  service()
    .queues()[0]
    ?.items.map(({ state }) => state)

describe('a list of moves', () => {
  test('is refused while locked, and in the name of somebody else without saying how', async () => {
    world.unlocked = false
    expect(await service().start(plan('exit'), { kind: 'direct' })).toMatchObject({ error: { code: 'keys/locked' } })
    world.unlocked = true
    const other = await service().start(plan('exit', BOB), { kind: 'direct' })
    expect(other).toMatchObject({ error: { code: 'keys/other-account' } })
    expect(await service().run('nothing')).toMatchObject({ error: { code: 'stake/no-queue' } })
    expect(world.sent).toEqual([])
  })

  test('signs each by itself, with the limits that were agreed to', async () => {
    expect(await service().start(plan('exit'), { kind: 'direct' })).toMatchObject({ ok: true })
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(world.asked).toMatchObject(
      [1n, 2n, 3n].map((limitPrice) => ({ moves: [{ kind: 'remove-all', limitPrice }] })),
    )
  })

  test('as a proxy, each goes through the account that is acted for', async () => {
    await service().start(plan('exit', BOB), { kind: 'proxy', real: BOB })
    expect(world.acted).toBe(3)
    expect(world.asked).toMatchObject([{ account: BOB }, { account: BOB }, { account: BOB }])
  })

  test('as a proxy, a contradiction that was seen does not stop it, one that was not does', async () => {
    const via = { kind: 'proxy', real: BOB } as const
    world.doubts = [doubt]
    await service().start(plan('exit', BOB, { doubts: [doubt], despiteDoubts: true }), via)
    expect(states()).toEqual(['done', 'done', 'done'])
    service().drop(service().queues()[0]?.id ?? '')
    await service().start(plan('exit', BOB), via)
    expect(states()).toEqual(['waiting', 'waiting', 'waiting'])
  })

  test('stops between two moves at a limit of the wallet, and goes on from there', async () => {
    world.refusals = [undefined, { code: 'policy/waiting', readyAtMs: 5 }]
    const begun = await service().start(plan('rebalance'), { kind: 'direct' })
    expect(begun).toMatchObject({ ok: true, value: { items: [{}, { error: { code: 'policy/waiting' } }, {}] } })
    expect(states()).toEqual(['done', 'waiting', 'waiting'])
    const id = service().queues()[0]?.id ?? ''
    expect(await service().run(id)).toMatchObject({ ok: true })
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(world.sent).toHaveLength(4)
  })

  test('is stopped by a person behind the move that is on its way, and goes on from there', async () => {
    const queues = service()
    const seen: string[] = []
    queues.onChange(() => {
      const [queue] = queues.queues()
      if (queue) seen.push(queue.now)
      if (queue?.items[0]?.state === 'sending' && queue.now === 'running') expect(queues.stop(queue.id)).toBe(true)
    })
    expect(await queues.start(plan('exit'), { kind: 'direct' })).toMatchObject({ ok: true })
    expect(states()).toEqual(['done', 'waiting', 'waiting'])
    expect(new Set(seen)).toEqual(new Set(['resting', 'running', 'stopping']))
    const id = queues.queues()[0]?.id ?? ''
    expect(queues.queues()[0]?.now).toBe('resting')
    expect(queues.stop(id)).toBe(false)
    expect(await queues.run(id)).toMatchObject({ ok: true })
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(world.sent).toHaveLength(3)
  })

  test('a refusal of the chain ends one move: leaving goes on, moves that build on it do not', async () => {
    const refusal: AppError = {
      code: 'chain/dispatch-failed',
      name: 'SubtensorModule.SlippageTooHigh',
      docs: '',
      block: 1,
    }
    world.refusals = [refusal]
    await service().start(plan('exit'), { kind: 'direct' })
    expect(states()).toEqual(['failed', 'done', 'done'])
    service().drop(service().queues()[0]?.id ?? '')
    world.refusals = [refusal]
    await service().start(plan('rebalance'), { kind: 'direct' })
    expect(states()).toEqual(['failed', 'waiting', 'waiting'])
    // Nor when somebody says "go on": a purchase would spend TAO that the sale before it has not brought.
    const sends = world.sent.length
    expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: true })
    expect(states()).toEqual(['failed', 'waiting', 'waiting'])
    expect(world.sent).toHaveLength(sends)
  })

  test.each([
    ['rebalance', ['failed', 'waiting', 'waiting']],
    ['exit', ['failed', 'done', 'done']],
  ] as const)(
    'one that was in a block, which another one replaced, was not done after all: %s',
    async (purpose, end) => {
      const error: AppError = { code: 'stake/no-liquidity', netuid: netuid(1) }
      world.refusals = [undefined, { code: 'policy/waiting', readyAtMs: 5 }]
      world.recordOfSent = { stage: 'in-block' }
      await service().start(plan(purpose), { kind: 'direct' })
      expect(states()).toEqual(['done', 'waiting', 'waiting'])
      keep({ preparedId: world.sent[0], stage: 'failed', error })
      expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: true })
      expect(states()).toEqual(end)
    },
  )

  test.each([
    ['it is in a block', 'in-block', 'done', 3],
    ['it never left', undefined, 'done', 4],
    ['it failed', 'failed', 'failed', 3],
  ] as const)('after a crash while one was sent, and %s: nothing is sent twice', async (_case, stage, first, sends) => {
    world.dies = true
    await expect(service().start(plan('exit'), { kind: 'direct' })).rejects.toThrow('the program ended')
    expect(states()).toEqual(['sending', 'waiting', 'waiting'])
    world.dies = false
    const error: AppError = { code: 'stake/no-liquidity', netuid: netuid(1) }
    if (stage) keep({ preparedId: world.sent[0], stage, ...(stage === 'failed' ? { error } : {}) })
    expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: true })
    expect(states()).toEqual([first, 'done', 'done'])
    expect(world.sent).toHaveLength(sends)
  })

  test('after a crash, and as many transactions later as no list shows any more: nothing is sent twice', async () => {
    world.dies = true
    world.recordOfSent = { stage: 'finalized', txHash: '0x07' }
    await expect(service().start(plan('exit'), { kind: 'direct' })).rejects.toThrow('the program ended')
    world.dies = false
    for (let later = 0; later < 250; later++)
      keep({ id: `later-${later}`, preparedId: `of-another-${later}`, startedAtMs: 2 + later })
    expect(storage.transactions('0x01', 200)).not.toContainEqual(expect.objectContaining({ txHash: '0x07' }))
    expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: true })
    expect(states()).toEqual(['done', 'done', 'done'])
    expect(world.sent).toHaveLength(3)
  })

  test.each([
    ['is still on its way', 'in-pool', 'sending', 1],
    ['was not in any block of its life', 'failed', 'failed', 3],
  ] as const)('one that went out of sight and %s', async (_case, stage, first, sends) => {
    const lost: AppError = { code: 'chain/transaction-lost', txHash: '0x07' }
    world.refusals = [lost]
    world.recordOfSent = { stage, txHash: '0x07', ...(stage === 'failed' ? { error: lost } : {}) }
    const begun = await service().start(plan('exit'), { kind: 'direct' })
    expect(begun).toMatchObject({ ok: true })
    expect(states()?.[0]).toBe(first)
    if (stage !== 'failed')
      expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: false, error: lost })
    expect(world.sent).toHaveLength(sends)
  })

  test('is not begun while two sources disagree unheard, and stops at a contradiction that nobody saw', async () => {
    const code = 'stake/price-doubted'
    const unheard = await service().start(plan('exit', ALICE, { doubts: [doubt] }), { kind: 'direct' })
    expect(unheard).toMatchObject({ error: { code } })
    expect(service().queues()).toEqual([])
    world.doubts = [{ ...doubt, source: 'recorded' }]
    const begun = await service().start(plan('exit', ALICE, { doubts: [doubt], despiteDoubts: true }), {
      kind: 'direct',
    })
    expect(begun).toMatchObject({ ok: true, value: { items: [{ error: { code, source: 'recorded' } }, {}, {}] } })
    expect(states()).toEqual(['waiting', 'waiting', 'waiting'])
    expect(world.sent).toEqual([])
    world.doubts = [doubt]
    expect(await service().run(service().queues()[0]?.id ?? '')).toMatchObject({ ok: true })
    expect(world.asked.at(-1)).toMatchObject({ despiteDoubts: true })
    expect(states()).toEqual(['done', 'done', 'done'])
  })

  test('is put away when a person says so', async () => {
    await service().start(plan('exit'), { kind: 'direct' })
    const id = service().queues()[0]?.id ?? ''
    expect(service().drop(id)).toBe(true)
    expect(service().drop(id)).toBe(false)
    expect(service().queues()).toEqual([])
  })
})
