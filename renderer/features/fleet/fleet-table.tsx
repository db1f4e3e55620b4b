import { useNow } from '../../bridge/use-now.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Amount, TAO, Unknown } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { PlayContext } from '../../ui/play-context.ts'
import { earnedBy, heatOf, type MachineRow, OWN, seenText, speedText, stateWords, wattsText } from './machine-words.ts'

const SILENT = 'It does not answer now'

export interface FleetTableProps {
  readonly rows: readonly MachineRow[]
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onOpen: (id: string) => void
}

function Name({ row }: { readonly row: MachineRow }) {
  return (
    <span className="rowline">
      <b className="strong inline-block max-w-40 truncate align-bottom" title={cleanName(row.name)}>
        <bdi>{cleanName(row.name)}</bdi>
      </b>
      {row.id === OWN && <span className="soft">this computer</span>}
    </span>
  )
}

function Mined({ row: { report } }: { readonly row: MachineRow }) {
  const netuid = report?.miner.netuid
  if (netuid === undefined) return report ? <span className="soft">none</span> : <Unknown why={SILENT} />
  const { subnetName = '' } = report?.miner ?? {}
  return (
    <span className="inline-block max-w-40 truncate align-bottom">
      {netuid} <bdi className="soft">{cleanName(subnetName)}</bdi>
    </span>
  )
}

function Speed({ row: { report } }: { readonly row: MachineRow }) {
  if (!report) return <Unknown why={SILENT} />
  const { state, tokensPerSecond } = report.miner
  if (state !== 'mining') return <span className="soft">none</span>
  if (tokensPerSecond === undefined) return <Unknown why="Nothing was answered in the last seconds" />
  return <span className="nowrap">{speedText(tokensPerSecond)}</span>
}

function Earned({ row: { report } }: { readonly row: MachineRow }) {
  const why = report ? 'It is on no chain, or the price of an epoch was not read' : SILENT
  return (
    <PlayContext value={report?.network?.kind === 'practice'}>
      <Amount value={earnedBy(report)} unit={TAO} why={why} />
    </PlayContext>
  )
}

/** Every machine in a line; a row opens it. */
export function FleetTable({ rows, stale, selected, onOpen }: FleetTableProps) {
  const now = useNow(1_000)
  const columns: readonly Column<MachineRow>[] = [
    {
      key: 'state',
      head: 'State',
      cell: (row) => {
        const { chip, word } = stateWords(row)
        return <Chip kind={chip}>{word}</Chip>
      },
    },
    { key: 'name', head: 'Machine', cell: (row) => <Name row={row} /> },
    { key: 'subnet', head: 'Mines subnet', hideWhenNarrow: true, cell: (row) => <Mined row={row} /> },
    { key: 'speed', head: 'Speed', right: true, cell: (row) => <Speed row={row} /> },
    {
      key: 'heat',
      head: 'Heat',
      right: true,
      hideWhenNarrow: true,
      cell: ({ report }) => {
        const celsius = report && heatOf(report)
        return celsius === undefined ? (
          <Unknown why={report ? 'It cannot read it now' : SILENT} />
        ) : (
          `${Math.round(celsius)} °C`
        )
      },
    },
    {
      key: 'power',
      head: 'Power',
      right: true,
      hideWhenNarrow: true,
      cell: ({ report }) =>
        report?.power ? (
          <span className="nowrap">{wattsText(report.power)}</span>
        ) : (
          <Unknown why={report ? 'It cannot read it now' : SILENT} />
        ),
    },
    { key: 'earned', head: "Earned, at each epoch's price", right: true, cell: (row) => <Earned row={row} /> },
    {
      key: 'seen',
      head: 'Last heard',
      right: true,
      hideWhenNarrow: true,
      cell: (row) => <span className="nowrap">{seenText(row, now)}</span>,
    },
  ]
  return (
    <DataTable
      caption="Machines"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      selected={selected}
      stale={stale}
      onOpen={({ id }) => onOpen(id)}
    />
  )
}
