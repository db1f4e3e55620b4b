import type Database from 'better-sqlite3'
import type { OwnPlace } from '../../shared/registration/watch.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import type { PlaceStorage } from './place-storage.port.ts'

type Row = Record<string, string | number | null>
const whole = (row: Row, column: string): number => Number(row[column] ?? 0)

const CHAIN = 'select id from market_chains where genesis = ?'
/** SQLite gets each number of JavaScript as a float, hence the cast. */
const THIN = `delete from place_prices where chain = @chain and block < @olderThan and block not in (
  select min(block) from place_prices where chain = @chain and block < @olderThan group by block / cast(@every as integer))`
/** A span that ends where the new one begins, or within it. */
const BEFORE = `select from_block, to_block from blocks_watched where chain = ? and from_block <= ? and to_block >= ? - 1
  order by from_block limit 1`

const ownPlaceOf = (row: Row): OwnPlace => ({
  netuid: netuid(whole(row, 'netuid')),
  uid: whole(row, 'uid'),
  hotkey: ss58(String(row['hotkey'])),
  registeredAt: whole(row, 'registered_at'),
})

type Guard = <T>(run: () => T) => T
type Reading = 'lastPlacePrices' | 'placePrices' | 'watchedSpans' | 'registrations' | 'ownPlaces'

function readingTables(db: Database.Database, guard: Guard): Pick<PlaceStorage, Reading> {
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  const ofChain = (genesis: string, sql: string, ...params: unknown[]) => {
    const [chain] = all(CHAIN, genesis)
    return chain ? all(sql, chain['id'], ...params) : []
  }
  return {
    lastPlacePrices: (genesis) =>
      ofChain(genesis, 'select max(block) as block from place_prices where chain = ?')
        .filter((row) => row['block'] !== null)
        .map((row) => whole(row, 'block'))[0],
    placePrices: (genesis, id, fromBlock) =>
      ofChain(
        genesis,
        'select block, price from place_prices where chain = ? and netuid = ? and block >= ? order by block',
        id,
        fromBlock,
      ).map((row) => ({ block: whole(row, 'block'), price: rao(BigInt(row['price'] ?? 0)) })),
    watchedSpans: (genesis, fromBlock) =>
      ofChain(
        genesis,
        'select from_block, to_block from blocks_watched where chain = ? and to_block >= ? order by from_block',
        fromBlock,
      ).map((row) => ({ from: whole(row, 'from_block'), to: whole(row, 'to_block') })),
    registrations: (genesis, id, fromBlock) =>
      ofChain(
        genesis,
        'select block, uid from registrations_seen where chain = ? and netuid = ? and block >= ? order by block, uid',
        id,
        fromBlock,
      ).map((row) => ({ block: whole(row, 'block'), uid: whole(row, 'uid') })),
    ownPlaces: (genesis) =>
      all('select * from own_places where genesis = ? order by netuid, uid', genesis).map(ownPlaceOf),
  }
}

/** The tables of migration 13, but the notices. @param guard turns what SQLite throws into a StorageFailure */
export function placeTables(db: Database.Database, guard: Guard): PlaceStorage {
  const together = (run: () => void) => guard(() => db.transaction(run)())
  const run = (sql: string, ...params: unknown[]) => void db.prepare(sql).run(...params)
  const chainOf = (genesis: string): number => {
    run('insert or ignore into market_chains (genesis) values (?)', genesis)
    return whole(db.prepare(CHAIN).get(genesis) as Row, 'id')
  }
  return {
    ...readingTables(db, guard),
    recordPlacePrices: (genesis, { block, prices }) =>
      together(() => {
        const chain = chainOf(genesis)
        const put = db.prepare('insert or ignore into place_prices values (?, ?, ?, ?)')
        for (const { netuid: id, price } of prices) put.run(chain, id, block, price.toString())
      }),
    recordRegistrations: (genesis, { from, to }, registrations) =>
      together(() => {
        const chain = chainOf(genesis)
        const before = db.prepare(BEFORE).get(chain, from, from) as Row | undefined
        const start = before ? whole(before, 'from_block') : from
        const end = Math.max(to, before ? whole(before, 'to_block') : to)
        run('insert or replace into blocks_watched values (?, ?, ?)', chain, start, end)
        const put = db.prepare('insert or ignore into registrations_seen values (?, ?, ?, ?)')
        for (const { netuid: id, block, uid } of registrations) put.run(chain, id, block, uid)
      }),
    thinPlacePrices: (genesis, rule) => together(() => void db.prepare(THIN).run({ chain: chainOf(genesis), ...rule })),
    forgetRegistrationsBefore: (genesis, block) =>
      together(() => {
        const chain = chainOf(genesis)
        run('delete from registrations_seen where chain = ? and block < ?', chain, block)
        run('delete from blocks_watched where chain = ? and to_block < ?', chain, block)
        run(
          'update or replace blocks_watched set from_block = ? where chain = ? and from_block < ?',
          block,
          chain,
          block,
        )
      }),
    forgetPlacesAfter: (genesis, block) =>
      together(() => {
        const chain = chainOf(genesis)
        for (const table of ['place_prices', 'registrations_seen'])
          run(`delete from ${table} where chain = ? and block > ?`, chain, block)
        run('delete from blocks_watched where chain = ? and from_block > ?', chain, block)
        run('update blocks_watched set to_block = ? where chain = ? and to_block > ?', block, chain, block)
        run('delete from own_places where genesis = ?', genesis)
      }),
    setOwnPlaces: (genesis, places) =>
      together(() => {
        run('delete from own_places where genesis = ?', genesis)
        for (const { netuid: id, uid, hotkey, registeredAt } of places)
          run('insert into own_places values (?, ?, ?, ?, ?)', genesis, id, uid, hotkey, registeredAt)
      }),
  }
}
