import type Database from 'better-sqlite3'
import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import { dayOf } from '../../shared/earnings/ranges.ts'
import { added, columnsOf, SUM_COLUMNS, type Summed, summedOf } from './earnings-columns.ts'
import { epochRowOf } from './epoch-table.ts'
import { KeyBook, type Row } from './ledger-rows.ts'

/** Days of a slot of level 1. */
export const DAYS_TOGETHER = 32
/** Stands for what a sum does not tell apart. */
export const ANY = -1
export const CUBES = { all: 0, netuid: 1, hotkey: 2, both: 3 } as const

/** Rows that are summed in memory before they are written. */
const AT_ONCE = 20_000

interface Edge {
  readonly atMs: number
  readonly stake: bigint
  readonly price: bigint | undefined
}
interface Cell {
  readonly key: readonly number[]
  sum: Summed
  first: Edge
  last: Edge
}

const KEY = ['chain', 'account', 'cube', 'level', 'slot', 'netuid', 'hotkey']
const EDGES = ['first_at', 'first_stake', 'first_price', 'last_at', 'last_stake', 'last_price']
const ALL = [...KEY, ...SUM_COLUMNS, ...EDGES]
const kept = (edge: 'first' | 'last', is: '<' | '>='): string =>
  ['at', 'stake', 'price']
    .map(
      (of) =>
        `${edge}_${of} = case when excluded.${edge}_at ${is} ${edge}_at then excluded.${edge}_${of} else ${edge}_${of} end`,
    )
    .join(', ')
const PUT = `insert into earnings_sums (${ALL.join(', ')}) values (${ALL.map(() => '?').join(', ')})
  on conflict (${KEY.join(', ')}) do update set ${SUM_COLUMNS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')},
  ${kept('first', '<')}, ${kept('last', '>=')}`

/**
 * Keeps the sums and the order of epochs beside their rows. Rows are only ever added; each is given once, in the transaction that
 * writes it.
 */
export class EarningsSums {
  readonly #db: Database.Database

  constructor(db: Database.Database) {
    this.#db = db
  }

  /** Where a file has rows and no sums: it is from an earlier version. All or nothing. */
  makeIfMissing(): void {
    const has = (sql: string) => this.#db.prepare(`select 1 from ${sql} limit 1`).get() !== undefined
    // A test may stop before the migration that makes them.
    if (!has("sqlite_schema where name = 'earnings_order'")) return
    if (!has('epoch_rows') || has('earnings_order')) return
    this.#db.transaction(() => {
      let rows: EpochRow[] = []
      // Read whole: nothing can be written over this connection while rows are read from it.
      const keys = this.#db.prepare('select distinct genesis, coldkey, hotkey, netuid from epoch_rows').all() as Row[]
      const of = this.#db.prepare(
        'select * from epoch_rows where genesis = @genesis and coldkey = @coldkey and hotkey = @hotkey and netuid = @netuid',
      )
      for (const key of keys) {
        rows = rows.concat((of.all(key) as Row[]).map(epochRowOf))
        if (rows.length < AT_ONCE) continue
        this.add(rows)
        rows = []
      }
      this.add(rows)
    })()
  }

  add(rows: readonly EpochRow[]): void {
    if (rows.length === 0) return
    const keys = new KeyBook(this.#db)
    const chains = new Map<string, number>()
    const cells = new Map<string, Cell>()
    const order = this.#db.prepare('insert into earnings_order values (?, ?, ?, ?, ?, ?, ?)')
    for (const row of rows) {
      const chain = chains.get(row.genesis) ?? this.#chain(row.genesis)
      chains.set(row.genesis, chain)
      const [account, hotkey] = [keys.idOf(row.coldkey), keys.idOf(row.hotkey)]
      order.run(chain, account, row.atMs, row.epochBlock, row.netuid, hotkey, redOf(row) === 0n ? 0 : 1)
      sumUp(cells, row, { chain, account, hotkey })
    }
    const put = this.#db.prepare(PUT)
    for (const { key, sum, first, last } of cells.values())
      put.run(...key, ...columnsOf(sum), ...edgeColumns(first), ...edgeColumns(last))
  }

  #chain(genesis: string): number {
    this.#db.prepare('insert or ignore into ledger_chains (genesis) values (?)').run(genesis)
    return Number((this.#db.prepare('select id from ledger_chains where genesis = ?').get(genesis) as Row)['id'])
  }
}

interface Ids {
  readonly chain: number
  readonly account: number
  readonly hotkey: number
}

function sumUp(cells: Map<string, Cell>, row: EpochRow, { chain, account, hotkey }: Ids): void {
  const sum = summedOf(row)
  const first = { atMs: row.atMs, stake: row.stakeBefore, price: row.price }
  const last = { atMs: row.atMs, stake: row.stakeAfter, price: row.price }
  const day = dayOf(row.atMs)
  for (const [level, slot] of [
    [0, day],
    [1, Math.floor(day / DAYS_TOGETHER)],
  ] as const)
    for (const [cube, netuid, of] of [
      [CUBES.all, ANY, ANY],
      [CUBES.netuid, row.netuid, ANY],
      [CUBES.hotkey, ANY, hotkey],
      [CUBES.both, row.netuid, hotkey],
    ] as const) {
      const key = [chain, account, cube, level, slot, netuid, of]
      const name = key.join()
      const found = cells.get(name)
      if (!found) {
        cells.set(name, { key, sum, first, last })
        continue
      }
      found.sum = added(found.sum, sum)
      if (first.atMs < found.first.atMs) found.first = first
      if (last.atMs >= found.last.atMs) found.last = last
    }
}

const edgeColumns = ({ atMs, stake, price }: Edge) => [atMs, stake.toString(), price?.toString() ?? null]
