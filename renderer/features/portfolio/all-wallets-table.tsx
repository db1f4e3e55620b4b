import type { ReactNode } from 'react'
import type { EveryPosition } from '../../../shared/contract/ledger.contract.ts'
import { type Group, type Grouping, groupKeyOf, plus, type Sums } from '../../../shared/ledger/all-positions.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { Earning, Gains, NO_COST, Realised, Tao, twoLines } from './book-cells.tsx'
import { HotkeyCell } from './hotkey-cell.tsx'
import { Locked } from './positions-table.tsx'
import { SumAmount } from './sum-amount.tsx'

type Row = EveryPosition['rows'][number]
type Line =
  | { readonly kind: 'group'; readonly key: string; readonly group: Group }
  | { readonly kind: 'position'; readonly key: string; readonly row: Row }
  /** Of one wallet, or of all where no wallet is a group. */
  | { readonly kind: 'free'; readonly key: string; readonly free: bigint; readonly ofAll: boolean }

const worth = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? 1 : -1)
const worthOf = ({ sums, free }: Group): bigint => sums.valueAtSpot.known + free

/** Largest group first, and in each its largest position; what is free stands last. */
function linesOf({ rows, groups, free }: EveryPosition, by: Grouping): readonly Line[] {
  const rowsOf = Map.groupBy(rows, (row) => groupKeyOf(by, row))
  const lines = [...groups[by]]
    .sort((a, b) => worth(worthOf(a), worthOf(b)))
    .flatMap((group): readonly Line[] => [
      { kind: 'group', key: `group ${group.key}`, group },
      ...[...(rowsOf.get(group.key) ?? [])]
        .sort((a, b) => worth(a.valueAtSpot ?? -1n, b.valueAtSpot ?? -1n))
        .map((row) => ({ kind: 'position' as const, key: `${row.account}/${row.netuid}/${row.hotkey}`, row })),
      ...(by === 'wallet' ? [{ kind: 'free' as const, key: `free ${group.key}`, free: group.free, ofAll: false }] : []),
    ])
  return by === 'wallet' ? lines : [...lines, { kind: 'free', key: 'free', free, ofAll: true }]
}

interface Shown {
  readonly every: EveryPosition
  readonly by: Grouping
  readonly directory: Directory
  readonly money: string
}

const walletName = ({ wallets }: EveryPosition, account: string): string =>
  wallets.find((wallet) => wallet.account === account)?.name ?? ''

function Validator({ netuid, hotkey }: Pick<Row, 'netuid' | 'hotkey'>) {
  const { name, own } = useHotkeyName(netuid, hotkey)
  if (!name) return <ShortAddress address={hotkey} />
  return (
    <bdi className="clip" title={hotkey}>
      {own ? `own hotkey ${name}` : name}
    </bdi>
  )
}

function Subnet({ netuid, directory }: { readonly netuid: number; readonly directory: Directory }) {
  const subnet = directory.get(netuid)
  return <SubnetName netuid={netuid} name={subnet?.name} symbol={subnet?.symbol} />
}

function GroupName({ group, shown: { every, by, directory } }: { readonly group: Group; readonly shown: Shown }) {
  if (by === 'wallet')
    return (
      <bdi className="clip strong" title={group.key}>
        {walletName(every, group.key)}
      </bdi>
    )
  if (by === 'subnet') return <Subnet netuid={Number(group.key)} directory={directory} />
  const one = every.rows.find(({ hotkey }) => hotkey === group.key)
  return (
    <span className="strong">
      {one ? <Validator netuid={one.netuid} hotkey={one.hotkey} /> : <ShortAddress address={group.key} />}
    </span>
  )
}

/** What of wallet, subnet and validator the group has not said yet. */
function RowName({ row, shown: { every, by, directory } }: { readonly row: Row; readonly shown: Shown }) {
  const wallet = <bdi className="clip">{walletName(every, row.account)}</bdi>
  return (
    <span className="inner">
      {by === 'subnet' ? wallet : <Subnet netuid={row.netuid} directory={directory} />}
      {by === 'validator' ? <small className="rowline mute">{wallet}</small> : <HotkeyCell position={row} />}
    </span>
  )
}

interface Cells {
  readonly sums: (sums: Sums, free: bigint) => ReactNode
  readonly row: (row: Row) => ReactNode
  readonly free?: (free: bigint) => ReactNode
}
const cellOf =
  ({ sums, row, free }: Cells) =>
  (line: Line): ReactNode =>
    line.kind === 'group'
      ? sums(line.group.sums, line.group.free)
      : line.kind === 'position'
        ? row(line.row)
        : free?.(line.free)

interface Summed extends Column<Line> {
  readonly sum?: ReactNode
}

function moneyColumns({ every, money }: Shown): readonly Summed[] {
  const spot = (sums: Sums, free: bigint) => {
    const sum = plus(sums.valueAtSpot, free)
    return (
      <>
        <SumAmount sum={sum} unit={TAO} showUnit={false} why="A price is missing" />
        <Fiat value={sum.total} />
      </>
    )
  }
  const sold = (sums: Sums, free: bigint) => (
    <SumAmount sum={plus(sums.ifSold, free)} unit={TAO} showUnit={false} why="Not every sale was simulated yet" />
  )
  const free = (value: bigint) => <Tao value={value} why="" />
  return [
    {
      key: 'spot',
      head: `At spot, ${money}`,
      right: true,
      cell: cellOf({ sums: spot, row: (row) => <Tao value={row.valueAtSpot} why="The chain gave no price" />, free }),
      sum: spot(every.sums, every.free),
    },
    {
      key: 'sold',
      head: 'If sold now',
      right: true,
      cell: cellOf({ sums: sold, row: (row) => <Tao value={row.ifSold} why="Not simulated yet" />, free }),
      sum: sold(every.sums, every.free),
    },
  ]
}

function bookColumns({ every }: Shown): readonly Summed[] {
  const cost = ({ cost: sum }: Sums) => (
    <SumAmount sum={sum} unit={TAO} showUnit={false} why="A cost is unknown" decimals={3} />
  )
  const gain = ({ unrealised, realised }: Sums) => (
    <>
      <SumAmount sum={unrealised} unit={TAO} showUnit={false} why="A cost is unknown" decimals={3} signed />
      <Realised sum={realised} />
    </>
  )
  return [
    {
      key: 'cost',
      head: 'Cost',
      right: true,
      cell: cellOf({ sums: cost, row: ({ book }) => <Tao value={book.cost} why={NO_COST} decimals={3} /> }),
      sum: cost(every.sums),
    },
    {
      key: 'gain',
      head: twoLines('Gain', 'realised'),
      right: true,
      cell: cellOf({ sums: gain, row: ({ book }) => <Gains book={book} /> }),
      sum: (
        <>
          {gain(every.sums)}
          <Realised word="left earlier" sum={every.left} />
        </>
      ),
    },
    {
      key: 'yield',
      head: twoLines('Yield, a year', 'of all its alpha'),
      right: true,
      cell: cellOf({
        sums: () => null,
        row: ({ book, shareOfPoolPpm }) => <Earning earns={book.yield} shareOfPoolPpm={shareOfPoolPpm} />,
      }),
    },
  ]
}

function columnsOf(shown: Shown): readonly Summed[] {
  const { directory } = shown
  return [
    {
      key: 'name',
      head: 'Group and position',
      className: 'place',
      cell: (line) =>
        line.kind === 'group' ? (
          <GroupName group={line.group} shown={shown} />
        ) : line.kind === 'position' ? (
          <RowName row={line.row} shown={shown} />
        ) : line.ofAll ? (
          <span className="strong">Free, all wallets</span>
        ) : (
          <span className="inner mute">Free</span>
        ),
      sum: 'Sum of the rows',
    },
    {
      key: 'alpha',
      head: twoLines('Alpha', 'locked of it'),
      right: true,
      cell: (line) =>
        line.kind !== 'position' ? null : (
          <>
            <Amount value={line.row.alpha} unit={alphaOf(line.row.netuid, directory.get(line.row.netuid)?.symbol)} />{' '}
            <Locked position={line.row} />
          </>
        ),
    },
    ...moneyColumns(shown),
    ...bookColumns(shown),
  ]
}

export interface AllWalletsTableProps {
  readonly every: EveryPosition
  readonly by: Grouping
  readonly stale: boolean
}

/** Groups with their sums, each above its positions. Every row is in one group, so the sums of groups are that of the rows. */
export function AllWalletsTable({ every, by, stale }: AllWalletsTableProps) {
  const directory = useDirectory()
  const money = unitText(TAO, usePlay())
  const columns = columnsOf({ every, by, directory, money })
  return (
    <div className="positions every">
      <DataTable
        caption={`Positions of all wallets by ${by}`}
        columns={columns}
        rows={linesOf(every, by)}
        rowKey={(line) => line.key}
        rowClass={(line) => (line.kind === 'group' || (line.kind === 'free' && line.ofAll) ? 'group' : undefined)}
        stale={stale}
        foot={
          <tr>
            {columns.map((column) => (
              <td key={column.key} className={`${column.right ? 'r ' : ''}${column.className ?? ''}`}>
                {column.sum}
              </td>
            ))}
          </tr>
        }
      />
    </div>
  )
}
