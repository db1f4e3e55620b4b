import type Database from 'better-sqlite3'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { EarningsGap, GapClosing } from './earnings-gaps.port.ts'
import { marksFromText, marksToText } from './epoch-columns.ts'

interface Row {
  readonly from_block: number
  readonly through_block: number
  readonly marks: string
}

const put = (db: Database.Database, of: Pick<GapClosing, 'genesis' | 'coldkey'>, gap: EarningsGap): void =>
  void db
    .prepare('insert or replace into earnings_gaps values (?, ?, ?, ?, ?)')
    .run(of.genesis, of.coldkey, gap.fromBlock, gap.throughBlock, marksToText(gap.marks))

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
  put: (genesis: string, coldkey: Ss58, gap: EarningsGap): void => put(db, { genesis, coldkey }, gap),
  close: ({ genesis, coldkey, gap, left }: GapClosing): void => {
    db.prepare('delete from earnings_gaps where genesis = ? and coldkey = ? and through_block = ?').run(
      genesis,
      coldkey,
      gap.throughBlock,
    )
    if (left) put(db, { genesis, coldkey }, left)
  },
})
