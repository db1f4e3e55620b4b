import type Database from 'better-sqlite3'
import { type AddressEntry, nameKey } from '../../shared/addresses/address-book.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import type { AddressStorage, SeenTransfer } from './address-storage.port.ts'

type Row = Record<string, string | number | null>
const text = (value: string | number | null | undefined): string => String(value ?? '')
const whole = (value: string | number | null | undefined): number => Number(value ?? 0)

const entryOf = (row: Row): AddressEntry => ({
  address: ss58(text(row['address'])),
  name: text(row['name']),
  note: text(row['note']),
  addedAtMs: whole(row['added_at_ms']),
})
const transferOf = (row: Row): SeenTransfer => ({
  block: whole(row['block']),
  position: whole(row['position']),
  from: ss58(text(row['sender'])),
  to: ss58(text(row['recipient'])),
  amount: BigInt(text(row['amount'])),
})

const PUT_ENTRY = `insert into address_book values (@network, @address, @name, @nameKey, @note, @addedAtMs)
  on conflict (network, address) do update set name = excluded.name, name_key = excluded.name_key, note = excluded.note`
const PUT_THROUGH = `insert into transfers_through values (?, ?)
  on conflict (genesis) do update set block = excluded.block`

/** The tables of migration 2. @param guard turns what SQLite throws into a StorageFailure */
export function addressTables(db: Database.Database, guard: <T>(run: () => T) => T): AddressStorage {
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  return {
    addressBook: (network) =>
      all('select * from address_book where network = ? order by name_key', network).map(entryOf),
    putAddresses: (network, entries) =>
      guard(() =>
        db.transaction(() => {
          const put = db.prepare(PUT_ENTRY)
          for (const entry of entries) put.run({ ...entry, network, nameKey: nameKey(entry.name) })
        })(),
      ),
    removeAddress: (network, address) =>
      guard(
        () =>
          db.prepare('delete from address_book where network = ? and address = ?').run(network, address).changes > 0,
      ),
    seenTransfers: (genesis, limit) =>
      all(
        'select * from transfers_seen where genesis = ? order by block desc, position desc limit ?',
        genesis,
        limit,
      ).map(transferOf),
    seenThrough: (genesis) => {
      const [found] = all('select block from transfers_through where genesis = ?', genesis)
      return found ? whole(found['block']) : undefined
    },
    saveSeenTransfers: (genesis, transfers, throughBlock) =>
      guard(() =>
        db.transaction(() => {
          const put = db.prepare('insert or ignore into transfers_seen values (?, ?, ?, ?, ?, ?)')
          for (const t of transfers) put.run(genesis, t.block, t.position, t.from, t.to, t.amount.toString())
          db.prepare(PUT_THROUGH).run(genesis, throughBlock)
        })(),
      ),
  }
}
