import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Alert } from '../../shared/alerts/alert.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { alertTables } from './alert-tables.ts'
import { markets } from './migrations/0004-markets.ts'
import { placesAndAlerts } from './migrations/0013-places-and-alerts.ts'

const GENESIS = '0xa'
const told = (id: number): { alert: Alert; atMs: number; notBefore: number } => ({
  alert: { kind: 'subnet-to-prune', netuid: netuid(id) },
  atMs: id,
  notBefore: 0,
})

test('the newest five hundred notices are kept, and one that cannot be read is left out', () => {
  const db = new Database(':memory:')
  db.exec(markets)
  db.exec(placesAndAlerts)
  const tables = alertTables(db, (run) => run())
  for (let id = 0; id < 510; id += 1) tables.putNotice(GENESIS, told(id))
  const kept = tables.notices(GENESIS, 1_000)
  expect([kept.length, kept[0]?.alert.netuid, kept.at(-1)?.alert.netuid]).toEqual([500, 509, 10])
  db.prepare('update notices set body = \'{"kind":"of-another-version"}\' where at_ms = 509').run()
  expect(tables.notices(GENESIS, 1)).toEqual([])
  expect(tables.notices(GENESIS, 1_000).length).toBe(499)
  db.close()
})
