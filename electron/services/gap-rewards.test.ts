import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import { alpha, netuid, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import type { BlockFacts } from '../chain/ledger.port.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { ArchiveNode, type ArchiveSource } from './archive-node.ts'
import { gapsOf, LedgerFill } from './ledger-fill.ts'
import { LedgerRecorder } from './ledger-recorder.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const GONE = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const genesis = '0x01'
const TWO = netuid(2)
const TEMPO = 20

/** One position: 100 at first, 7 more with each epoch, and 1000 bought in block 333. Another one that is sold in a gap. */
class Chain {
  best = 0
  /** State of blocks below is forgotten. */
  pruned = -1
  /** Its runtime does not tell of epochs. */
  silent = false

  readonly #epochsUntil = (block: number) => Math.floor(block / TEMPO)
  stakeAt(block: number): bigint {
    return 100n + 7n * BigInt(this.#epochsUntil(block)) + (block >= 333 ? 1_000n : 0n)
  }

  port(): ArchiveSource {
    const forgotten = (block: number) => block <= this.pruned
    const unsupported = err({ code: 'chain/unsupported', missing: ['state'] } as const)
    const port: Partial<ArchiveSource> = {
      onHead: () => () => undefined,
      state: () =>
        ({
          state: 'ready',
          reconnecting: false,
          facts: { genesis },
          best: { number: this.best, hash: `0x${this.best}`, seenAtMs: 0 },
        }) as unknown as ReturnType<ArchiveSource['state']>,
      stakesAt: async (_account, block) => {
        if (forgotten(block)) return unsupported
        const gone = block < 200 ? [{ hotkey: GONE, netuid: TWO, alpha: alpha(5n) }] : []
        return ok([{ hotkey: HOT, netuid: TWO, alpha: alpha(this.stakeAt(block)) }, ...gone])
      },
      uidsOf: async () => ok([]),
      // Its runtime does not tell the parts of an epoch.
      stakeEvents: async () => err({ code: 'chain/unsupported', missing: ['events'] }),
      priceAt: async () => ok(raoPerAlpha(2_000_000_000n)),
      epochsIn: async (_netuids, { from, to }) => {
        if (this.silent || forgotten(from)) return unsupported
        const first = Math.ceil(from / TEMPO) * TEMPO
        const count = Math.max(0, Math.floor((to - first) / TEMPO) + 1)
        return ok(Array.from({ length: count }, (_, at) => ({ netuid: TWO, tempo: TEMPO, block: first + at * TEMPO })))
      },
      ledgerBlocks: async ({ from, to }) =>
        forgotten(from) ? unsupported : ok(Array.from({ length: to - from + 1 }, (_, at) => this.#block(from + at))),
    }
    return port as ArchiveSource
  }

  #block(number: number): BlockFacts {
    const stake = { netuid: TWO, coldkey: ALICE, index: 1, extrinsic: 1, fee: 0n }
    const bought = { what: 'stake-added' as const, ...stake, hotkey: HOT, tao: 500n, alpha: 1_000n }
    const sold = { what: 'stake-removed' as const, ...stake, hotkey: GONE, tao: 10n, alpha: 5n }
    return {
      number,
      hash: `0x${number}`,
      parentHash: `0x${number - 1}`,
      atMs: number * 12_000,
      facts: number === 333 ? [bought] : number === 200 ? [sold] : [],
    }
  }
}

let folder = ''
let storage: StoragePort
let chain: Chain
let recorder: LedgerRecorder

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-gap-'))
  storage = sqliteStorage(folder)
  chain = new Chain()
  recorder = new LedgerRecorder({
    chain: chain.port(),
    storage,
    log: { log: () => undefined },
    accounts: () => [ALICE],
  })
  // Seen to block 50; then the app was off until 900, and the node keeps 250 blocks.
  chain.best = 50
  await recorder.follow()
  chain.best = 900
  chain.pruned = 649
  await recorder.follow()
  chain.pruned = -1
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

const lines = (kind: 'opening' | 'reward' | 'buy' | 'sell') =>
  storage.ledgerPage(genesis, { kind, order: 'oldest', limit: 1_000 })
const counted = () => lines('opening').map(({ hotkey, block, before, alpha: held }) => [hotkey, block, before, held])

async function filled(): Promise<LedgerFill> {
  const done = Promise.withResolvers<void>()
  const fill: LedgerFill = new LedgerFill({
    chain: chain.port(),
    archive: new ArchiveNode(chain.port()),
    storage,
    recorder,
    changed: () => fill.filling() ?? done.resolve(),
  })
  const gaps = gapsOf(storage.ledgerSpans(genesis, ALICE))
  expect(gaps).toEqual([{ from: 51, to: 649 }])
  expect(await fill.start({ genesis, account: ALICE, hotkeys: [], gaps })).toEqual(ok(null))
  await done.promise
  return fill
}

test('a gap says of each position what it was and what it is, also of one that is gone', () => {
  expect(counted()).toEqual([
    [HOT, 50, undefined, 114n],
    [GONE, 50, undefined, 5n],
    [HOT, 650, 114n, 1_324n],
    [GONE, 650, 5n, 0n],
  ])
})

test('filled from an archive, each epoch has its reward at its price and time, and nothing is left over', async () => {
  const fill = await filled()
  expect(fill.stopped()).toBeUndefined()
  const rewards = lines('reward')
  expect(rewards.map(({ block }) => block)).toEqual(Array.from({ length: 30 }, (_, at) => 60 + at * TEMPO))
  for (const line of rewards) expect(line).toMatchObject({ alpha: 7n, worth: 14n, atMs: line.block * 12_000 })
  expect([...lines('buy'), ...lines('sell')].map(({ block, alpha: moved }) => [block, moved])).toEqual([
    [333, 1_000n],
    [200, -5n],
  ])
  // What was counted at the end of the gap is explained whole.
  expect(counted().map(([, block]) => block)).toEqual([50, 50])
  expect(storage.epochRows(genesis, ALICE, 100).filter(({ earned }) => earned !== 0n)).toHaveLength(30)
})

test('filled twice, nothing is booked twice', async () => {
  await filled()
  const before = [lines('reward').length, storage.epochRows(genesis, ALICE, 100).length]
  storage.bookPastEpochs(storage.epochRows(genesis, ALICE, 100))
  expect([lines('reward').length, storage.epochRows(genesis, ALICE, 100).length]).toEqual(before)
})

test('where nobody tells of epochs, their sum stays as what no line explains', async () => {
  chain.silent = true
  await filled()
  expect(lines('reward')).toEqual([])
  // 1,324 held, 114 and the 1,000 bought are explained: 30 epochs of 7 are not.
  expect(counted().slice(2)).toEqual([[HOT, 650, 1_114n, 1_324n]])
})
