import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { EpochLine, GapLine, ReadEpochs } from '../../../shared/earnings/epochs-file.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { earningsGapsTable } from '../earnings-gaps-table.ts'
import { epochRowOf } from '../epoch-table.ts'
import type { Row } from '../ledger-rows.ts'
import { storageFailure } from '../open-database.ts'

/** KiB of the file in memory: rows of an account lie apart, and a page with one of them has more of them. */
const CACHE_KIB = 4096

// In the order of the index, read backwards: nothing has to be sorted. Only text and numbers, no value of a caller, in the query.
const SQL = `select * from epoch_rows indexed by epoch_rows_newest where genesis = @genesis and coldkey = @coldkey
  and (@netuid is null or netuid = @netuid) and (@hotkey is null or hotkey = @hotkey)
  and (@fromMs is null or at_ms >= @fromMs) and (@toMs is null or at_ms < @toMs)
  order by epoch_block asc, hotkey desc, netuid desc`

interface Reader {
  readonly rows: Iterator<Row>
  readonly gaps: readonly GapLine[]
  nextGap: number
  first: Row | undefined
}

/**
 * The epochs of a data folder beside the host that writes it, as they are at the first line that is read. A gap comes before the
 * first epoch behind it; one that lies outside of the time that is asked for is left out.
 * @throws StorageFailure
 */
export function epochReader(folder: string, genesis: string): ReadEpochs {
  const path = join(folder, 'taoforge.sqlite')
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    db.pragma(`cache_size = -${CACHE_KIB}`)
    db.exec('begin')
    return (filter) => merged(filter.accounts.map((coldkey) => readerOf(db, { ...filter, genesis, coldkey })))
  } catch (cause) {
    throw storageFailure(path, cause)
  }
}

interface Ask {
  readonly genesis: string
  readonly coldkey: Ss58
  readonly netuid?: number | undefined
  readonly hotkey?: Ss58 | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
}

function readerOf(db: Database.Database, { genesis, coldkey, netuid, hotkey, fromMs, toMs }: Ask): Reader {
  // A statement gives its rows to one reader at a time.
  const rows = db.prepare(SQL).iterate({
    genesis,
    coldkey,
    netuid: netuid ?? null,
    hotkey: hotkey ?? null,
    fromMs: fromMs ?? null,
    toMs: toMs ?? null,
  }) as IterableIterator<Row>
  const gaps = earningsGapsTable(db)
    .gaps(genesis, coldkey)
    .map(({ fromBlock, throughBlock }) => ({ coldkey, fromBlock, throughBlock }))
  const first = firstOf(rows)
  // Behind the first row of the range: earlier ones belong to a time that was not asked for.
  const began = first === undefined ? Number.POSITIVE_INFINITY : blockOf(first)
  const isIn = (gap: GapLine) => fromMs === undefined || gap.throughBlock >= began
  return { rows, gaps: gaps.filter(isIn), nextGap: 0, first }
}

function* merged(readers: readonly Reader[]): Generator<EpochLine, void> {
  try {
    for (;;) {
      let oldest: Reader | undefined
      for (const reader of readers)
        if (reader.first && (!oldest?.first || blockOf(reader.first) < blockOf(oldest.first))) oldest = reader
      if (!oldest?.first) break
      const row = epochRowOf(oldest.first)
      yield* gapsUpTo(oldest, row.epochBlock)
      const from = row.parts?.fromBlock
      yield { row, afterGap: oldest.gaps.some(({ throughBlock }) => throughBlock === from) }
      oldest.first = firstOf(oldest.rows)
    }
    for (const reader of readers) yield* gapsUpTo(reader, Number.POSITIVE_INFINITY)
  } finally {
    for (const { rows } of readers) rows.return?.()
  }
}

function* gapsUpTo(reader: Reader, block: number): Generator<EpochLine, void> {
  for (;;) {
    const gap = reader.gaps[reader.nextGap]
    if (!gap || gap.throughBlock > block) return
    reader.nextGap += 1
    yield { gap }
  }
}

const blockOf = (row: Row): number => Number(row['epoch_block'])
const firstOf = (rows: Iterator<Row>): Row | undefined => {
  const { done, value } = rows.next()
  return done ? undefined : value
}
