import type Database from 'better-sqlite3'
import { EARNING_KINDS, type EarningKind } from '../../shared/earnings/kinds.ts'
import { boundsOf, type DaySpan } from '../../shared/earnings/ranges.ts'
import { netuid } from '../../shared/units/amounts.ts'
import {
  added,
  alphaOfKind,
  figureOf,
  NOTHING_SUMMED,
  SUM_COLUMNS,
  type Summed,
  summedFrom,
  taoOfKind,
} from './earnings-columns.ts'
import { CUBES, DAYS_TOGETHER } from './earnings-sums.ts'
import type {
  EarningsDay,
  EarningsFilter,
  EarningsGroup,
  EarningsSum,
  EarningsViewStorage,
  EpochsAsk,
  PositionEnds,
} from './earnings-views.port.ts'
import { epochRowOf } from './epoch-table.ts'
import { KeyBook, type Row } from './ledger-rows.ts'
import type { EarningsTotal, StoragePort } from './storage.port.ts'

/** A stretch of slots of one level, both included. */
interface Piece {
  readonly level: 0 | 1
  readonly from: number
  readonly to: number
}
const FIRST_DAY = 0

/** As many whole slots of 32 days as fit, and the days at both ends. */
export function piecesOf({ from = FIRST_DAY, to }: DaySpan): readonly Piece[] {
  const firstWhole = Math.ceil(from / DAYS_TOGETHER)
  const lastWhole = Math.floor((to + 1) / DAYS_TOGETHER) - 1
  if (firstWhole > lastWhole) return [{ level: 0, from, to }]
  const pieces: readonly Piece[] = [
    { level: 0, from, to: firstWhole * DAYS_TOGETHER - 1 },
    { level: 1, from: firstWhole, to: lastWhole },
    { level: 0, from: (lastWhole + 1) * DAYS_TOGETHER, to },
  ]
  return pieces.filter((piece) => piece.from <= piece.to)
}

const SUMS = SUM_COLUMNS.map((name) => `sum(${name})`).join(', ')
const WHERE = 'chain = @chain and account = @account and cube = @cube and level = @level and slot between @from and @to'

interface Asked {
  readonly filter: EarningsFilter
  readonly cube: number
  readonly pieces: readonly Piece[]
  /** What is told apart, before the sums: a column, or none. */
  readonly by: '' | 'netuid' | 'hotkey' | 'slot'
}

class Views {
  readonly #db: Database.Database
  readonly #keys: KeyBook

  constructor(db: Database.Database) {
    this.#db = db
    this.#keys = new KeyBook(db)
  }

  #chain(genesis: string): number | undefined {
    const row = this.#db.prepare('select id from ledger_chains where genesis = ?').get(genesis) as Row | undefined
    return row && Number(row['id'])
  }

  /** What every query of an account is asked with; `undefined` where the file has nothing of it. */
  #ids({ genesis, hotkey, netuid: id }: EarningsFilter, account: EarningsFilter['accounts'][number]) {
    const [chain, key] = [this.#chain(genesis), this.#keys.known(account)]
    const hotkeyId = hotkey === undefined ? undefined : this.#keys.known(hotkey)
    if (chain === undefined || key === undefined || (hotkey !== undefined && hotkeyId === undefined)) return undefined
    return {
      chain,
      account: key,
      ...(id === undefined ? {} : { netuid: id }),
      ...(hotkeyId === undefined ? {} : { hotkey: hotkeyId }),
    }
  }

  /** Sums of one account, by the column that is told apart. */
  #sums({ filter, cube, pieces, by }: Asked, account: EarningsFilter['accounts'][number]): Map<number, Summed> {
    const found = new Map<number, Summed>()
    const ids = this.#ids(filter, account)
    if (!ids) return found
    const sql = `select ${by === '' ? '0' : by}, ${SUMS} from earnings_sums where ${WHERE} ${narrowed(filter, by)} ${by === '' ? '' : `group by ${by}`}`
    const select = this.#db.prepare(sql).raw().safeIntegers()
    for (const piece of pieces)
      for (const [key, ...sums] of select.all({ ...ids, cube, ...piece }) as bigint[][]) {
        const name = Number(key)
        // A sum of no rows is null.
        if (sums[0] != null) found.set(name, added(found.get(name) ?? NOTHING_SUMMED, summedFrom(sums)))
      }
    return found
  }

  sum(filter: EarningsFilter, span: DaySpan): Summed {
    const asked = { filter, cube: cubeOf(filter), pieces: piecesOf(span), by: '' } as const
    return filter.accounts.flatMap((account) => [...this.#sums(asked, account).values()]).reduce(added, NOTHING_SUMMED)
  }

  groups(filter: EarningsFilter, span: DaySpan, group: EarningsGroup): ReadonlyMap<string, Summed> {
    const groups = new Map<string, Summed>()
    const put = (key: string, sum: Summed) => groups.set(key, added(groups.get(key) ?? NOTHING_SUMMED, sum))
    const by = group === 'subnet' ? 'netuid' : group === 'hotkey' ? 'hotkey' : ''
    const asked = { filter, cube: cubeOf(filter, by), pieces: piecesOf(span), by } as const
    for (const account of filter.accounts)
      for (const [key, sum] of this.#sums(asked, account))
        put(group === 'wallet' ? account : group === 'hotkey' ? this.#keys.addressOf(key) : String(key), sum)
    return groups
  }

  days(filter: EarningsFilter, span: DaySpan): readonly (readonly [number, Summed])[] {
    const days = new Map<number, Summed>()
    const pieces = [{ level: 0, from: span.from ?? FIRST_DAY, to: span.to }] as const
    const asked = { filter, cube: cubeOf(filter), pieces, by: 'slot' } as const
    for (const account of filter.accounts)
      for (const [day, sum] of this.#sums(asked, account)) days.set(day, added(days.get(day) ?? NOTHING_SUMMED, sum))
    return [...days].sort(([a], [b]) => a - b)
  }

  /** The last price of each day of a subnet. */
  prices(filter: EarningsFilter, span: DaySpan): ReadonlyMap<number, bigint> {
    const prices = new Map<number, bigint>()
    if (filter.netuid === undefined) return prices
    const select = this.#db.prepare(
      `select slot, last_price from earnings_sums where ${WHERE} and netuid = @netuid and last_price is not null`,
    )
    for (const account of filter.accounts) {
      const ids = this.#ids({ genesis: filter.genesis, accounts: [], netuid: filter.netuid }, account)
      if (!ids) continue
      const rows = select.all({
        ...ids,
        cube: CUBES.netuid,
        level: 0,
        from: span.from ?? FIRST_DAY,
        to: span.to,
      }) as Row[]
      for (const row of rows) prices.set(Number(row['slot']), BigInt(String(row['last_price'])))
    }
    return prices
  }

  ends(filter: EarningsFilter & { readonly netuid: number }, span: DaySpan): readonly PositionEnds[] {
    const narrow = filter.hotkey === undefined ? '' : 'and hotkey = @hotkey'
    const select = this.#db.prepare(
      `select hotkey, first_at, first_stake, first_price, last_at, last_stake, last_price from earnings_sums
       where ${WHERE} and netuid = @netuid ${narrow}`,
    )
    const ends = new Map<string, PositionEnds>()
    for (const account of filter.accounts) {
      const ids = this.#ids(filter, account)
      if (!ids) continue
      for (const piece of piecesOf(span))
        for (const row of select.all({ ...ids, cube: CUBES.both, ...piece }) as Row[]) {
          const hotkey = this.#keys.addressOf(Number(row['hotkey']))
          const one = {
            account,
            netuid: netuid(filter.netuid),
            hotkey,
            first: edgeOf(row, 'first'),
            last: edgeOf(row, 'last'),
          }
          const key = `${account}/${hotkey}`
          const before = ends.get(key)
          ends.set(key, {
            ...one,
            first: before && before.first.atMs <= one.first.atMs ? before.first : one.first,
            last: before && before.last.atMs > one.last.atMs ? before.last : one.last,
          })
        }
    }
    return [...ends.values()]
  }

  totals(genesis: string, account: EarningsFilter['accounts'][number]): readonly EarningsTotal[] {
    const ids = this.#ids({ genesis, accounts: [] }, account)
    if (!ids) return []
    const select = this.#db.prepare(
      `select netuid, hotkey, ${SUMS} from earnings_sums where ${WHERE} group by netuid, hotkey`,
    )
    const all = { cube: CUBES.both, level: 1, from: FIRST_DAY, to: Number.MAX_SAFE_INTEGER }
    const rows = select
      .raw()
      .safeIntegers()
      .all({ ...ids, ...all }) as bigint[][]
    const rowAt = (order: 'asc' | 'desc') =>
      this.#db.prepare(
        `select epoch_block, source from epoch_rows where genesis = ? and coldkey = ? and hotkey = ? and netuid = ?
         order by epoch_block ${order} limit 1`,
      )
    const [first, last] = [rowAt('asc'), rowAt('desc')]
    return rows.map(([id, key, ...columns]) => {
      const { alpha, tao, epochs, unpriced } = told(summedFrom(columns))
      const hotkey = this.#keys.addressOf(Number(key))
      const of = [genesis, account, hotkey, Number(id)]
      return {
        netuid: netuid(Number(id)),
        hotkey,
        source: (last.get(of) as Row)['source'] === 'mined' ? 'mined' : 'staked',
        earned: ofAll(alpha),
        earnedTao: unpriced === 0 ? ofAll(tao) : undefined,
        epochs,
        sinceBlock: Number((first.get(of) as Row)['epoch_block']),
      }
    })
  }

  /** How many rows each day has, newest first. */
  #counts(filter: EarningsFilter, span: DaySpan, onlyRed: boolean): readonly (readonly [number, number])[] {
    const days = new Map<number, number>()
    const select = this.#db
      .prepare(
        `select slot, ${onlyRed ? 'red_rows' : 'rows'} from earnings_sums where ${WHERE} ${narrowed(filter, 'slot')}`,
      )
      .raw()
    const of = { cube: cubeOf(filter), level: 0, from: span.from ?? FIRST_DAY, to: span.to }
    for (const account of filter.accounts) {
      const ids = this.#ids(filter, account)
      if (!ids) continue
      for (const [day = 0, count = 0] of select.all({ ...ids, ...of }) as number[][])
        days.set(day, (days.get(day) ?? 0) + count)
    }
    return [...days].sort(([a], [b]) => b - a)
  }

  /** What was ever told apart, without its sums. */
  seen(filter: EarningsFilter, by: 'netuid' | 'hotkey'): readonly string[] {
    const select = this.#db.prepare(`select distinct ${by} from earnings_sums where ${WHERE}`).pluck()
    const of = { cube: CUBES[by], level: 1, from: FIRST_DAY, to: Number.MAX_SAFE_INTEGER }
    const found = filter.accounts.flatMap((account) => {
      const ids = this.#ids(filter, account)
      return ids ? (select.all({ ...ids, ...of }) as number[]) : []
    })
    return [...new Set(found)].map((key) => (by === 'hotkey' ? this.#keys.addressOf(key) : String(key)))
  }

  /** Days that are passed over are counted by their sums: only the day where the page begins is walked through. */
  page({ span, onlyRed, offset, limit, ...filter }: EpochsAsk): readonly Row[] {
    const rows: Row[] = []
    let skip = offset
    for (const [day, here] of this.#counts(filter, span, onlyRed)) {
      if (skip >= here) {
        skip -= here
        continue
      }
      rows.push(...this.#ofDay(filter, { day, onlyRed }).slice(skip, skip + limit - rows.length))
      skip = 0
      if (rows.length >= limit) break
    }
    return rows.map((row) => this.#row(filter.genesis, row)).filter((row) => row !== undefined)
  }

  #ofDay(
    filter: EarningsFilter,
    { day, onlyRed }: { readonly day: number; readonly onlyRed: boolean },
  ): readonly Row[] {
    const narrow = `${filter.netuid === undefined ? '' : 'and netuid = @netuid'} ${filter.hotkey === undefined ? '' : 'and hotkey = @hotkey'}`
    const select = this.#db.prepare(
      `select * from earnings_order ${onlyRed ? 'indexed by earnings_red' : ''} where chain = @chain and account = @account
       and at_ms >= @fromMs and at_ms < @toMs ${narrow} ${onlyRed ? 'and red = 1' : ''}`,
    )
    const rows = filter.accounts.flatMap((account) => {
      const ids = this.#ids(filter, account)
      return ids ? (select.all({ ...ids, ...boundsOf({ from: day, to: day }) }) as Row[]) : []
    })
    return rows.sort(byNewest)
  }

  #row(genesis: string, order: Row): Row | undefined {
    const of = (name: string) => this.#keys.addressOf(Number(order[name]))
    return this.#db
      .prepare(
        'select * from epoch_rows where genesis = ? and coldkey = ? and hotkey = ? and netuid = ? and epoch_block = ?',
      )
      .get(genesis, of('account'), of('hotkey'), order['netuid'], order['block']) as Row | undefined
  }
}

/** What is not told apart stands as -1; named, it lets the index find what is asked for. */
function narrowed({ netuid: id, hotkey }: EarningsFilter, by: Asked['by']): string {
  if (id === undefined && hotkey === undefined) return ''
  const parts = [
    id !== undefined ? 'and netuid = @netuid' : by === 'netuid' ? '' : 'and netuid = -1',
    hotkey !== undefined ? 'and hotkey = @hotkey' : by === 'hotkey' ? '' : 'and hotkey = -1',
  ]
  return parts.join(' ')
}

const ORDER = ['at_ms', 'block', 'netuid', 'account', 'hotkey'] as const
function byNewest(a: Row, b: Row): number {
  for (const name of ORDER) {
    const apart = Number(b[name]) - Number(a[name])
    if (apart !== 0) return apart
  }
  return 0
}

/** The sums that tell apart what is asked for, and no more. */
function cubeOf({ netuid: id, hotkey }: EarningsFilter, by: Asked['by'] = ''): number {
  const [isSubnet, isHotkey] = [id !== undefined || by === 'netuid', hotkey !== undefined || by === 'hotkey']
  if (isSubnet) return isHotkey ? CUBES.both : CUBES.netuid
  return isHotkey ? CUBES.hotkey : CUBES.all
}

const edgeOf = (row: Row, edge: 'first' | 'last') => ({
  atMs: Number(row[`${edge}_at`]),
  stake: BigInt(String(row[`${edge}_stake`])),
  ...(row[`${edge}_price`] == null ? {} : { price: BigInt(String(row[`${edge}_price`])) }),
})

const byKind = (of: (index: number) => bigint) =>
  Object.fromEntries(EARNING_KINDS.map((kind, index) => [kind, of(index)])) as Record<EarningKind, bigint>

const ofAll = (kinds: EarningsSum['tao']): bigint => EARNING_KINDS.reduce((all, kind) => all + kinds[kind], 0n)

const told = (sum: Summed): EarningsSum => ({
  alpha: byKind((index) => alphaOfKind(sum, index)),
  tao: byKind((index) => taoOfKind(sum, index)),
  flows: figureOf(sum, 'flows'),
  feeAlpha: figureOf(sum, 'feeAlpha'),
  feeTao: figureOf(sum, 'feeTao'),
  unexplained: figureOf(sum, 'unexplained'),
  red: figureOf(sum, 'red'),
  rows: Number(figureOf(sum, 'rows')),
  epochs: Number(figureOf(sum, 'epochs')),
  unpriced: Number(figureOf(sum, 'unpriced')),
  redRows: Number(figureOf(sum, 'redRows')),
  roundedRows: Number(figureOf(sum, 'roundedRows')),
  untoldRows: Number(figureOf(sum, 'untoldRows')),
})

export function earningsViews(
  db: Database.Database,
  guard: <T>(run: () => T) => T,
): EarningsViewStorage & Pick<StoragePort, 'earningsTotals'> {
  const views = new Views(db)
  return {
    earningsSum: (filter, span) => guard(() => told(views.sum(filter, span))),
    earningsGroups: (filter, span, by) =>
      guard(() => [...views.groups(filter, span, by)].map(([key, sum]) => ({ key, sum: told(sum) }))),
    earningsSeen: (filter, by) => guard(() => views.seen(filter, by === 'subnet' ? 'netuid' : 'hotkey')),
    earningsDays: (filter, span) =>
      guard((): readonly EarningsDay[] => {
        const prices = views.prices(filter, span)
        return views.days(filter, span).map(([day, sum]) => ({ day, ...told(sum), price: prices.get(day) }))
      }),
    earningsEnds: (filter, span) => guard(() => views.ends(filter, span)),
    earningsTotals: (genesis, coldkey) => guard(() => views.totals(genesis, coldkey)),
    epochsPage: (ask) => guard(() => views.page(ask).map(epochRowOf)),
  }
}
