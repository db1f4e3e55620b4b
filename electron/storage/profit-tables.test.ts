import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_PROFIT } from '../../shared/profit/profit-settings.ts'
import { emptySlot, type ProfitSlot } from '../../shared/profit/profit-slot.ts'
import { alpha, netuid, ss58 } from '../../shared/units/amounts.ts'
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

test('a pause outlives the program, and there is one at most', () => {
  const first = sqliteStorage(folder)
  expect(first.profitPause()).toBeUndefined()
  const pause = { genesis: '0xa', netuid: netuid(2), hotkey: HOTKEY, sinceMs: 5 }
  first.saveProfitPause(pause)
  first.saveProfitPause({ ...pause, sinceMs: 6 })
  first.close()
  const storage = sqliteStorage(folder)
  expect(storage.profitPause()).toEqual({ ...pause, sinceMs: 6 })
  storage.saveProfitPause(undefined)
  expect(storage.profitPause()).toBeUndefined()
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

test('what another own hotkey sent by auto-stake is income of the one that mined it, and counted once', () => {
  const storage = sqliteStorage(folder)
  const coldkey = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
  const miner = { netuid: netuid(2), hotkey: HOTKEY }
  const other = { netuid: netuid(2), hotkey: coldkey }
  const at = { genesis: '0xa', coldkey, flows: 0n, stakeBefore: alpha(0n), source: 'mined', uid: 1, epochs: 1 } as const
  const parts = {
    ...{ fromBlock: 1, validated: 0n, staked: 0n, ownerCut: 0n },
    ...{ unexplained: 0n, feeAlpha: 0n, feeTao: 0n },
  }
  const row = (of: typeof miner, atBlock: number, looked: object) => ({
    ...{ ...at, ...of, epochBlock: atBlock, atMs: atBlock, stakeAfter: alpha(0n), earned: 0n },
    parts: { ...parts, mined: 0n, ...looked },
  })
  const sent = { elsewhere: { alpha: 30n, hotkey: HOTKEY } }
  const rows = [
    row(miner, 50, { mined: 130n }),
    row(other, 50, sent),
    row(miner, 60, { mined: 7n }),
    row(miner, 70, { mined: 20n }),
    row(other, 70, sent),
  ]
  storage.bookEpochs({ genesis: '0xa', coldkey, rows, marks: [], throughBlock: 70 })
  const mined = (of: typeof miner) => storage.minedEpochs('0xa', { ...of, coldkey, fromMs: 0 }).map((one) => one.alpha)
  // The last: less mined than arrived cannot be, so nothing is said.
  expect(mined(miner)).toEqual([100n, 7n, undefined])
  expect(mined(other)).toEqual([30n, 30n])
  storage.close()
})
