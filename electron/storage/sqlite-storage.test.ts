import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from './sqlite-storage.ts'
import type { PositionMark } from './storage.port.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const genesis = `0x${'11'.repeat(32)}`
const U64 = (1n << 64n) - 1n

const row = (over: Partial<EpochRow> = {}): EpochRow => ({
  genesis,
  coldkey: ALICE,
  hotkey: BOB,
  netuid: netuid(2),
  epochBlock: 40,
  stakeBefore: alpha(U64),
  stakeAfter: alpha(U64),
  flows: -5n,
  earned: 5n,
  price: raoPerAlpha(50_000_000n),
  earnedTao: rao(1n),
  source: 'mined',
  uid: 7,
  epochs: 1,
  atMs: 1,
  ...over,
})
const booking = (rows: readonly EpochRow[], marks: readonly PositionMark[] = []) => ({
  genesis,
  coldkey: ALICE,
  rows,
  marks,
  throughBlock: 41,
})
const record: TransactionRecord = {
  id: 'a',
  genesis,
  kind: 'add-stake',
  signer: ALICE,
  netuid: netuid(2),
  amount: U64,
  stage: 'in-pool',
  startedAtMs: 5,
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-storage-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('sqlite storage', () => {
  test('gives back after reopening what was saved, to the last unit', () => {
    const before = sqliteStorage(folder)
    before.saveSettings({ ...DEFAULT_SETTINGS, theme: 'dark', network: { kind: 'practice' } })
    before.saveTransaction(record)
    before.saveTransaction({ ...record, stage: 'finalized' })
    const mark = { genesis, coldkey: ALICE, hotkey: BOB, netuid: netuid(2), block: 40, alpha: alpha(U64), flows: -3n }
    before.bookEpochs(booking([row()], [mark]))
    before.close()

    const after = sqliteStorage(folder)
    expect(after.settings()).toMatchObject({ theme: 'dark', network: { kind: 'practice' } })
    expect(after.transactions(genesis, 10)).toEqual([{ ...record, stage: 'finalized' }])
    expect(after.epochRows(genesis, ALICE, 10)).toEqual([row()])
    expect(after.marks(genesis, ALICE)).toEqual([mark])
    expect(after.bookedThrough(genesis, ALICE)).toBe(41)
    after.close()
  })

  test('books an epoch once, however often it is offered', () => {
    const storage = sqliteStorage(folder)
    storage.bookEpochs(booking([row()]))
    storage.bookEpochs(booking([row({ earned: 99n })]))
    expect(storage.earningsTotals(genesis, ALICE)).toMatchObject([{ earned: 5n, epochs: 1 }])
    storage.close()
  })

  test('a total with one unknown price is unknown in TAO, not smaller', () => {
    const storage = sqliteStorage(folder)
    const { price: _price, earnedTao: _tao, ...unpriced } = row({ epochBlock: 60 })
    storage.bookEpochs(booking([row(), unpriced]))
    expect(storage.earningsTotals(genesis, ALICE)).toMatchObject([{ earned: 10n, earnedTao: undefined }])
    storage.close()
  })

  test('another network sees nothing of it', () => {
    const storage = sqliteStorage(folder)
    storage.saveTransaction(record)
    storage.bookEpochs(booking([row()]))
    expect(storage.transactions('0x00', 10)).toEqual([])
    expect(storage.epochRows('0x00', ALICE, 10)).toEqual([])
    storage.close()
  })

  test('refuses a file of a newer version and one that is no database', () => {
    const db = new Database(join(folder, 'taoforge.sqlite'))
    db.pragma('user_version = 99')
    db.close()
    expect(() => sqliteStorage(folder)).toThrow(expect.objectContaining({ kind: 'newer-version' }))
    writeFileSync(
      join(folder, 'taoforge.sqlite'),
      'this is not a database, but it is long enough to look at'.repeat(40),
    )
    expect(() => sqliteStorage(folder)).toThrow(expect.objectContaining({ kind: 'broken' }))
  })
})
