import type Database from 'better-sqlite3'
import type { MarketMoment, MarketPoint } from '../../shared/subnets/market.ts'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'
import type { MarketStorage } from './market-storage.port.ts'

type Row = Record<string, string | number | null>
const whole = (row: Row, column: string): number => Number(row[column] ?? 0)
const units = (row: Row, column: string): bigint => BigInt(row[column] ?? 0)

const momentOf = (row: Row): MarketMoment => ({ block: whole(row, 'block'), atMs: whole(row, 'at_ms') })

const stateOf = (row: Row): Omit<MarketPoint, 'netuid'> => ({
  ...(row['price'] === null ? {} : { price: raoPerAlpha(units(row, 'price')) }),
  taoReserve: rao(units(row, 'tao_in')),
  alphaReserve: alpha(units(row, 'alpha_in')),
  alphaOutside: alpha(units(row, 'alpha_out')),
  ...(row['volume'] === null ? {} : { volume: units(row, 'volume') }),
})

const rowOf = (point: MarketPoint) => ({
  netuid: point.netuid,
  price: point.price?.toString() ?? null,
  taoIn: point.taoReserve.toString(),
  alphaIn: point.alphaReserve.toString(),
  alphaOut: point.alphaOutside.toString(),
  volume: point.volume?.toString() ?? null,
})

const PUT_MOMENT = `insert into market_moments values (?, ?, ?, ?)
  on conflict (chain, block) do update set whole = max(whole, excluded.whole)`
const PUT_POINT = `insert or ignore into market_points values (@chain, @netuid, @block, @price, @taoIn, @alphaIn,
  @alphaOut, @volume)`
/** SQLite gets each number of JavaScript as a float, hence the cast. In each span a look at all subnets is worth more than one at a single subnet. */
const THIN_MOMENTS = `delete from market_moments where chain = @chain and block < @olderThan and block not in (
  select block from (
    select block, row_number() over (partition by block / cast(@every as integer) order by whole desc, block) as place
    from market_moments where chain = @chain and block < @olderThan
  ) where place = 1)`
const THIN_POINTS = `delete from market_points where chain = @chain and block < @olderThan
  and block not in (select block from market_moments where chain = @chain)`
const SAMPLES = `select p.*, m.at_ms from market_points p join market_moments m on m.chain = p.chain and m.block = p.block
  where p.chain = ? and p.netuid = ? and p.block >= ? order by p.block`
const NEAREST = `select block, at_ms from market_moments where chain = ? and whole = 1
  order by abs(at_ms - ?), block limit 1`

const LAST = 'select block, at_ms from market_moments where chain = ? and whole = 1 order by block desc limit 1'
const MARK = 'insert or ignore into favourite_subnets values (?, ?)'
const UNMARK = 'delete from favourite_subnets where genesis = ? and netuid = ?'

/** Turns what SQLite throws into a StorageFailure. */
type Guard = <T>(run: () => T) => T

/** A chain has a number in these tables: its genesis in every row would be most of the file. */
class Chains {
  readonly #db: Database.Database

  constructor(db: Database.Database) {
    this.#db = db
  }

  /** `null` for a chain of which nothing was recorded. */
  find(genesis: string): number | null {
    const row = this.#db.prepare('select id from market_chains where genesis = ?').get(genesis) as Row | undefined
    return row ? whole(row, 'id') : null
  }

  /** The number of a chain; a new one where it has none. */
  of(genesis: string): number | null {
    this.#db.prepare('insert or ignore into market_chains (genesis) values (?)').run(genesis)
    return this.find(genesis)
  }
}

type Writing = 'recordMarket' | 'thinMarket' | 'forgetMarketAfter' | 'recordValidatorEpoch' | 'setFavouriteSubnet'

/** Skips nothing and reads no row: the key begins with what is asked for. */
const LAST_EPOCH = `select epoch_block from validator_epochs where chain = ? and netuid = ?
  order by epoch_block desc limit 1`
const EPOCHS = `select hotkey, dividends, stake from validator_epochs where chain = ? and netuid = ? and epoch_block >= ?
  order by epoch_block`

function readingTables(
  db: Database.Database,
  guard: Guard,
): Pick<MarketStorage, Exclude<keyof MarketStorage, Writing>> {
  const chains = new Chains(db)
  const all = (sql: string, ...params: unknown[]) => guard(() => db.prepare(sql).all(...params) as Row[])
  const ofChain = (genesis: string, sql: string, ...params: unknown[]) => all(sql, chains.find(genesis), ...params)
  return {
    lastMarketMoment: (genesis) => ofChain(genesis, LAST).map(momentOf)[0],
    marketMomentNear: (genesis, atMs) => ofChain(genesis, NEAREST, atMs).map(momentOf)[0],
    marketAt: (genesis, block) =>
      ofChain(genesis, 'select * from market_points where chain = ? and block = ? order by netuid', block).map(
        (row) => ({ netuid: netuid(whole(row, 'netuid')), ...stateOf(row) }),
      ),
    marketSamples: (genesis, id, fromBlock) =>
      ofChain(genesis, SAMPLES, id, fromBlock).map((row) => ({ ...momentOf(row), ...stateOf(row) })),
    lastValidatorEpoch: (genesis, of) => ofChain(genesis, LAST_EPOCH, of).map((row) => whole(row, 'epoch_block'))[0],
    validatorEpochs: (genesis, of, fromBlock) =>
      Map.groupBy(
        ofChain(genesis, EPOCHS, of, fromBlock).map((row) => ({
          hotkey: ss58(String(row['hotkey'])),
          dividends: alpha(units(row, 'dividends')),
          stake: alpha(units(row, 'stake')),
        })),
        ({ hotkey }) => hotkey,
      ),
    favouriteSubnets: (genesis) =>
      all('select netuid from favourite_subnets where genesis = ? order by netuid', genesis).map((row) =>
        netuid(whole(row, 'netuid')),
      ),
  }
}

/** The tables of migration 4. @param guard turns what SQLite throws into a StorageFailure */
export function marketTables(db: Database.Database, guard: Guard): MarketStorage {
  const chains = new Chains(db)
  const together = (run: () => void) => guard(() => db.transaction(run)())
  return {
    ...readingTables(db, guard),
    recordMarket: (genesis, { block, atMs, whole: complete }, points) =>
      together(() => {
        const chain = chains.of(genesis)
        db.prepare(PUT_MOMENT).run(chain, block, atMs, complete ? 1 : 0)
        const put = db.prepare(PUT_POINT)
        for (const point of points) put.run({ chain, block, ...rowOf(point) })
      }),
    thinMarket: (genesis, { olderThan, every }) =>
      together(() => {
        const rule = { chain: chains.of(genesis), olderThan, every }
        db.prepare(THIN_MOMENTS).run(rule)
        db.prepare(THIN_POINTS).run({ chain: rule.chain, olderThan })
      }),
    forgetMarketAfter: (genesis, block) =>
      together(() => {
        const chain = chains.of(genesis)
        for (const table of ['market_moments', 'market_points'])
          db.prepare(`delete from ${table} where chain = ? and block > ?`).run(chain, block)
      }),
    recordValidatorEpoch: (genesis, { netuid: of, epochBlock, keepFrom }, rows) =>
      together(() => {
        const chain = chains.of(genesis)
        const put = db.prepare('insert or ignore into validator_epochs values (?, ?, ?, ?, ?, ?)')
        for (const { hotkey, dividends, stake } of rows)
          put.run(chain, of, epochBlock, hotkey, dividends.toString(), stake.toString())
        db.prepare('delete from validator_epochs where chain = ? and netuid = ? and epoch_block < ?').run(
          chain,
          of,
          keepFrom,
        )
      }),
    setFavouriteSubnet: (genesis, id, favourite) =>
      guard(() => void db.prepare(favourite ? MARK : UNMARK).run(genesis, id)),
  }
}
