import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { alpha, netuid, type Ss58, ss58 } from '../../shared/units/amounts.ts'
import { accountTables } from './account-tables.ts'
import { addressTables } from './address-tables.ts'
import { alertTables } from './alert-tables.ts'
import type { GapClosing } from './earnings-gaps.port.ts'
import { earningsGapsTable } from './earnings-gaps-table.ts'
import { EarningsSums } from './earnings-sums.ts'
import { earningsViews } from './earnings-views.ts'
import { spanFromText, spanToText } from './epoch-columns.ts'
import { epochParams, epochRowOf, INSERT_EPOCH } from './epoch-table.ts'
import { lockFolder } from './folder-lock.ts'
import { ledgerTables } from './ledger-tables.ts'
import { marketTables } from './market-tables.ts'
import { first } from './migrations/0001-first.ts'
import { addresses } from './migrations/0002-addresses.ts'
import { accounts } from './migrations/0003-accounts.ts'
import { markets } from './migrations/0004-markets.ts'
import { ledger } from './migrations/0005-ledger.ts'
import { moveQueues } from './migrations/0006-move-queues.ts'
import { orders } from './migrations/0007-orders.ts'
import { measured } from './migrations/0008-measured.ts'
import { books } from './migrations/0009-books.ts'
import { epochParts } from './migrations/0010-epoch-parts.ts'
import { earningsSums } from './migrations/0011-earnings-sums.ts'
import { earningsGaps } from './migrations/0012-earnings-gaps.ts'
import { placesAndAlerts } from './migrations/0013-places-and-alerts.ts'
import { profit } from './migrations/0014-profit.ts'
import { placeLists } from './migrations/0015-place-lists.ts'
import { redRows } from './migrations/0016-red-rows.ts'
import { profitPause } from './migrations/0017-profit-pause.ts'
import { openDatabase, storageFailure } from './open-database.ts'
import { orderTables } from './order-tables.ts'
import { placeListTables } from './place-list-tables.ts'
import { placeTables } from './place-tables.ts'
import { profitTables } from './profit-tables.ts'
import { queueTables } from './queue-tables.ts'
import { recordFromText, recordToText, settingsFromText } from './records.ts'
import type { PositionMark, StoragePort } from './storage.port.ts'

/** In order; the file's `user_version` counts how many it has. */
const MIGRATIONS = [
  first,
  addresses,
  accounts,
  markets,
  ledger,
  moveQueues,
  orders,
  measured,
  books,
  epochParts,
  earningsSums,
  earningsGaps,
  placesAndAlerts,
  profit,
  placeLists,
  redRows,
  profitPause,
]

type Row = Record<string, string | number | null>
const text = (value: string | number | null | undefined): string => String(value ?? '')
const whole = (value: string | number | null | undefined): number => Number(value ?? 0)

const markOf = (r: Row): PositionMark => ({
  genesis: text(r['genesis']),
  coldkey: ss58(text(r['coldkey'])),
  hotkey: ss58(text(r['hotkey'])),
  netuid: netuid(whole(r['netuid'])),
  block: whole(r['block']),
  alpha: alpha(BigInt(text(r['alpha']))),
  flows: BigInt(text(r['flows'])),
  ...(r['span'] == null ? {} : { span: spanFromText(r['span']) }),
})

const markParams = (mark: PositionMark) => ({
  ...mark,
  alpha: mark.alpha.toString(),
  flows: mark.flows.toString(),
  span: spanToText(mark.span),
})

const PUT_MARK =
  'insert into position_marks values (@genesis, @coldkey, @hotkey, @netuid, @block, @alpha, @flows, @span)'
const PUT_THROUGH = `insert into booked_through values (?, ?, ?)
  on conflict (genesis, coldkey) do update set block = excluded.block`

function openFolder(folder: string, path: string, migrations: readonly string[]) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const db = openDatabase(path, migrations)
    const close = () => {
      db.close()
      unlock()
    }
    return { db, close }
  } catch (cause) {
    unlock()
    throw cause
  }
}

const guardOf =
  (path: string) =>
  <T>(run: () => T): T => {
    try {
      return run()
    } catch (cause) {
      throw storageFailure(path, cause)
    }
  }

type Guard = <T>(run: () => T) => T

function transactionTable(
  db: Database.Database,
  guard: Guard,
): Pick<StoragePort, 'saveTransaction' | 'transactions' | 'pendingTransactions' | 'transactionOf'> {
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  return {
    saveTransaction: (record: TransactionRecord) =>
      guard(() => {
        db.prepare(
          'insert into transactions values (?, ?, ?, ?) on conflict (id) do update set body = excluded.body',
        ).run(record.id, record.genesis, record.startedAtMs, recordToText(record))
      }),
    transactions: (genesis, limit) =>
      all(
        'select body from transactions where genesis = ? order by started_at_ms desc, id limit ?',
        genesis,
        limit,
      ).flatMap((row) => recordFromText(text(row['body'])) ?? []),
    pendingTransactions: (genesis) =>
      all(
        `select body from transactions where genesis = ? and json_extract(body, '$.stage') not in ('finalized', 'failed')
         order by started_at_ms, id`,
        genesis,
      ).flatMap((row) => recordFromText(text(row['body'])) ?? []),
    transactionOf: (genesis, preparedId) => {
      const sql = `select body from transactions where genesis = ? and json_extract(body, '$.preparedId') = ?`
      const [found] = all(sql, genesis, preparedId)
      return found && recordFromText(text(found['body']))
    },
  }
}

/**
 * Everything that stays, in one SQLite file. As long as it is open, no other host can open this folder.
 * @param folder made if absent
 * @param migrations those of this version, unless a test brings others
 * @throws StorageFailure
 */
export function sqliteStorage(folder: string, migrations: readonly string[] = MIGRATIONS): StoragePort {
  const path = join(folder, 'taoforge.sqlite')
  const guard = guardOf(path)
  const { db, close } = guard(() => openFolder(folder, path, migrations))
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  const { bookReward, ...ledgerStorage } = ledgerTables(db, guard)
  const gaps = earningsGapsTable(db)
  const sums = new EarningsSums(db)
  guard(() => sums.makeIfMissing())
  const epochRows = (genesis: string, coldkey: Ss58, limit: number) =>
    all(
      'select * from epoch_rows where genesis = ? and coldkey = ? order by epoch_block desc, netuid limit ?',
      genesis,
      coldkey,
      limit,
    ).map(epochRowOf)

  /** A row that was booked before stays as it is, in both books. */
  const putRows = (rows: readonly EpochRow[], closes?: GapClosing) => {
    const fresh = rows.filter((row) => db.prepare(INSERT_EPOCH).run(epochParams(row)).changes > 0)
    for (const row of fresh) bookReward(row)
    sums.add(fresh)
    if (closes) gaps.close(closes)
  }

  return {
    ...addressTables(db, guard),
    ...accountTables(db, guard),
    ...queueTables(db, guard),
    ...placeListTables(db, guard),
    ...marketTables(db, guard),
    ...orderTables(db, guard),
    ...profitTables(db, guard),
    ...alertTables(db, guard),
    ...placeTables(db, guard),
    ...earningsViews(db, guard),
    ...ledgerStorage,
    settings(): Settings {
      const row = guard(() => db.prepare('select body from settings where id = 1').get() as Row | undefined)
      return row ? settingsFromText(text(row['body'])) : DEFAULT_SETTINGS
    },
    saveSettings: (settings) =>
      guard(() => {
        db.prepare('insert into settings values (1, ?) on conflict (id) do update set body = excluded.body').run(
          JSON.stringify(settings),
        )
      }),
    ...transactionTable(db, guard),
    marks: (genesis, coldkey) =>
      all('select * from position_marks where genesis = ? and coldkey = ?', genesis, coldkey).map(markOf),
    bookedThrough: (genesis, coldkey) => {
      const found = all('select block from booked_through where genesis = ? and coldkey = ?', genesis, coldkey)[0]
      return found ? whole(found['block']) : undefined
    },
    earningsGaps: (genesis, coldkey) => guard(() => gaps.gaps(genesis, coldkey)),
    bookEpochs: ({ genesis, coldkey, rows, marks, throughBlock, gap }) =>
      guard(() =>
        db.transaction(() => {
          putRows(rows)
          if (gap) gaps.put(genesis, coldkey, gap)
          db.prepare('delete from position_marks where genesis = ? and coldkey = ?').run(genesis, coldkey)
          for (const mark of marks) db.prepare(PUT_MARK).run(markParams(mark))
          db.prepare(PUT_THROUGH).run(genesis, coldkey, throughBlock)
        })(),
      ),
    bookPastEpochs: (rows, closes) => guard(() => db.transaction(() => putRows(rows, closes))()),
    epochRows,
    close,
  }
}
