import type Database from 'better-sqlite3'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { EarningsGap } from './earnings-gaps.port.ts'
import { marksFromText, marksToText } from './epoch-columns.ts'

interface Row {
  readonly from_block: number
  readonly through_block: number
  readonly marks: string
}

/** The table of migration 12. Writes belong into the transaction of the booking that they are part of. */
export const earningsGapsTable = (db: Database.Database) => ({
  gaps: (genesis: string, coldkey: Ss58): readonly EarningsGap[] =>
    (
      db
        .prepare('select * from earnings_gaps where genesis = ? and coldkey = ? order by from_block')
        .all(genesis, coldkey) as Row[]
    ).map((row) => ({
      fromBlock: row.from_block,
      throughBlock: row.through_block,
      marks: marksFromText(row.marks),
    })),
  put: (genesis: string, coldkey: Ss58, gap: EarningsGap): void =>
    void db
      .prepare('insert or replace into earnings_gaps values (?, ?, ?, ?, ?)')
      .run(genesis, coldkey, gap.fromBlock, gap.throughBlock, marksToText(gap.marks)),
  drop: (genesis: string, coldkey: Ss58, fromBlock: number): void =>
    void db
      .prepare('delete from earnings_gaps where genesis = ? and coldkey = ? and from_block = ?')
      .run(genesis, coldkey, fromBlock),
})
