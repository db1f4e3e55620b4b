import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ss58, U64_MAX } from '../../shared/units/amounts.ts'
import { first } from './migrations/0001-first.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const entry = (address: typeof ALICE, name: string) => ({ address, name, note: '', addedAtMs: 5 })
const genesis = `0x${'11'.repeat(32)}`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-addresses-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the address book on disk', () => {
  test('keeps a book for each kind of network, over a restart', () => {
    const before = sqliteStorage(folder)
    before.putAddresses('finney', [entry(BOB, 'Zed'), entry(ALICE, 'anna')])
    before.putAddresses('practice', [entry(BOB, 'Play')])
    before.putAddresses('finney', [{ ...entry(BOB, 'Bert'), note: 'weekly' }])
    before.close()
    const after = sqliteStorage(folder)
    expect(after.addressBook('finney')).toEqual([entry(ALICE, 'anna'), { ...entry(BOB, 'Bert'), note: 'weekly' }])
    expect(after.addressBook('practice')).toEqual([entry(BOB, 'Play')])
    expect(after.addressBook('test')).toEqual([])
    expect(after.removeAddress('practice', BOB)).toBe(true)
    expect(after.removeAddress('practice', BOB)).toBe(false)
    expect(after.addressBook('finney')).toHaveLength(2)
    after.close()
  })

  test('takes all entries or none, and no two names that look the same', () => {
    const storage = sqliteStorage(folder)
    expect(() => storage.putAddresses('finney', [entry(ALICE, 'Broker'), entry(BOB, 'Ｂroker')])).toThrow()
    expect(storage.addressBook('finney')).toEqual([])
    storage.close()
  })
})

test('seen transfers are kept once, newest first, to the last unit', () => {
  const storage = sqliteStorage(folder)
  const transfer = { block: 7, position: 3, from: ALICE, to: BOB, amount: U64_MAX }
  expect(storage.seenThrough(genesis)).toBeUndefined()
  storage.saveSeenTransfers(genesis, [transfer], 8)
  storage.saveSeenTransfers(genesis, [transfer, { ...transfer, block: 9, amount: 1n }], 9)
  expect(storage.seenTransfers(genesis, 10)).toEqual([{ ...transfer, block: 9, amount: 1n }, transfer])
  expect(storage.seenTransfers('0x00', 10)).toEqual([])
  expect(storage.seenThrough(genesis)).toBe(9)
  storage.close()
})

test('a file of the first version gets the tables, and keeps what it had', () => {
  const path = join(folder, 'taoforge.sqlite')
  const old = new Database(path)
  old.exec(first)
  old.exec(`insert into settings values (1, '{"theme":"dark"}')`)
  old.pragma('user_version = 1')
  old.close()
  const storage = sqliteStorage(folder)
  expect(storage.settings().theme).toBe('dark')
  storage.putAddresses('finney', [entry(ALICE, 'anna')])
  expect(storage.addressBook('finney')).toHaveLength(1)
  storage.close()
})
