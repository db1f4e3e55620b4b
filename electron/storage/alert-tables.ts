import type Database from 'better-sqlite3'
import { z } from 'zod'
import { type Alert, alertKey, type Notice } from '../../shared/alerts/alert.ts'
import { wireAlert } from '../../shared/contract/alerts.contract.ts'
import type { AlertStorage } from './alert-storage.port.ts'

type Row = Record<string, string | number | null>

const KEPT = 500
const SAME = `select open, at_ms from notices where genesis = ? and thing = ? order by id desc limit 1`
const PUT = 'insert into notices (genesis, thing, open, seen, at_ms, body) values (?, ?, 1, 0, ?, ?)'
const KEEP = 'delete from notices where id <= (select max(id) from notices) - ?'

/** The wire codec serves the disk too: amounts as text, checked when read back. */
function alertOf(text: string): Alert | undefined {
  try {
    const parsed = z.safeDecode(wireAlert, JSON.parse(text) as z.input<typeof wireAlert>)
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function noticeOf(row: Row): readonly Notice[] {
  const alert = alertOf(String(row['body']))
  return alert ? [{ id: Number(row['id']), atMs: Number(row['at_ms']), read: row['seen'] === 1, alert }] : []
}

/** The notices of migration 13. @param guard turns what SQLite throws into a StorageFailure */
export function alertTables(db: Database.Database, guard: <T>(run: () => T) => T): AlertStorage {
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  const run = (sql: string, ...params: unknown[]) => guard(() => void db.prepare(sql).run(...params))
  return {
    notices: (genesis, limit) =>
      all('select * from notices where genesis = ? order by id desc limit ?', genesis, limit).flatMap(noticeOf),
    unreadNotices: (genesis) =>
      Number(all('select count(*) as n from notices where genesis = ? and seen = 0', genesis)[0]?.['n'] ?? 0),
    putNotice: (genesis, { alert, atMs, notBefore }) =>
      guard(() =>
        db.transaction(() => {
          const thing = alertKey(alert)
          const same = db.prepare(SAME).get(genesis, thing) as Row | undefined
          if (same && (same['open'] === 1 || Number(same['at_ms']) > notBefore)) return undefined
          const body = JSON.stringify(z.encode(wireAlert, alert))
          const { lastInsertRowid } = db.prepare(PUT).run(genesis, thing, atMs, body)
          db.prepare(KEEP).run(KEPT)
          return { id: Number(lastInsertRowid), atMs, read: false, alert }
        })(),
      ),
    closeNotice: (genesis, alert) =>
      run('update notices set open = 0 where genesis = ? and thing = ? and open = 1', genesis, alertKey(alert)),
    markNoticesRead: (genesis, upTo) =>
      run('update notices set seen = 1 where genesis = ? and id <= ? and seen = 0', genesis, upTo),
  }
}
