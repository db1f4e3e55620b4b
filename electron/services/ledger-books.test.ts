import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { eventSlot, type LedgerEntry } from '../../shared/ledger/entry.ts'
import { LOT_METHODS, type LotMethod } from '../../shared/ledger/lots.ts'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from '../storage/sqlite-storage.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { LedgerBooks } from './ledger-books.ts'
import { LedgerBooksKeeper } from './ledger-books-keeper.ts'

const GENESIS = `0x${'11'.repeat(32)}`
const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const own = new Set([ALICE, BOB])
const ACCOUNTS = [ALICE, BOB]

let folder = ''
let storage: StoragePort
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-books-'))
  storage = sqliteStorage(folder)
})
afterEach(() => {
  storage.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >> 8) % sides
  }
}

function entry(block: number, place: number, roll: (sides: number) => number): LedgerEntry {
  const at = { block, slot: eventSlot(place), atMs: block * 12_000, netuid: netuid(roll(2)), hotkey: BOB }
  const amount = BigInt(1 + roll(50))
  const account = ACCOUNTS[roll(2)] ?? ALICE
  if (roll(3) === 0) return { ...at, account, kind: 'sell', tao: amount, alpha: -amount }
  return { ...at, account, kind: 'buy', tao: -amount * 3n, alpha: amount * 2n }
}

/** @param every after how many lines they are kept on disk */
function booksOf(over: StoragePort, every?: number) {
  const keeper = new LedgerBooksKeeper(over, every)
  return { keeper, books: new LedgerBooks(over, keeper) }
}
const fromTheStart = (method: LotMethod) => booksOf(storage).books.holdings(GENESIS, method, own)

/** Two chains of blocks: a number in the hash tells them apart. */
function record(number: number, branch: number, entries: readonly LedgerEntry[]): void {
  const hash = (of: number) => `0x${branch}${of}`
  const block = { number, hash: hash(number), parentHash: hash(number - 1), atMs: number * 12_000, entries }
  storage.recordBlock(GENESIS, block, { accounts: ACCOUNTS, openings: [] })
}
const epochAt = (epochBlock: number, earned: number): EpochRow => ({
  genesis: GENESIS,
  coldkey: ALICE,
  hotkey: BOB,
  netuid: netuid(1),
  epochBlock,
  stakeBefore: alpha(1_000n),
  stakeAfter: alpha(1_000n),
  flows: 0n,
  earned: BigInt(earned),
  source: 'staked',
  epochs: 1,
  atMs: epochBlock * 12_000,
})

test('read on, read again from a mark or read from the start, the books say the same, by every method', async () => {
  const roll = dice(7)
  const books = LOT_METHODS.map((method) => ({ method, kept: booksOf(storage).books }))
  let [tip, branch] = [0, 1]
  for (let step = 0; step < 80; step += 1) {
    const what = roll(10)
    // Strides of blocks, so that marks are set and left behind.
    if (what < 6)
      for (let more = roll(6); more >= 0; more -= 1) {
        tip += 1 + roll(20)
        record(tip, branch, [entry(tip, 1, roll), entry(tip, 2, roll)])
      }
    else if (what < 8) storage.bookPastEpochs([epochAt(1 + roll(tip + 1), 1 + roll(9))])
    else if (what === 8) storage.finalizeLedger(GENESIS, Math.max(0, tip - 5))
    else {
      tip = Math.max(0, tip - 1 - roll(4))
      branch += 1
      storage.takeBack(GENESIS, tip + 1)
    }
    for (const { method, kept } of books)
      expect(await kept.holdings(GENESIS, method, own), `${method}, step ${step}`).toEqual(await fromTheStart(method))
  }
  expect(tip).toBeGreaterThan(1_200)
})

test('a long ledger is followed in words: from where to where, how far, and nothing more at the end', async () => {
  const roll = dice(3)
  const PER_BLOCK = 5_000
  for (let number = 1; number <= 9; number += 1)
    record(
      number,
      1,
      Array.from({ length: PER_BLOCK }, (_, place) => entry(number, place, roll)),
    )
  const told: unknown[] = []
  const books = new LedgerBooks(storage, new LedgerBooksKeeper(storage), () => told.push(books.progress()))
  await books.holdings(GENESIS, 'fifo', own)
  expect(told).toEqual([{ from: 1, to: 9, at: 5 }, { from: 1, to: 9, at: 9 }, undefined])
  told.length = 0
  await books.holdings(GENESIS, 'fifo', own)
  expect(told).toEqual([])
})

test('while nothing is written, the ledger is read once', async () => {
  record(1, 1, [entry(1, 1, dice(3))])
  const pages = { read: 0 }
  const counted: StoragePort = {
    ...storage,
    ledgerPage: (genesis, ask) => {
      pages.read += 1
      return storage.ledgerPage(genesis, ask)
    },
  }
  const { books } = booksOf(counted)
  const first = await books.holdings(GENESIS, 'fifo', own)
  expect(await books.holdings(GENESIS, 'fifo', own)).toBe(first)
  expect(pages.read).toBe(1)
  // Of a chain that is not asked about.
  storage.bookPastEpochs([{ ...epochAt(1, 5), genesis: `0x${'22'.repeat(32)}` }])
  expect(await books.holdings(GENESIS, 'fifo', own)).toBe(first)
  storage.bookPastEpochs([epochAt(1, 5)])
  expect(await books.holdings(GENESIS, 'fifo', own)).not.toEqual(first)
})

test('what is kept on disk never says anything else than the lines, whatever changes and wherever the program ends', async () => {
  const roll = dice(11)
  const method = LOT_METHODS[roll(3)] ?? 'fifo'
  const read = { pieces: 0, nothing: 0 }
  const watched = (): StoragePort => ({
    ...storage,
    keptPiece: (id, place) => {
      const piece = storage.keptPiece(id, place)
      if (piece === undefined) read.nothing += 1
      else read.pieces += 1
      return piece
    },
  })
  let program = booksOf(watched(), 20)
  let [tip, branch] = [0, 1]
  for (let step = 0; step < 150; step += 1) {
    const what = roll(12)
    if (what < 6)
      for (let more = roll(6); more >= 0; more -= 1) {
        tip += 1 + roll(40)
        record(tip, branch, [entry(tip, 1, roll), entry(tip, 2, roll)])
      }
    else if (what === 6) storage.bookPastEpochs([epochAt(1 + roll(tip + 1), 1 + roll(9))])
    else if (what === 7) storage.bookPastEpochs([epochAt(Math.max(1, tip - roll(900)), 1 + roll(9))])
    else if (what === 8) storage.finalizeLedger(GENESIS, Math.max(0, tip - 5))
    else if (what === 9) {
      tip = Math.max(0, tip - 1 - roll(4))
      branch += 1
      storage.takeBack(GENESIS, tip + 1)
    } else {
      // Half of the time the file is shut while books are being written to it.
      if (what === 10) await program.keeper.idle()
      storage.close()
      await program.keeper.idle()
      storage = sqliteStorage(folder)
      program = booksOf(watched(), 20)
    }
    expect(await program.books.holdings(GENESIS, method, own), `step ${step}`).toEqual(await fromTheStart(method))
  }
  expect(tip).toBeGreaterThan(3_000)
  expect(read.pieces).toBeGreaterThan(5)
})

test('kept books are those of their accounts and lots alone, and are gone with the change of a line below them', async () => {
  const roll = dice(5)
  for (let block = 1; block <= 40; block += 1) record(block * 50, 1, [entry(block * 50, 1, roll)])
  storage.finalizeLedger(GENESIS, 2_000)
  const first = booksOf(storage, 5)
  await first.books.holdings(GENESIS, 'hifo', own)
  await first.keeper.idle()
  const next = () => booksOf(storage).keeper.read({ genesis: GENESIS, method: 'hifo', own })
  expect((await next())?.lines).toBe(19)
  const { keeper } = booksOf(storage)
  expect(await keeper.read({ genesis: GENESIS, method: 'fifo', own })).toBeUndefined()
  expect(await keeper.read({ genesis: GENESIS, method: 'hifo', own: new Set([ALICE]) })).toBeUndefined()
  storage.bookPastEpochs([epochAt(1_900, 5)])
  expect((await next())?.lines).toBe(19)
  storage.bookPastEpochs([epochAt(900, 5)])
  expect(await next()).toBeUndefined()
})

test('books are not kept where a line below them changed while they were being written', async () => {
  const roll = dice(5)
  for (let block = 1; block <= 40; block += 1) record(block * 50, 1, [entry(block * 50, 1, roll)])
  storage.finalizeLedger(GENESIS, 2_000)
  const { books, keeper } = booksOf(storage, 5)
  await books.holdings(GENESIS, 'fifo', own)
  // Begun, as the answer went out; the first pieces come after it.
  storage.bookPastEpochs([epochAt(900, 5)])
  await keeper.idle()
  expect(await keeper.read({ genesis: GENESIS, method: 'fifo', own })).toBeUndefined()
})
