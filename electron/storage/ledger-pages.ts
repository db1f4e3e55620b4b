import type Database from 'better-sqlite3'
import { ENTRY_KINDS, placeOf, seqOf } from '../../shared/ledger/entry.ts'
import { entryOf, type KeyBook, type Row } from './ledger-rows.ts'
import type { LedgerAsk, LedgerFilter, StoredEntry } from './ledger-storage.port.ts'

/** Above every place that a block can have. */
const END = Number.MAX_SAFE_INTEGER

interface Bounds {
  /** Both exclusive. */
  readonly above: number
  readonly below: number
}

/**
 * One page of the ledger, by where the last page ended: each account and filter has an index that already has the order,
 * so that a page costs the same at its millionth line as at its first.
 */
export function readPage(db: Database.Database, keys: KeyBook, chain: number, ask: LedgerAsk): readonly StoredEntry[] {
  const accounts = accountsOf(db, keys, { chain, account: ask.account })
  const newest = ask.order === 'newest'
  const [afterSeq, afterAccount] = (ask.after ?? '').split('.').map(Number)
  const page = db.prepare(`${linesSql(ask)} order by e.seq ${newest ? 'desc' : 'asc'} limit @limit`)
  const rows = accounts.flatMap((account) => {
    const { above, below } = boundsOf(db, { chain, account }, ask)
    const start = ask.after === undefined || afterSeq === undefined ? undefined : afterSeq
    // Several accounts may have a line at the same place: those are ordered by account.
    const again = start !== undefined && account > (afterAccount ?? 0) ? 1 : 0
    return page.all({
      chain,
      account,
      above: start === undefined || newest ? above : Math.max(above, start - again),
      below: start === undefined || !newest ? below : Math.min(below, start + again),
      limit: ask.limit,
      ...narrowed(ask),
    }) as Row[]
  })
  if (accounts.length > 1) rows.sort(newest ? byNewest : byOldest)
  return rows.slice(0, ask.limit).map((row) => ({ ...lineOf(row, keys), cursor: `${row['seq']}.${row['account']}` }))
}

/**
 * All lines that a filter lets through, oldest first and those of one place by account, each read from the file when it is asked
 * for. Nothing may be written over this connection meanwhile.
 */
export function* readLines(
  db: Database.Database,
  keys: KeyBook,
  chain: number,
  filter: LedgerFilter,
): Generator<Omit<StoredEntry, 'cursor'>, void> {
  const readers = accountsOf(db, keys, { chain, account: filter.account }).map((account) => {
    // A statement gives its rows to one reader at a time.
    const all = db.prepare(`${linesSql(filter)} order by e.seq asc`)
    const bounds = boundsOf(db, { chain, account }, filter)
    const rows = all.iterate({ chain, account, ...bounds, ...narrowed(filter) }) as IterableIterator<Row>
    return { rows, first: firstOf(rows) }
  })
  try {
    for (;;) {
      let oldest: (typeof readers)[number] | undefined
      for (const reader of readers)
        if (reader.first && (!oldest?.first || bySeq(reader.first, oldest.first) < 0)) oldest = reader
      if (!oldest?.first) return
      yield lineOf(oldest.first, keys)
      oldest.first = firstOf(oldest.rows)
    }
  } finally {
    for (const { rows } of readers) rows.return?.()
  }
}

const firstOf = (rows: IterableIterator<Row>): Row | undefined => {
  const { done, value } = rows.next()
  return done ? undefined : value
}

const linesSql = (filter: LedgerFilter): string => `select e.*, b.hash from ledger_entries e ${indexFor(filter)}
  left join ledger_blocks b on b.chain = e.chain and b.number = e.seq / ${seqOf(1, 0)}
  where e.chain = @chain and e.account = @account and e.seq > @above and e.seq < @below
  ${filter.kind === undefined ? '' : 'and e.kind = @kind'} ${filter.netuid === undefined ? '' : 'and e.netuid = @netuid'}`

const narrowed = ({ kind, netuid }: LedgerFilter) => ({
  ...(kind === undefined ? {} : { kind: ENTRY_KINDS.indexOf(kind) }),
  ...(netuid === undefined ? {} : { netuid }),
})

const lineOf = (row: Row, keys: KeyBook): Omit<StoredEntry, 'cursor'> => ({
  ...entryOf(row, keys),
  blockHash: row['hash'] == null ? undefined : String(row['hash']),
})

/** By name: the planner would take the table's own order, and read past every line that a filter leaves out. */
function indexFor({ kind, netuid }: LedgerFilter): string {
  if (kind !== undefined) return `indexed by ${netuid === undefined ? 'ledger_by_kind' : 'ledger_by_both'}`
  return netuid === undefined ? '' : 'indexed by ledger_by_netuid'
}

const bySeq = (a: Row, b: Row): number => Number(a['seq']) - Number(b['seq'])
const byAccount = (a: Row, b: Row): number => Number(a['account']) - Number(b['account'])
const byOldest = (a: Row, b: Row): number => bySeq(a, b) || byAccount(a, b)
const byNewest = (a: Row, b: Row): number => bySeq(b, a) || byAccount(a, b)

function accountsOf(
  db: Database.Database,
  keys: KeyBook,
  { chain, account }: { readonly chain: number; readonly account: LedgerFilter['account'] },
): readonly number[] {
  if (account !== undefined) {
    const id = keys.known(account)
    return id === undefined ? [] : [id]
  }
  return accountIds(db, chain)
}

/** Skips from account to account, instead of reading every line. */
export function accountIds(db: Database.Database, chain: number): readonly number[] {
  const next = db.prepare('select account from ledger_entries where chain = ? and account > ? order by account limit 1')
  const ids: number[] = []
  for (let last = -1; ; ) {
    const row = next.get(chain, last) as Row | undefined
    if (!row) return ids
    last = Number(row['account'])
    ids.push(last)
  }
}

function boundsOf(
  db: Database.Database,
  of: { readonly chain: number; readonly account: number },
  { fromMs, toMs }: LedgerFilter,
): Bounds {
  return {
    above: fromMs === undefined ? -1 : seqAt(db, of, fromMs) - 1,
    below: toMs === undefined ? END : seqAt(db, of, toMs),
  }
}

/**
 * The first place whose time is not before `ms`: times only grow, so halving finds it. Blocks are halved, as lines far apart lie
 * on pages of the file that must each be read; lines of one block may still have several times.
 */
function seqAt(db: Database.Database, of: { readonly chain: number; readonly account: number }, ms: number): number {
  const line = (where: string, order: string): Database.Statement =>
    db.prepare(
      `select seq, at_ms from ledger_entries where chain = @chain and account = @account ${where} order by seq ${order} limit 1`,
    )
  const last = line('', 'desc').get(of) as Row | undefined
  if (!last || Number(last['at_ms']) < ms) return END
  const from = line('and seq >= @seq', 'asc')
  let low = 0
  let high = placeOf(Number(last['seq'])).block
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = from.get({ ...of, seq: seqOf(middle, 0) }) as Row | undefined
    if (!row || Number(row['at_ms']) >= ms) high = middle
    else low = placeOf(Number(row['seq'])).block + 1
  }
  const found = line('and seq >= @seq and at_ms >= @ms', 'asc').get({ ...of, seq: seqOf(Math.max(0, low - 1), 0), ms })
  return Number((found as Row | undefined)?.['seq'] ?? END)
}
