import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { eventSlot, type LedgerBlock, type LedgerEntry } from '../../shared/ledger/entry.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import type { LedgerAsk } from './ledger-storage.port.ts'
import { first } from './migrations/0001-first.ts'
import { addresses } from './migrations/0002-addresses.ts'
import { accounts } from './migrations/0003-accounts.ts'
import { markets } from './migrations/0004-markets.ts'
import { openDatabase } from './open-database.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { StoragePort } from './storage.port.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const HOT = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const WARM = ss58('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX')
const genesis = `0x${'11'.repeat(32)}`
const U64 = (1n << 64n) - 1n

const line = (block: number, over: Partial<LedgerEntry> = {}): LedgerEntry => ({
  account: ALICE,
  block,
  slot: eventSlot(2),
  kind: 'buy',
  atMs: block * 12_000,
  netuid: netuid(3),
  hotkey: HOT,
  tao: -U64,
  alpha: U64,
  feeTao: 5n,
  extrinsic: 1,
  ...over,
})
const block = (number: number, entries: readonly LedgerEntry[] = [], fork = ''): LedgerBlock => ({
  number,
  hash: `0x${fork}${number}`,
  parentHash: `0x${number - 1}`,
  atMs: number * 12_000,
  entries,
})
const newest: LedgerAsk = { limit: 100, order: 'newest' }

let folder = ''
let storage: StoragePort
const record = (what: LedgerBlock, who: readonly Ss58[] = [ALICE], openings: readonly LedgerEntry[] = []) =>
  storage.recordBlock(genesis, what, { accounts: who, openings })
const page = (ask: Partial<LedgerAsk> = {}) => storage.ledgerPage(genesis, { ...newest, ...ask })
const blocks = (ask: Partial<LedgerAsk> = {}) => page(ask).map((row) => row.block)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-ledger-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('blocks of the ledger', () => {
  test('a line comes back as it was booked, with the hash of its block', () => {
    const full = line(7, { toHotkey: WARM, other: BOB, worth: 1n, feeAlpha: 2n, price: 3n, mined: true, epochs: 2 })
    record(block(7, [full]))
    expect(page()).toEqual([{ ...full, blockHash: '0x7', cursor: expect.any(String) }])
    expect(storage.ledgerTip(genesis)).toEqual({ number: 7, hash: '0x7' })
  })

  test('the same block twice adds nothing', () => {
    record(block(7, [line(7)]))
    record(block(7, [line(7)]))
    expect(page()).toHaveLength(1)
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([{ from: 7, to: 7 }])
  })

  test('a block that left the chain takes its lines and everything above along', () => {
    for (const number of [5, 6, 7, 8]) record(block(number, [line(number)]))
    storage.finalizeLedger(genesis, 5)
    expect(record(block(7, [line(7, { tao: -1n })], 'b'))).toBe(true)
    expect(page().map(({ block, tao }) => [block, tao])).toEqual([
      [7, -1n],
      [6, -U64],
      [5, -U64],
    ])
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([{ from: 5, to: 7 }])
  })

  test('what is final stays, whatever is offered in its place', () => {
    record(block(5, [line(5)]))
    storage.finalizeLedger(genesis, 5)
    expect(record(block(5, [], 'b'))).toBe(false)
    storage.takeBack(genesis, 0)
    expect(blocks()).toEqual([5])
  })

  test('hashes of old blocks without lines are forgotten, the others stay', () => {
    record(block(5, [line(5)]))
    record(block(6))
    record(block(400))
    storage.finalizeLedger(genesis, 400)
    const db = new Database(join(folder, 'taoforge.sqlite'), { readonly: true })
    expect(db.prepare('select number from ledger_blocks').pluck().all()).toEqual([5, 400])
    db.close()
  })
})

describe('what was looked at', () => {
  test('gaps stay gaps until their last block is read, per account', () => {
    for (const number of [1, 2, 5, 6]) record(block(number))
    record(block(6), [BOB])
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([
      { from: 1, to: 2 },
      { from: 5, to: 6 },
    ])
    expect(storage.ledgerSpans(genesis, BOB)).toEqual([{ from: 6, to: 6 }])
    record(block(3))
    record(block(4))
    expect(storage.ledgerSpans(genesis, ALICE)).toEqual([{ from: 1, to: 6 }])
  })

  test('positions where a record begins are lines of their own, once', () => {
    const openings = [HOT, WARM].map((hotkey) => line(9, { kind: 'opening', hotkey, tao: 0n }))
    record(block(9), [ALICE], openings)
    record(block(9), [ALICE], openings.slice(1))
    expect(page().map(({ kind, hotkey }) => [kind, hotkey])).toEqual([
      ['opening', WARM],
      ['opening', HOT],
    ])
  })
})

describe('pages', () => {
  beforeEach(() => {
    for (let number = 1; number <= 40; number += 1) {
      const kind = number % 2 === 0 ? 'buy' : 'sell'
      const where = { kind, netuid: netuid(number % 3) } as const
      record(block(number, [line(number, where), line(number, { ...where, account: BOB })]), [ALICE, BOB])
    }
  })

  test.each(['newest', 'oldest'] as const)('of all accounts, %s first, hold each line once', (order) => {
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const rows = page({ limit: 7, order, after })
      if (rows.length === 0) break
      seen.push(...rows.map((row) => `${row.block}/${row.account}`))
      after = rows.at(-1)?.cursor
    }
    expect(seen).toHaveLength(80)
    expect(new Set(seen).size).toBe(80)
    const inOrder = seen.map((key) => Number(key.split('/')[0]))
    expect(inOrder).toEqual([...inOrder].sort((a, b) => (order === 'newest' ? b - a : a - b)))
  })

  test('hold what the filters say, alone and together', () => {
    expect(blocks({ account: BOB })).toHaveLength(40)
    expect(blocks({ account: ALICE, kind: 'buy' })).toHaveLength(20)
    expect(blocks({ account: ALICE, netuid: netuid(0) })).toHaveLength(13)
    expect(blocks({ account: ALICE, kind: 'sell', netuid: netuid(0) })).toEqual([39, 33, 27, 21, 15, 9, 3])
    expect(blocks({ account: ALICE, fromMs: 10 * 12_000, toMs: 13 * 12_000 })).toEqual([12, 11, 10])
    expect(blocks({ account: ALICE, fromMs: 41 * 12_000 })).toEqual([])
    expect(blocks({ account: HOT })).toEqual([])
    expect(storage.ledgerPage('0x00', newest)).toEqual([])
  })
})

describe('epochs in the ledger', () => {
  const row = (over: Partial<EpochRow> = {}): EpochRow => ({
    genesis,
    coldkey: ALICE,
    hotkey: HOT,
    netuid: netuid(3),
    epochBlock: 20,
    stakeBefore: alpha(10n),
    stakeAfter: alpha(15n),
    flows: 0n,
    earned: 5n,
    price: raoPerAlpha(2_000_000_000n),
    earnedTao: rao(10n),
    source: 'mined',
    epochs: 1,
    atMs: 99,
    ...over,
  })
  const book = (rows: readonly EpochRow[]) =>
    storage.bookEpochs({ genesis, coldkey: ALICE, rows, marks: [], throughBlock: 21 })

  test('are income at the time of their block, booked once', () => {
    record(block(20))
    book([row(), row({ hotkey: WARM, earned: -3n, earnedTao: undefined })])
    book([row()])
    expect(page()).toMatchObject([
      { kind: 'shrink', hotkey: WARM, alpha: -3n, worth: undefined, atMs: 240_000 },
      { kind: 'reward', hotkey: HOT, alpha: 5n, worth: 10n, price: 2_000_000_000n, mined: true, blockHash: '0x20' },
    ])
  })

  test('stay when a branch leaves the chain that had another block of that number', () => {
    for (const number of [19, 20, 21]) record(block(number, [line(number)], number > 19 ? 'fork' : ''))
    // The chain has made its own block 20 final, and nobody has told the ledger yet.
    book([row(), row({ hotkey: WARM, earned: -3n, earnedTao: undefined })])
    storage.takeBack(genesis, 20)
    for (const number of [20, 21]) record(block(number, [line(number)]))
    expect(page().map((entry) => [entry.block, entry.kind])).toEqual([
      [21, 'buy'],
      [20, 'shrink'],
      [20, 'reward'],
      [20, 'buy'],
      [19, 'buy'],
    ])
  })

  test('that an earlier version booked are taken over', () => {
    storage.close()
    rmSync(folder, { recursive: true, force: true })
    folder = mkdtempSync(join(tmpdir(), 'taoforge-ledger-'))
    const old = openDatabase(join(folder, 'taoforge.sqlite'), [first, addresses, accounts, markets])
    const put = old.prepare('insert into epoch_rows values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    put.run(genesis, ALICE, HOT, 3, 20, '0', '5', '0', '5', '2000000000', '10', 'mined', 1, 1, 99)
    put.run(genesis, ALICE, WARM, 3, 20, '9', '8', '0', '-1', null, null, 'staked', null, 2, 99)
    put.run(genesis, ALICE, HOT, 3, 40, '5', '5', '0', '0', null, null, 'staked', null, 1, 100)
    old.close()
    storage = sqliteStorage(folder)
    expect(page()).toMatchObject([
      { kind: 'shrink', block: 20, hotkey: WARM, alpha: -1n, worth: undefined, mined: false, epochs: 2 },
      { kind: 'reward', block: 20, hotkey: HOT, alpha: 5n, worth: 10n, mined: true, epochs: 1, atMs: 99 },
    ])
    // Offered again, they are known.
    book([row({ epochBlock: 20 })])
    expect(page()).toHaveLength(2)
  })
})
