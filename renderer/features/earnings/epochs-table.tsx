import { useMemo } from 'react'
import { type EpochRow, redOf } from '../../../shared/earnings/epoch-row.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { Amount, alphaOf, Num, TAO, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { EpochFees, EpochMakeUp, EpochNotes } from './epoch-notes.tsx'

interface Look {
  readonly token: string
  readonly money: string
  readonly now: number
  readonly gaps: ReadonlySet<EpochRow>
}

/** Rows whose stake does not begin where the row before ended: between the two nobody looked. */
const gapsIn = (newestFirst: readonly EpochRow[]): ReadonlySet<EpochRow> =>
  new Set(
    newestFirst.filter((row, index) => {
      const before = newestFirst[index + 1]
      return before !== undefined && before.stakeAfter !== row.stakeBefore
    }),
  )

function columnsFor({ token, money, now, gaps }: Look): readonly Column<EpochRow>[] {
  const unit = (row: EpochRow) => alphaOf(row.netuid)
  return [
    { key: 'block', head: 'Epoch ended at block', cell: (row) => <Num value={row.epochBlock} /> },
    { key: 'time', head: 'Time', cell: (row) => <span className="nu">{writeMoment(row.atMs, now)}</span> },
    {
      key: 'before',
      head: `Stake before, ${token}`,
      right: true,
      hideWhenNarrow: true,
      cell: (row) => <Amount value={row.stakeBefore} unit={unit(row)} showUnit={false} />,
    },
    {
      key: 'flows',
      head: 'Own moves',
      right: true,
      hideWhenNarrow: true,
      cell: (row) => (
        <>
          {row.flows === 0n ? (
            <span className="mute">0</span>
          ) : (
            <Amount value={row.flows} unit={unit(row)} showUnit={false} signed />
          )}
          <EpochFees row={row} />
        </>
      ),
    },
    {
      key: 'earned',
      head: `Earned, ${token}`,
      right: true,
      cell: (row) => <Amount value={row.earned} unit={unit(row)} showUnit={false} signed />,
    },
    {
      key: 'parts',
      head: 'Made of',
      right: true,
      cell: (row) => (
        <>
          <EpochMakeUp row={row} />
          <EpochNotes row={row} gap={gaps.has(row)} />
        </>
      ),
    },
    {
      key: 'price',
      head: `Price, ${money}`,
      right: true,
      cell: (row) => <Amount value={row.price} unit={TAO} showUnit={false} why="It was not read at that block" />,
    },
    {
      key: 'tao',
      head: `Worth, ${money}`,
      right: true,
      cell: (row) => <Amount value={row.earnedTao} unit={TAO} showUnit={false} why="The price was not read" />,
    },
  ]
}

export function EpochsTable({ rows, stale }: { readonly rows: readonly EpochRow[]; readonly stale: boolean }) {
  const now = useNow(30_000)
  const play = usePlay()
  const gaps = useMemo(() => gapsIn(rows), [rows])
  const netuid = rows[0]?.netuid ?? 0
  const token = unitText(alphaOf(netuid, useDirectory().get(netuid)?.symbol), play)
  return (
    <DataTable
      caption="Epochs, newest first"
      columns={columnsFor({ token, money: unitText(TAO, play), now, gaps })}
      rows={rows}
      rowKey={(row) => `${row.epochBlock}`}
      rowClass={(row) => (redOf(row) !== 0n ? 'redrow' : row.epochs > 1 || gaps.has(row) ? 'gap' : undefined)}
      stale={stale}
    />
  )
}
