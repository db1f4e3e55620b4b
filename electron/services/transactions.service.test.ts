import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { rao, ss58 } from '../../shared/units/amounts.ts'
import { BOB, TWO } from '../../test/support/staking/moves-snapshot.ts'
import { playedChain, type World } from '../../test/support/staking/played-chain.ts'
import type { ConnectionState, SubmitEvent } from '../chain/chain.port.ts'
import type { KeysPort, WalletInfo } from '../keys/keys.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import { StorageFailure, type StoragePort } from '../storage/storage.port.ts'
import type { AccountPlans } from './account-plans.ts'
import type { NetworkService } from './network.service.ts'
import { StakeMovesService } from './stake-moves.service.ts'
import { TradePlans } from './trade-plans.ts'
import { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const add = { kind: 'add', netuid: TWO, hotkey: BOB, amount: rao(1_000_000_000n) } as const
const request = { moves: [add], tolerancePpm: 5_000 }
const outcome = { block: 101, blockHash: '0x', extrinsicIndex: 1 }

let folder = ''
let storage: StoragePort
let world: World
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-tx-'))
  storage = sqliteStorage(folder)
  world = {
    price: 50_000_000n,
    txFee: 1_600_000n,
    block: 100,
    address: ALICE,
    unlocked: true,
    events: [
      { stage: 'in-pool', txHash: '0xaa' },
      { stage: 'in-block', outcome },
      { stage: 'finalized', outcome },
    ],
    followEvents: [],
    followed: [],
    left: 0,
    genesis: '0x01',
    networkListeners: new Set(),
    tellNetwork() {
      for (const listener of this.networkListeners) listener()
    },
    submitted: 0,
    signed: 0,
    practice: true,
    refusal: undefined,
    states: new Set(),
  }
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

let planner: TradePlans
let moves: StakeMovesService
function service(): TransactionsService {
  const chain = playedChain(world)
  const keys: Partial<KeysPort> = {
    sign: async () => {
      world.signed += 1
      return world.unlocked ? ok(new Uint8Array(65)) : err({ code: 'keys/locked' })
    },
  }
  const wallets = { active: () => ({ name: 'w', address: world.address, unlocked: world.unlocked }) as WalletInfo }
  const network = {
    choice: () => ({ kind: 'practice' }),
    genesis: () => world.genesis,
    isPractice: () => world.practice,
    onChange: (listener: () => void) => {
      world.networkListeners.add(listener)
      return () => undefined
    },
  }
  let ids = 0
  moves = new StakeMovesService({
    chain,
    wallets: wallets as unknown as WalletService,
    recipients: { refusal: async () => world.refusal },
    markets: { history: () => ok({ samples: [] }) },
  })
  planner = new TradePlans({
    chain,
    wallets: wallets as unknown as WalletService,
    recipients: { refusal: async () => world.refusal },
    accounts: {} as AccountPlans,
    moves,
  })
  return new TransactionsService({
    chain,
    accounts: {} as AccountPlans,
    plans: planner,
    keys: keys as KeysPort,
    storage,
    clock: { nowMs: () => 1, after: () => () => undefined, every: () => () => undefined },
    random: { bytes: (n) => new Uint8Array(n), uuid: () => `id-${++ids}` },
    wallets: wallets as unknown as WalletService,
    network: network as unknown as NetworkService,
  })
}
const planned = async (): Promise<StakeMovesPlan> => {
  const plan = await moves.plan(request)
  if (!plan.ok) throw new Error(plan.error.code)
  return plan.value
}
const prepared = async (transactions: TransactionsService) => {
  const made = await transactions.prepare(await planned())
  if (!made.ok) throw new Error(made.error.code)
  return made.value.preparedId
}

describe('TransactionsService', () => {
  test('prepares, signs once (also when two ask at once), follows to finality and keeps the record', async () => {
    const transactions = service()
    const id = await prepared(transactions)
    const [sent, twin] = await Promise.all([transactions.send(id), transactions.send(id)])
    expect(sent).toMatchObject({ ok: true, value: { outcome, amount: 1_000_000_000n } })
    const [record, second] = transactions.records()
    expect(record).toMatchObject({ kind: 'stake-moves', netuid: TWO, hotkey: BOB, stage: 'finalized', txHash: '0xaa' })
    const refused = { error: { code: 'contract/bad-input' } }
    expect([twin, await transactions.send(id), second]).toMatchObject([refused, refused, undefined])
    expect(world).toMatchObject({ signed: 1, submitted: 1 })
  })

  test('a rise inside the band goes through, one above it does not', async () => {
    const transactions = service()
    const plan = await planned()
    world.price = 50_250_000n
    expect(await transactions.prepare(plan)).toMatchObject({ ok: true })
    world.price = 50_250_001n
    expect(await transactions.prepare(plan)).toMatchObject({
      ok: false,
      error: { code: 'stake/price-moved', price: 50_250_001n },
    })
  })

  test('a price that left the band while the confirm screen was open is not signed; back inside, it is', async () => {
    const transactions = service()
    const id = await prepared(transactions)
    world.price = 50_250_001n
    expect(await transactions.send(id)).toMatchObject({ error: { code: 'stake/price-moved', price: 50_250_001n } })
    expect(world).toMatchObject({ signed: 0, submitted: 0 })
    world.price = 50_250_000n
    expect(await transactions.send(id)).toMatchObject({ ok: true })
  })

  test('while the chain is in doubt nothing is prepared, and nothing that was prepared is signed', async () => {
    const transactions = service()
    const plan = await planned()
    const id = await prepared(transactions)
    world.trouble = { code: 'chain/head-too-old', endpoint: 'ws://node', ageMs: 200_000 }
    expect(await transactions.prepare(plan)).toMatchObject({ error: { code: 'chain/head-too-old' } })
    expect(await transactions.send(id)).toMatchObject({ error: { code: 'chain/head-too-old' } })
    expect(world).toMatchObject({ signed: 0, submitted: 0 })
    world.trouble = undefined
    expect(await transactions.send(id)).toMatchObject({ ok: true })
  })

  test.each([
    ['the price', { price: 25_000_000n, poolPrice: 50_000_000n }, 'stake/price-doubted'],
    ['the fee', { txFee: 160_000_000n }, 'chain/fee-doubted'],
  ] as const)(
    'where another source contradicts %s, nothing is prepared and nothing signed in silence',
    async (_what, lie, code) => {
      const transactions = service()
      const honest = await prepared(transactions)
      Object.assign(world, lie)
      expect(await transactions.send(honest)).toMatchObject({ error: { code } })
      const shown = await planned()
      expect(shown.doubts).toHaveLength(1)
      expect(await transactions.prepare(shown)).toMatchObject({ error: { code } })
      expect(world).toMatchObject({ signed: 0, submitted: 0 })
      // Said aloud, it goes on; but only with what was seen.
      const despite = { ...shown, request: { ...shown.request, despiteDoubts: true } }
      expect(await transactions.prepare({ ...despite, doubts: [] })).toMatchObject({ error: { code } })
      const agreed = await transactions.prepare(despite)
      if (!agreed.ok) throw new Error(agreed.error.code)
      expect(await transactions.send(agreed.value.preparedId)).toMatchObject({ ok: true })
      expect(world.signed).toBe(1)
    },
  )

  test('another account than the planned one is refused before anything is built', async () => {
    const transactions = service()
    const plan = await planned()
    world.address = BOB
    expect(await transactions.prepare(plan)).toMatchObject({ error: { code: 'keys/other-account', planned: ALICE } })
    world.address = ALICE
    const id = await prepared(transactions)
    world.address = BOB
    expect(await transactions.send(id)).toMatchObject({ error: { code: 'keys/other-account' } })
    expect(world).toMatchObject({ signed: 0, submitted: 0 })
  })

  test('a locked key keeps the preparation: after unlocking it can be sent', async () => {
    const transactions = service()
    const id = await prepared(transactions)
    world.unlocked = false
    expect(await transactions.send(id)).toMatchObject({ error: { code: 'keys/locked' } })
    expect(transactions.records()).toEqual([])
    world.unlocked = true
    expect(await transactions.send(id)).toMatchObject({ ok: true })
  })

  test('a confirm screen left open too long is not signed', async () => {
    const transactions = service()
    const id = await prepared(transactions)
    world.block = 121
    expect(await transactions.send(id)).toMatchObject({
      error: { code: 'stake/plan-too-old', atBlock: 100, nowBlock: 121 },
    })
    expect(world.signed).toBe(0)
  })

  test('what the chain refuses after inclusion is told and kept', async () => {
    const error = {
      code: 'chain/dispatch-failed',
      name: 'SubtensorModule.SlippageTooHigh',
      docs: '',
      block: 101,
    } as const
    world.events = [
      { stage: 'in-pool', txHash: '0xaa' },
      { stage: 'failed', error, outcome },
    ]
    const transactions = service()
    expect(await transactions.send(await prepared(transactions))).toEqual({ ok: false, error })
    expect(transactions.records()).toMatchObject([{ stage: 'failed', error, outcome: { block: 101 } }])
  })

  test('play money is final when finality has passed its block, and says nothing that it was not told', async () => {
    const transactions = service()
    await transactions.playMoney(rao(5n))
    const tell = (number: number, genesis = '0x01') => {
      for (const listener of [...world.states])
        listener({ state: 'ready', facts: { genesis }, finalized: { number } } as unknown as ConnectionState)
    }
    tell(6)
    expect(transactions.records()).toMatchObject([{ stage: 'in-block', outcome: { block: 7 } }])
    tell(7)
    expect(transactions.records()).toMatchObject([{ stage: 'finalized' }])
    expect(transactions.records()[0]?.outcome).toEqual({ block: 7 })
    expect(world.states.size).toBe(0)
    await transactions.playMoney(rao(5n))
    tell(99, '0x02')
    expect(transactions.records().filter((record) => record.stage === 'finalized')).toHaveLength(1)
    expect(world.states.size).toBe(0)
  })

  test('play money is for the practice network only', async () => {
    const transactions = service()
    expect(await transactions.playMoney(rao(5n))).toMatchObject({
      ok: true,
      value: { kind: 'play-money', outcome: { block: 7 } },
    })
    world.practice = false
    expect(await transactions.playMoney(rao(5n))).toMatchObject({ error: { code: 'practice/only-there' } })
  })
})

describe('after an earlier end', () => {
  const trace = { txHash: '0xaa', firstBlock: 90, lastBlock: 217 }
  const sendingThen = (...events: readonly SubmitEvent[]) => [{ stage: 'sending', trace } as const, ...events]

  test('what was sent is written with its trace before it leaves, and is followed by the next start', async () => {
    world.events = sendingThen({ stage: 'in-pool', txHash: '0xaa' })
    const transactions = service()
    void transactions.send(await prepared(transactions))
    await expect.poll(() => transactions.records()[0]?.stage).toBe('in-pool')
    world.followEvents = [
      { stage: 'in-block', outcome },
      { stage: 'finalized', outcome },
    ]
    const next = service()
    world.tellNetwork()
    await expect.poll(() => next.records()).toMatchObject([{ stage: 'finalized', outcome, kind: 'stake-moves' }])
    expect(world.followed).toEqual([trace])
    // Its end is known: no later connection asks again, nor does a second word of the same one.
    world.tellNetwork()
    service()
    world.tellNetwork()
    expect(world.followed).toHaveLength(1)
  })

  test('an open end stays open, and is looked for with every connection, once each', async () => {
    world.events = sendingThen({ stage: 'left' })
    const transactions = service()
    expect(await transactions.send(await prepared(transactions))).toEqual({
      ok: false,
      error: { code: 'chain/transaction-lost', txHash: '0xaa' },
    })
    expect(transactions.records()).toMatchObject([{ stage: 'signed', ...trace }])
    world.followEvents = [{ stage: 'left' }]
    world.tellNetwork()
    world.tellNetwork()
    await expect.poll(() => world.followed.length).toBe(1)
    world.genesis = undefined
    world.tellNetwork()
    world.genesis = '0x01'
    world.followEvents = [{ stage: 'failed', error: { code: 'chain/transaction-lost', txHash: '0xaa' } }]
    world.tellNetwork()
    await expect.poll(() => transactions.records()[0]).toMatchObject({ stage: 'failed' })
    expect(world.followed).toHaveLength(2)
  })

  test('what was hidden is looked for with its cover, so that a thrown-away one is told as paid', async () => {
    const hidden = { ...trace, carrierHash: '0xcc' }
    world.events = [{ stage: 'sending', trace: hidden }, { stage: 'left' }]
    const transactions = service()
    await transactions.send(await prepared(transactions))
    const error = { code: 'shield/dropped', carrierHash: '0xcc' } as const
    world.followEvents = [{ stage: 'failed', error }]
    const next = service()
    world.tellNetwork()
    await expect.poll(() => next.records()).toMatchObject([{ stage: 'failed', error, carrierHash: '0xcc' }])
    expect(world.followed).toEqual([hidden])
  })

  test('what a node says against it stands in its record until it is in a block', async () => {
    const error = { code: 'chain/pool-refused', reason: 'the pool dropped it' } as const
    world.events = sendingThen({ stage: 'doubted', error, untilBlock: 99 }, { stage: 'left' })
    const transactions = service()
    await transactions.send(await prepared(transactions))
    expect(transactions.records()).toMatchObject([{ stage: 'signed', doubt: { error, untilBlock: 99 } }])
    world.followEvents = [{ stage: 'finalized', outcome }]
    const next = service()
    world.tellNetwork()
    await expect.poll(() => next.records()).toMatchObject([{ stage: 'finalized' }])
    expect(next.records()[0]?.doubt).toBeUndefined()
  })

  test('another chain is not asked for it', async () => {
    world.events = sendingThen({ stage: 'left' })
    const transactions = service()
    await transactions.send(await prepared(transactions))
    world.genesis = '0x02'
    world.tellNetwork()
    expect(world.followed).toEqual([])
    expect(transactions.records()).toEqual([])
  })

  test('what is being sent is not followed a second time', async () => {
    world.events = sendingThen({ stage: 'in-pool', txHash: '0xaa' })
    const transactions = service()
    void transactions.send(await prepared(transactions))
    await expect.poll(() => transactions.records()[0]?.stage).toBe('in-pool')
    world.tellNetwork()
    expect(world.followed).toEqual([])
  })

  test('what was signed but never left is over', async () => {
    world.events = []
    const transactions = service()
    void transactions.send(await prepared(transactions))
    await expect.poll(() => transactions.records().length).toBe(1)
    const next = service()
    world.tellNetwork()
    expect(next.records()).toMatchObject([{ stage: 'failed', error: { code: 'contract/cancelled' } }])
    expect(world.followed).toEqual([])
  })

  test('a disk that does not take the trace keeps it from leaving', async () => {
    world.events = sendingThen({ stage: 'in-pool', txHash: '0xaa' })
    const transactions = service()
    const id = await prepared(transactions)
    const full = new StorageFailure('disk-full', folder, 'no space')
    let writes = 0
    const save = storage.saveTransaction
    storage.saveTransaction = (record) => {
      writes += 1
      if (writes === 2) throw full
      save(record)
    }
    await expect(transactions.send(id)).rejects.toBe(full)
    expect(world.left).toBe(0)
  })

  test('a disk that is full later does not turn what happened into a failure', async () => {
    world.events = sendingThen({ stage: 'in-pool', txHash: '0xaa' }, { stage: 'finalized', outcome })
    const transactions = service()
    const id = await prepared(transactions)
    let writes = 0
    const save = storage.saveTransaction
    storage.saveTransaction = (record) => {
      writes += 1
      if (writes > 2) throw new StorageFailure('disk-full', folder, 'no space')
      save(record)
    }
    expect(await transactions.send(id)).toMatchObject({ ok: true, value: { stage: 'finalized', outcome } })
    expect(transactions.records()).toMatchObject([{ stage: 'signed', ...trace }])
  })
})
