import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import { alpha, netuid, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { BlockFacts } from '../chain/ledger.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { ArchiveNode, type ArchiveSource } from './archive-node.ts'
import { gapsOf, LedgerFill } from './ledger-fill.ts'
import { LedgerRecorder } from './ledger-recorder.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const genesis = '0x01'

/** A chain whose blocks are what a test says, and which may change its mind about those that are not final. */
class Chain {
  readonly blocks: BlockFacts[] = []
  finalized = -1
  /** State of blocks below is forgotten. */
  pruned = -1
  asked = 0

  /** Puts blocks up to `best`, each paying ALICE `tao`, in place of those from `from` on. */
  grow(from: number, best: number, { tao, fork = '' }: { tao: bigint; fork?: string }): void {
    this.blocks.length = from
    for (let number = from; number <= best; number += 1)
      this.blocks.push({
        number,
        hash: `0x${fork}${number}`,
        parentHash: this.blocks[number - 1]?.hash ?? '0x',
        atMs: number * 12_000,
        facts: [{ what: 'transfer', from: BOB, to: ALICE, tao, system: false, index: 3, extrinsic: 1 }],
      })
  }

  port(): ArchiveSource {
    const head = (number: number) => ({ number, hash: this.blocks[number]?.hash ?? '', seenAtMs: 0 })
    const port: Partial<ArchiveSource> = {
      onHead: () => () => undefined,
      state: () =>
        ({
          state: 'ready',
          reconnecting: false,
          facts: { genesis },
          best: head(this.blocks.length - 1),
          ...(this.finalized < 0 ? {} : { finalized: head(this.finalized) }),
        }) as unknown as ReturnType<ChainPort['state']>,
      stakesAt: async () => ok([{ hotkey: HOT, netuid: netuid(2), alpha: alpha(9n) }]),
      uidsOf: async () => ok([]),
      // Its runtime does not tell the parts of an epoch.
      stakeEvents: async () => err({ code: 'chain/unsupported', missing: ['events'] }),
      epochsIn: async () => ok([]),
      ledgerBlocks: async ({ from, to }) => {
        this.asked += to - from + 1
        if (from <= this.pruned) return err({ code: 'chain/unsupported', missing: ['state'] })
        return ok(this.blocks.slice(from, to + 1))
      },
    }
    return port as ArchiveSource
  }
}

let folder = ''
let storage: StoragePort
let chain: Chain
let recorder: LedgerRecorder
let accounts: Ss58[] = []
const received = () =>
  storage
    .ledgerPage(genesis, { kind: 'transfer-in', order: 'oldest', limit: 1_000 })
    .map(({ block, tao, blockHash }) => [block, tao, blockHash])

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-recorder-'))
  storage = sqliteStorage(folder)
  chain = new Chain()
  accounts = [ALICE]
  recorder = new LedgerRecorder({
    chain: chain.port(),
    storage,
    log: { log: () => undefined },
    accounts: () => accounts,
  })
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('LedgerRecorder', () => {
  test('begins at the newest block, with what is held there at unknown cost, and asks for each block once', async () => {
    chain.grow(0, 10, { tao: 1n })
    await recorder.follow()
    chain.grow(11, 13, { tao: 2n })
    await recorder.follow()
    await recorder.follow()
    expect(received()).toEqual([
      [10, 1n, '0x10'],
      [11, 2n, '0x11'],
      [12, 2n, '0x12'],
      [13, 2n, '0x13'],
    ])
    expect(storage.ledgerPage(genesis, { kind: 'opening', order: 'oldest', limit: 9 })).toMatchObject([
      { block: 10, alpha: 9n, hotkey: HOT },
    ])
    expect(chain.asked).toBe(4)
  })

  test('lines of blocks that left the chain are taken back, and those of the new ones booked', async () => {
    chain.grow(0, 10, { tao: 1n })
    await recorder.follow()
    chain.grow(11, 14, { tao: 2n })
    await recorder.follow()
    chain.grow(12, 15, { tao: 7n, fork: 'b' })
    await recorder.follow()
    expect(received()).toEqual([
      [10, 1n, '0x10'],
      [11, 2n, '0x11'],
      [12, 7n, '0xb12'],
      [13, 7n, '0xb13'],
      [14, 7n, '0xb14'],
      [15, 7n, '0xb15'],
    ])
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([{ from: 10, to: 15 }])
  })

  test('a shorter branch is met when finality says so', async () => {
    chain.grow(0, 10, { tao: 1n })
    await recorder.follow()
    chain.grow(11, 14, { tao: 2n })
    await recorder.follow()
    chain.grow(12, 13, { tao: 7n, fork: 'b' })
    chain.finalized = 13
    await recorder.follow()
    await recorder.follow()
    expect(received().slice(2)).toEqual([
      [12, 7n, '0xb12'],
      [13, 7n, '0xb13'],
    ])
    expect(storage.ledgerFinal(genesis)).toBe(13)
  })

  test('a chain that contradicts what was final changes nothing, and is named', async () => {
    chain.grow(0, 10, { tao: 1n })
    chain.finalized = 10
    await recorder.follow()
    await recorder.follow()
    chain.grow(9, 12, { tao: 7n, fork: 'b' })
    await recorder.follow()
    expect(received()).toEqual([[10, 1n, '0x10']])
    expect(recorder.contradictedAt(genesis)).toBe(10)
  })

  test('what the node has forgotten is a gap; it is filled on request, from whoever remembers', async () => {
    chain.grow(0, 10, { tao: 1n })
    await recorder.follow()
    chain.grow(11, 400, { tao: 2n })
    chain.finalized = 390
    chain.pruned = 300
    await recorder.follow()
    const spans = storage.ledgerSpans(genesis, ALICE)
    expect(spans[0]).toEqual({ from: 10, to: 10 })
    expect(spans.at(-1)?.to).toBe(400)
    const gaps = gapsOf(spans)
    expect(gaps).toHaveLength(1)
    const before = received().length

    chain.pruned = -1
    const done = Promise.withResolvers<void>()
    const port = chain.port()
    const fill = new LedgerFill({
      chain: port,
      archive: new ArchiveNode(port),
      storage,
      recorder,
      changed: () => fill.filling() ?? done.resolve(),
    })
    expect(await fill.start({ genesis, account: ALICE, hotkeys: [], gaps })).toEqual(ok(null))
    expect(await fill.start({ genesis, account: ALICE, hotkeys: [], gaps })).toMatchObject({
      error: { code: 'ledger/filling' },
    })
    await done.promise
    expect(fill.stopped()).toBeUndefined()
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([{ from: 10, to: 400 }])
    expect(before).toBeLessThan(391)
    expect(received()).toHaveLength(391)
    expect(await fill.start({ genesis, account: ALICE, hotkeys: [], gaps: [] })).toMatchObject({
      error: { code: 'ledger/nothing-missing' },
    })
  })

  test('a wallet that came later has a record of its own from there', async () => {
    chain.grow(0, 10, { tao: 1n })
    await recorder.follow()
    accounts = [ALICE, BOB]
    chain.grow(11, 12, { tao: 2n })
    await recorder.follow()
    expect(storage.ledgerSpans(genesis, BOB)).toEqual([{ from: 11, to: 12 }])
    expect(storage.ledgerPage(genesis, { account: BOB, order: 'oldest', limit: 9 }).map(({ kind }) => kind)).toEqual([
      'transfer-out',
      'opening',
      'transfer-out',
    ])
  })
})
