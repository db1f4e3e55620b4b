import type { EpochRow } from '../../../shared/earnings/epoch-row.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeMoment } from '../../format/time.ts'
import { Amount, alphaOf, Num, TAO, unitText } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'

function columnsFor(token: string, money: string, now: number): readonly Column<EpochRow>[] {
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
      cell: (row) =>
        row.flows === 0n ? (
          <span className="mute">0</span>
        ) : (
          <Amount value={row.flows} unit={unit(row)} showUnit={false} signed />
        ),
    },
    {
      key: 'earned',
      head: `Earned, ${token}`,
      right: true,
      cell: (row) => <Amount value={row.earned} unit={unit(row)} showUnit={false} signed />,
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
    {
      key: 'notes',
      head: <span className="vh">Notes</span>,
      cell: (row) => (
        <span className="row chips">
          {row.epochs > 1 && <Chip kind="dashed">{row.epochs} epochs, app was off</Chip>}
          {row.earned < 0n && <Chip kind="warn">less than before</Chip>}
        </span>
      ),
    },
  ]
}

export function EpochsTable({ rows, stale }: { readonly rows: readonly EpochRow[]; readonly stale: boolean }) {
  const now = useNow(30_000)
  const play = usePlay()
  const netuid = rows[0]?.netuid ?? 0
  const token = unitText(alphaOf(netuid, useDirectory().get(netuid)?.symbol), play)
  return (
    <DataTable
      caption="Epochs, newest first"
      columns={columnsFor(token, unitText(TAO, play), now)}
      rows={rows}
      rowKey={(row) => `${row.epochBlock}`}
      rowClass={(row) => (row.epochs > 1 ? 'gap' : undefined)}
      stale={stale}
    />
  )
}
