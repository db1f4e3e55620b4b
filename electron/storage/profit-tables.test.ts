import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_PROFIT } from '../../shared/profit/profit-settings.ts'
import { emptySlot, type ProfitSlot } from '../../shared/profit/profit-slot.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const SLOT: ProfitSlot = {
  ...emptySlot(900_000),
  mining: { ms: 5, measuredMs: 4, wattHours: 0.25 },
  miner: { netuid: netuid(2), hotkey: HOTKEY },
  price: { currency: 'EUR', nanosPerTao: 312_450_100_000n },
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-profit-tables-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('slots stay by their chain, take the place of their time, and go when they are old', () => {
  const first = sqliteStorage(folder)
  first.putProfitSlots('0xa', [SLOT, emptySlot(0)], 0)
  first.putProfitSlots('0xb', [emptySlot(0)], 0)
  first.close()
  const storage = sqliteStorage(folder)
  expect(storage.profitSlots('0xa', 0)).toEqual([emptySlot(0), SLOT])
  storage.putProfitSlots('0xa', [{ ...SLOT, partial: true }], 900_000)
  expect(storage.profitSlots('0xa', 0)).toEqual([{ ...SLOT, partial: true }])
  expect(storage.profitSlots('0xb', 0)).toHaveLength(1)
  storage.close()
})

test('settings come back exactly; those that make no sense are none', () => {
  const storage = sqliteStorage(folder)
  expect(storage.profitSettings()).toBeUndefined()
  const settings = {
    ...DEFAULT_PROFIT,
    tariff: { nanosPerKwh: -1n, bands: [{ days: [6, 0], fromMinute: 0, toMinute: 0, nanosPerKwh: 10n ** 15n }] },
    hardware: { priceNanos: 10n ** 17n, resaleNanos: 1n, lifeDays: 1_000 },
    paidRao: 10n ** 19n,
    nanosPerTao: 1n,
  }
  storage.saveProfitSettings(settings)
  expect(storage.profitSettings()).toEqual(settings)
  storage.saveProfitSettings({ ...settings, currency: 'euro' })
  expect(storage.profitSettings()).toBeUndefined()
  storage.close()
})

test('a row that cannot be read is not counted, and stays', () => {
  const storage = sqliteStorage(folder)
  storage.putProfitSlots('0xa', [SLOT], 0)
  const other = new Database(join(folder, 'taoforge.sqlite'))
  other.prepare("insert into profit_slots values ('0xa', 5, '{')").run()
  expect(storage.profitSlots('0xa', 0)).toEqual([SLOT])
  expect(other.prepare('select count(*) as n from profit_slots').get()).toEqual({ n: 2 })
  other.close()
  storage.close()
})
