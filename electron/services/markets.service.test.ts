import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import type { Head } from '../../shared/network/network.ts'
import { err, ok } from '../../shared/result.ts'
import { type MarketPoint, type MarketSample, RECORD_EVERY_BLOCKS } from '../../shared/subnets/market.ts'
import type { SubnetsSnapshot } from '../../shared/subnets/subnet.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import { StorageFailure, type StoragePort } from '../storage/storage.port.ts'
import { ArchiveNode, type ArchiveSource } from './archive-node.ts'
import { MarketsService, missingBlocks } from './markets.service.ts'
import type { NetworkService } from './network.service.ts'

const GENESIS = `0x${'2f'.repeat(32)}`
const HOUR = 3_600_000
const APEX = netuid(1)
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')

let folder: string
let storage: StoragePort
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-market-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true })
})

const point = (price: bigint): MarketPoint => ({
  netuid: APEX,
  price: raoPerAlpha(price),
  taoReserve: rao(1n),
  alphaReserve: alpha(2n),
  alphaOutside: alpha(3n),
  volume: price * 10n,
})
const sampleAt = (block: number): MarketSample => {
  const { netuid: _of, ...state } = point(BigInt(block))
  return { block, atMs: block, ...state }
}

/** A chain that answers by its height, and counts how often it was asked. */
class Played {
  genesis: string | undefined = GENESIS
  best = 0
  nowMs = 100 * HOUR
  asked = 0
  refusal: AppError | undefined
  /** Blocks below are forgotten. */
  keeps = 0
  pastAsked: number[] = []
  readonly #heads = new Set<(head: Head) => void>()
  readonly #changes = new Set<() => void>()

  readonly chain = {
    state: () => ({ state: 'ready', best: { number: this.best }, facts: {} }),
    onHead: (listener: (head: Head) => void) => {
      this.#heads.add(listener)
      return () => this.#heads.delete(listener)
    },
    market: async () => {
      this.asked += 1
      if (this.refusal) return err(this.refusal)
      return ok({ block: this.best, points: [point(BigInt(this.best))] })
    },
    marketPast: async (_netuid: number, blocks: readonly number[], onSample: (sample: MarketSample) => void) => {
      for (const block of blocks) {
        this.pastAsked.push(block)
        if (block < this.keeps) return err({ code: 'chain/unsupported', missing: [`state of block ${block}`] })
        onSample(sampleAt(block))
      }
      return ok(null)
    },
    epochFacts: async () => ok([{ netuid: APEX, tempo: 360, lastEpochBlock: this.lastEpoch }]),
    validatorTable: async () => ok(this.table()),
    connect: async ({ endpoint }: { endpoint: string }) => {
      this.connections.push(endpoint)
      return ok(null)
    },
    disconnect: async () => void this.connections.push('closed'),
  } as unknown as ArchiveSource

  lastEpoch = 0
  tables = 0
  readonly connections: string[] = []
  private table() {
    this.tables += 1
    const row = { hotkey: HOT, ownerColdkey: HOT, uid: 0, stake: alpha(1n), rootWeight: rao(0n), totalStake: alpha(1n) }
    const epoch = { dividends: alpha(1_000_000n), stakeLastEpoch: alpha(10_000_000_000n), dividendsShare: 1 }
    return {
      netuid: APEX,
      block: this.best,
      tempo: 360,
      lastEpoch: this.lastEpoch,
      rows: [{ ...row, ...epoch, lastUpdate: 1, registeredAt: 1 }],
    }
  }

  readonly service = (archive = this.chain) =>
    new MarketsService({
      chain: this.chain,
      archiveNode: new ArchiveNode(archive),
      wallets: { state: () => ({ wallets: [] }) },
      storage,
      clock: { nowMs: () => this.nowMs, after: () => () => undefined, every: () => () => undefined },
      log: { log: () => undefined },
      network: {
        genesis: () => this.genesis,
        onChange: (listener: () => void) => this.#changes.add(listener),
      } as unknown as NetworkService,
    })

  /** As {@link head}, ten blocks after the connection: before, the recorder asks nothing. */
  async settled(block: number): Promise<void> {
    await this.head(block - 10)
    await this.head(block)
  }
  async head(block: number): Promise<void> {
    this.best = block
    for (const listener of this.#heads) listener({ number: block, hash: '0x', seenAtMs: this.nowMs })
    // The recorder's answer takes a few turns.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  change(genesis: string | undefined): void {
    this.genesis = genesis
    for (const listener of this.#changes) listener()
  }
}

const recorded = (genesis = GENESIS) => storage.marketSamples(genesis, APEX, 0).map(({ block }) => block)

describe('the recorder', () => {
  test('reads one look per span, however many heads come', async () => {
    const played = new Played()
    played.service()
    for (let block = 90; block < 100 + 2 * RECORD_EVERY_BLOCKS; block += 1) await played.head(block)
    expect(recorded()).toEqual([100, 100 + RECORD_EVERY_BLOCKS])
    expect(played.asked).toBe(2)
  })

  test('takes what somebody watches anyway, and asks nothing', async () => {
    const played = new Played()
    const service = played.service()
    service.saw({ block: 99, subnets: [point(7n)] } as unknown as SubnetsSnapshot)
    await played.head(100)
    expect(recorded()).toEqual([99])
    expect(played.asked).toBe(0)
    // What was seen is old by then.
    await played.head(99 + RECORD_EVERY_BLOCKS)
    expect(played.asked).toBe(1)
  })

  test('goes on after a restart where it stopped', async () => {
    const first = new Played()
    first.service()
    await first.settled(100)
    const second = new Played()
    second.service()
    await second.settled(111)
    expect(recorded()).toEqual([100])
  })

  test('waits after a refusal instead of asking at each block', async () => {
    const played = new Played()
    played.service()
    played.refusal = { code: 'chain/not-connected' }
    for (let block = 90; block < 110; block += 1) await played.head(block)
    expect(played.asked).toBe(1)
    played.refusal = undefined
    await played.head(110)
    expect(recorded()).toEqual([110])
  })

  test('writes nothing for a chain that was left while it answered', async () => {
    const played = new Played()
    played.service()
    await played.head(90)
    const head = played.head(100)
    played.genesis = '0x03'
    await head
    expect([recorded(), recorded('0x03')]).toEqual([[], []])
  })

  test('forgets what came later when a chain begins again, but not for a short fork', async () => {
    const played = new Played()
    played.service()
    for (const block of [90, 100, 200]) await played.head(block)
    await played.head(195)
    expect(recorded()).toEqual([100, 200])
    await played.head(120)
    expect(recorded()).toEqual([100, 120])
  })

  test('lives on with a full disk, and records again when there is room', async () => {
    const { recordMarket } = storage
    let full = true
    storage.recordMarket = (...look) => {
      if (full) throw new StorageFailure('disk-full', '/d', 'full')
      recordMarket(...look)
    }
    const played = new Played()
    played.service()
    await played.settled(100)
    full = false
    await played.head(101)
    expect(recorded()).toEqual([])
    await played.head(110)
    expect(recorded()).toEqual([110])
  })
})

describe('changes', () => {
  test('are unknown before there are two looks', async () => {
    const played = new Played()
    const service = played.service()
    expect(service.changes()).toEqual(ok({ points: [] }))
    await played.settled(100)
    expect(service.changes()).toEqual(ok({ points: [] }))
  })

  test('are told against the look nearest to a day ago, with its time', async () => {
    const played = new Played()
    const service = played.service()
    await played.settled(100)
    played.nowMs += HOUR
    await played.head(400)
    expect(service.changes()).toMatchObject({ value: { since: { block: 100, atMs: 100 * HOUR } } })
    played.nowMs += 24 * HOUR
    await played.head(7_600)
    expect(service.changes()).toEqual(
      ok({ since: { block: 400, atMs: 101 * HOUR }, points: [{ netuid: 1, price: 400n, volume: 4_000n }] }),
    )
  })
})

describe('the past', () => {
  test('is asked for where nothing is recorded, newest first, and kept', async () => {
    const played = new Played()
    const service = played.service()
    await played.settled(1_000)
    storage.recordMarket(GENESIS, { block: 800, atMs: 1, whole: true }, [point(1n)])
    expect(await service.fetchPast({ netuid: APEX, span: 400, points: 4 })).toEqual(ok({ read: 3, asked: 3 }))
    expect(played.pastAsked).toEqual([900, 700, 600])
    expect(recorded()).toEqual([600, 700, 800, 900, 1_000])
  })

  test('that the node has forgotten is told; what it still had is kept', async () => {
    const played = new Played()
    const service = played.service()
    await played.settled(1_000)
    played.keeps = 800
    const gone = { code: 'chain/unsupported', missing: ['state of block 700'] }
    expect(await service.fetchPast({ netuid: APEX, span: 400, points: 4 })).toMatchObject(
      ok({ read: 2, asked: 4, error: gone }),
    )
    expect(recorded()).toEqual([800, 900, 1_000])
    expect(await service.fetchPast({ netuid: APEX, span: 400, points: 4 })).toMatchObject({ ok: false, error: gone })
  })

  test('never goes before the first block', () => {
    expect(missingBlocks({ best: 5, span: 1_000, points: 4 }, [])).toEqual([4, 3, 2, 1])
    expect(missingBlocks({ best: 2, span: 1_000, points: 8 }, [])).toEqual([1])
  })
})

describe('favourites', () => {
  test('belong to a chain, and whoever looks at them is told of another chain', () => {
    const played = new Played()
    const service = played.service()
    const told: (readonly number[])[] = []
    service.onFavourites(() => told.push(service.favourites()))
    service.setFavourite(APEX, true)
    played.change('0x02')
    played.change(undefined)
    expect(told).toEqual([[1], [], []])
    expect(service.setFavourite(APEX, true)).toEqual(err({ code: 'chain/not-connected' }))
  })
})

describe('the past from an archive', () => {
  test('is read over a connection of its own, which is closed again; a node that is none is named by its block', async () => {
    const played = new Played()
    const archive = new Played()
    played.best = 10_000
    archive.keeps = 4_000
    const service = played.service(archive.chain)
    const ask = { netuid: APEX, span: 9_000, points: 3, archive: 'ws://archive.example' }
    expect(await service.fetchPast(ask)).toMatchObject({
      value: { read: 2, error: { missing: ['state of block 1000'] } },
    })
    expect(archive.connections).toEqual(['ws://archive.example', 'closed'])
    expect([archive.pastAsked, played.pastAsked]).toEqual([[7_000, 4_000, 1_000], []])
    archive.keeps = 0
    expect(await service.fetchPast(ask)).toMatchObject({ value: { read: 1, asked: 1 } })
    expect(await service.fetchPast(ask)).toMatchObject({ value: { read: 0, asked: 0 } })
    expect(archive.connections).toHaveLength(4)
  })

  test('two who read the same archive share it; another address waits', async () => {
    const { chain, connections } = new Played()
    const node = new ArchiveNode(chain)
    const target = { endpoint: 'ws://a', genesis: GENESIS }
    const never = new AbortController().signal
    const [one, two] = await Promise.all([node.open(target, never), node.open(target, never)])
    expect(await node.open({ ...target, endpoint: 'ws://b' }, never)).toMatchObject({
      error: { code: 'ledger/filling' },
    })
    if (!one.ok || !two.ok) throw new Error('not opened')
    await one.value.close()
    await one.value.close()
    expect(connections).toEqual(['ws://a'])
    await two.value.close()
    expect(connections).toEqual(['ws://a', 'closed'])
    expect(await node.open({ ...target, endpoint: 'ws://b' }, never)).toMatchObject({ ok: true })
  })
})

describe('what validators paid', () => {
  test('a year is unknown until a day of epochs was recorded, each of them once', async () => {
    const played = new Played()
    const service = played.service()
    for (let epoch = 1; epoch <= 20; epoch += 1) {
      played.best = epoch * 360 + 5
      played.lastEpoch = epoch * 360
      for (let look = 0; look < 2; look += 1) {
        const seen = await service.validators(APEX)
        const measured = seen.ok ? seen.value.rows[0]?.measured : undefined
        // 0.01 % in each of the 7,300 epochs of a year of twelve-second blocks.
        expect(measured).toEqual(epoch < 20 ? { epochs: epoch, needed: 20 } : { epochs: 20, yearlyPpm: 730_000n })
      }
    }
  })

  test('a marked subnet is recorded by itself, once an epoch, and an unmarked one not at all', async () => {
    const played = new Played()
    const service = played.service()
    played.lastEpoch = 1_000
    for (let block = 1_000; block < 1_200; block += 5) await played.head(block)
    expect(played.tables).toBe(0)
    service.setFavourite(APEX, true)
    for (let block = 1_200; block < 1_350; block += 5) await played.head(block)
    expect(played.tables).toBe(1)
    played.lastEpoch = 1_360
    for (let block = 1_350; block < 1_700; block += 5) await played.head(block)
    expect(played.tables).toBe(2)
    expect(storage.validatorEpochs(GENESIS, APEX, 0).get(HOT)).toHaveLength(2)
  })
})
