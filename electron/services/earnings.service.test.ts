import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { redOf } from '../../shared/earnings/epoch-row.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { BOB, OneSubnet, TWO } from '../../test/support/one-subnet.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { EarningsService } from './earnings.service.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')

let folder = ''
let storage: StoragePort
let chain: OneSubnet
const walletOf = (address: typeof ALICE) => ({ address, hotkeys: [{ name: 'm', address: BOB, encrypted: false }] })
let wallets = [walletOf(ALICE)]
const start = () =>
  new EarningsService({
    chain: chain.port(),
    storage,
    clock: { nowMs: () => 1, after: () => () => undefined, every: () => () => undefined },
    log: { log: () => undefined },
    wallets: {
      active: () => wallets[0],
      state: () => ({ wallets }),
      onChange: () => () => undefined,
    } as unknown as WalletService,
    network: { genesis: () => '0x01' } as unknown as NetworkService,
  })
const rows = () => storage.epochRows('0x01', ALICE, 100)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-earn-'))
  storage = sqliteStorage(folder)
  chain = new OneSubnet()
  wallets = [walletOf(ALICE)]
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('EarningsService', () => {
  test('books the wallets that are not looked at as well', async () => {
    wallets = [walletOf(ALICE), walletOf(BOB)]
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    await chain.reach(21)
    for (const coldkey of [ALICE, BOB])
      expect(storage.epochRows('0x01', coldkey, 9)).toMatchObject([{ coldkey, epochBlock: 20, earned: 8n }])
    expect(storage.ledgerPage('0x01', { kind: 'reward', order: 'oldest', limit: 9 })).toHaveLength(2)
  })

  test('the first alpha of a new miner is earned, though there was no position before', async () => {
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    await chain.reach(19)
    await chain.reach(21)
    expect(rows()).toMatchObject([
      { epochBlock: 20, stakeBefore: 0n, stakeAfter: 8n, earned: 8n, earnedTao: 4n, source: 'mined', uid: 3 },
    ])
  })

  test('asks of a subnet of others once, and again when somebody got a place', async () => {
    chain.ours = []
    start()
    await chain.reach(10)
    for (const block of [21, 41, 61]) await chain.reach(block)
    expect([chain.asks, rows()]).toEqual([1, []])
    // A registration is among the events: the place is ours now, and its first epoch pays.
    chain.placesChanged = true
    chain.ours = [TWO]
    chain.earn(80, 8n)
    await chain.reach(81)
    expect(chain.asks).toBe(2)
    expect(rows()).toMatchObject([{ epochBlock: 80, earned: 8n, source: 'mined' }])
  })

  test('own moves are no earnings, before the epoch and after it in the same look', async () => {
    start()
    await chain.reach(10)
    chain.stake.set(15, 100n)
    chain.flows.push({ block: 15, netuid: TWO, hotkey: BOB, alpha: 100n })
    await chain.reach(15)
    chain.earn(20, 7n)
    chain.stake.set(22, 57n)
    chain.flows.push({ block: 22, netuid: TWO, hotkey: BOB, alpha: -50n })
    await chain.reach(23)
    chain.earn(40, 3n)
    await chain.reach(41)
    expect(rows()).toMatchObject([
      { epochBlock: 40, stakeBefore: 107n, flows: -50n, earned: 3n },
      { epochBlock: 20, stakeBefore: 0n, flows: 100n, earned: 7n },
    ])
  })

  test('what was held at first sight is not earned', async () => {
    chain.stake.set(1, 1_000n)
    start()
    await chain.reach(10)
    chain.earn(20, 1n)
    await chain.reach(21)
    expect(rows()).toMatchObject([{ stakeBefore: 1_000n, earned: 1n }])
  })

  test('a restart books nothing twice and loses nothing', async () => {
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    await chain.reach(21)
    chain.heads.clear()
    start()
    await chain.reach(22)
    chain.earn(40, 5n)
    await chain.reach(43)
    expect(rows().map((row) => row.earned)).toEqual([5n, 8n])
  })

  test('a gap longer than nodes remember invents no row; counting begins with the oldest block that they do', async () => {
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    chain.keptFrom = 640
    await chain.reach(900)
    expect(rows().filter(({ earned }) => earned !== 0n)).toEqual([])
    expect(rows()).toMatchObject([{ epochBlock: 900, stakeBefore: 8n }])
    chain.earn(920, 1n)
    await chain.reach(921)
    expect(rows()[0]).toMatchObject({ epochBlock: 920, earned: 1n })
  })

  test('two epochs in one look are two rows, each with what it paid', async () => {
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    chain.earn(40, 5n)
    await chain.reach(45)
    expect(rows()).toMatchObject([
      { epochBlock: 40, stakeBefore: 8n, earned: 5n, parts: { fromBlock: 20, mined: 5n, unexplained: 0n } },
      { epochBlock: 20, stakeBefore: 0n, earned: 8n, parts: { fromBlock: 10, mined: 8n, unexplained: 0n } },
    ])
  })

  test('a move that no event tells, or an incentive that did not arrive, is missing in its row to the unit', async () => {
    start()
    await chain.reach(10)
    chain.stake.set(15, 100n)
    chain.earn(20, 8n)
    await chain.reach(21)
    chain.heads.clear()
    start()
    chain.incentive.set(40, 9n)
    await chain.reach(41)
    expect(rows()).toMatchObject([
      { epochBlock: 40, earned: 9n, parts: { mined: 9n, unexplained: -9n } },
      { epochBlock: 20, earned: 8n, parts: { mined: 8n, unexplained: 100n } },
    ])
    expect(rows().map(redOf)).toEqual([-9n, 100n])
    // The ledger ends at the stake that the chain has.
    const lines = storage.ledgerPage('0x01', { order: 'oldest', limit: 9 })
    expect(lines.map(({ alpha: one }) => one)).toEqual([108n])
  })

  test('a failed read moves nothing on', async () => {
    start()
    await chain.reach(10)
    chain.broken = true
    chain.earn(20, 8n)
    await chain.reach(21)
    chain.broken = false
    await chain.reach(22)
    expect(rows()).toMatchObject([{ epochBlock: 20, earned: 8n }])
  })

  test('an epoch that says so by no event is found by the one after it, also of several in one look', async () => {
    chain.stake.set(1, 100n)
    chain.place = { ...chain.place, takesOwnerCut: true, ownsSubnet: true }
    start()
    await chain.reach(10)
    for (const block of [20, 40, 60]) {
      chain.stake.set(block, chain.stakeAt(block) + 5n)
      chain.silent.push(block)
    }
    await chain.reach(65)
    expect(rows()).toMatchObject(
      [60, 40, 20].map((epochBlock) => ({ epochBlock, earned: 5n, parts: { ownerCut: 5n, unexplained: 0n } })),
    )
  })

  test('a subnet that is removed ends with a row that says what went', async () => {
    chain.stake.set(1, 100n)
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    chain.stake.set(25, 0n)
    chain.removedAt = 25
    await chain.reach(30)
    expect(rows()).toMatchObject([
      {
        epochBlock: 25,
        stakeBefore: 108n,
        stakeAfter: 0n,
        earned: 0n,
        parts: { unexplained: -108n, cause: 'subnet-removed' },
      },
      { epochBlock: 20, earned: 8n },
    ])
  })

  test('stake on root has a row where something came without a move: the take of an epoch, and a claim', async () => {
    chain.rootStake.set(1, 1_000n)
    start()
    await chain.reach(10)
    chain.earn(20, 8n)
    chain.rootStake.set(20, 1_003n)
    await chain.reach(21)
    chain.rootStake.set(27, 1_050n)
    chain.claimedAt = 27
    chain.earn(40, 8n)
    await chain.reach(41)
    expect(rows().filter((row) => row.netuid === 0)).toMatchObject([
      { epochBlock: 27, stakeBefore: 1_003n, earned: 47n, parts: { staked: 47n, unexplained: 0n } },
      { epochBlock: 20, stakeBefore: 1_000n, earned: 3n, parts: { validated: 3n, unexplained: 0n } },
    ])
  })

  test('however far behind, what the node still has is booked in steps and leaves no gap', async () => {
    start()
    await chain.reach(10)
    for (let block = 20; block <= 1_200; block += 20) chain.earn(block, 8n)
    await chain.reach(1_201)
    await expect.poll(() => storage.bookedThrough('0x01', ALICE)).toBe(1_201)
    expect(storage.earningsGaps('0x01', ALICE)).toEqual([])
    expect(storage.epochRows('0x01', ALICE, 100)).toHaveLength(60)
    expect(rows().every((row) => row.parts?.mined === 8n && redOf(row) === 0n)).toBe(true)
  })

  test('what was booked stays where a read fails on the way: it goes on from there', async () => {
    start()
    await chain.reach(10)
    for (const block of [20, 40, 60, 80]) chain.earn(block, 8n)
    chain.failsFrom = 50
    await chain.reach(90)
    await expect.poll(() => storage.bookedThrough('0x01', ALICE)).toBe(46)
    expect(rows().map(({ epochBlock }) => epochBlock)).toEqual([40, 20])
    chain.failsFrom = undefined
    await chain.reach(91)
    await expect.poll(() => storage.bookedThrough('0x01', ALICE)).toBe(91)
    expect(rows().map(({ epochBlock }) => epochBlock)).toEqual([80, 60, 40, 20])
  })

  test('a gap is kept with where the positions stood, also where the stake did not change', async () => {
    chain.stake.set(1, 100n)
    start()
    await chain.reach(10)
    chain.flows.push({ block: 12, netuid: TWO, hotkey: BOB, alpha: 3n })
    chain.stake.set(12, 103n)
    await chain.reach(15)
    chain.flows.length = 0
    chain.keptFrom = 640
    await chain.reach(900)
    const gaps = storage.earningsGaps('0x01', ALICE)
    expect(gaps).toMatchObject([{ fromBlock: 15, throughBlock: 650, marks: [{ block: 10, alpha: 100n, flows: 3n }] }])
  })

  test('a node that is behind is asked again; one that has forgotten leaves a gap', async () => {
    start()
    await chain.reach(10)
    chain.forgets = 2
    chain.earn(20, 8n)
    for (const block of [21, 22, 23]) await chain.reach(block)
    expect(rows()).toMatchObject([{ epochBlock: 20, earned: 8n, via: 'events' }])
    expect(storage.earningsGaps('0x01', ALICE)).toEqual([])
    chain.forgets = 3
    for (const block of [31, 32, 33]) await chain.reach(block)
    expect(storage.earningsGaps('0x01', ALICE)).toMatchObject([{ fromBlock: 23, throughBlock: 33 }])
  })

  test('two that book at once, as around a restart, do not mix what they read', async () => {
    start()
    await chain.reach(10)
    chain.stake.set(15, 100n)
    chain.flows.push({ block: 15, netuid: TWO, hotkey: BOB, alpha: 100n })
    chain.slowMs = 40
    const first = chain.reach(16)
    chain.slowMs = 0
    start()
    await chain.reach(19)
    await first
    await new Promise((resolve) => setTimeout(resolve, 60))
    chain.earn(20, 8n)
    await chain.reach(21)
    expect(rows()).toMatchObject([{ epochBlock: 20, flows: 100n, earned: 8n, parts: { unexplained: 0n } }])
  })
})
