import { useMemo } from 'react'
import type { ValidatorTableView } from '../../../shared/contract/markets.contract.ts'
import { epochYieldPpb } from '../../../shared/subnets/validator-table.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { Amount, alphaOf, TAO, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { EpochYield, LastUpdate, type Row, Take, Who, YearYield, yearlyOf } from './validator-cells.tsx'

export interface ValidatorsTableProps {
  readonly table: ValidatorTableView
  readonly rows: readonly Row[]
  readonly symbol: string | undefined
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onOpen: (row: Row) => void
}

const by =
  (of: (row: Row) => bigint | undefined) =>
  (a: Row, b: Row): number => {
    const [x, y] = [of(a) ?? -1n, of(b) ?? -1n]
    return x < y ? -1 : x > y ? 1 : a.uid - b.uid
  }

interface Shown {
  readonly table: ValidatorTableView
  readonly token: string
  readonly money: string
  readonly blockMs: number
}

function columnsFor({ table, token, money, blockMs }: Shown): readonly Column<Row>[] {
  const unit = alphaOf(table.netuid)
  const ofEpoch = (row: Row) => {
    const found = epochYieldPpb(row, table)
    return typeof found === 'string' ? undefined : found
  }
  return [
    { key: 'who', head: 'Validator', compare: (a, b) => a.uid - b.uid, cell: (row) => <Who row={row} table={table} /> },
    {
      key: 'take',
      head: 'Take',
      right: true,
      width: '76px',
      compare: by((row) => (row.takePpm === undefined ? undefined : BigInt(row.takePpm))),
      cell: (row) => <Take row={row} />,
    },
    {
      key: 'stake',
      head: `Stake, ${token}`,
      right: true,
      width: '134px',
      compare: by((row) => row.stake),
      cell: (row) => <Amount value={row.stake} unit={unit} showUnit={false} decimals={3} />,
    },
    {
      key: 'own',
      head: `Its own, ${token}`,
      right: true,
      width: '134px',
      className: 'c4',
      compare: by((row) => row.ownStake),
      cell: (row) => (
        <Amount value={row.ownStake} unit={unit} showUnit={false} decimals={3} why="This network does not tell" />
      ),
    },
    {
      key: 'root',
      head: `Weight of its root stake, ${money}`,
      right: true,
      width: '134px',
      className: 'c6',
      compare: by((row) => row.rootWeight),
      cell: (row) => <Amount value={row.rootWeight} unit={TAO} showUnit={false} decimals={3} />,
    },
    {
      key: 'dividends',
      head: `Last epoch, ${token}`,
      right: true,
      width: '134px',
      className: 'c3',
      compare: by((row) => row.dividends),
      cell: (row) => (
        <Amount value={row.dividends} unit={unit} showUnit={false} decimals={3} why="This network does not tell" />
      ),
    },
    {
      key: 'update',
      head: 'Last update',
      right: true,
      width: '92px',
      className: 'c3',
      compare: (a, b) => a.lastUpdate - b.lastUpdate || a.uid - b.uid,
      cell: (row) => <LastUpdate row={row} table={table} blockMs={blockMs} />,
    },
    {
      key: 'year',
      head: 'Yield, a year',
      right: true,
      width: '112px',
      className: 'c2',
      compare: by(yearlyOf),
      cell: (row) => <YearYield row={row} table={table} />,
    },
    {
      key: 'epoch',
      head: 'Yield, last epoch',
      right: true,
      width: '104px',
      compare: by(ofEpoch),
      cell: (row) => <EpochYield row={row} table={table} />,
    },
  ]
}

export function ValidatorsTable({ table, rows, symbol, stale, selected, onOpen }: ValidatorsTableProps) {
  const play = usePlay()
  const { blockMs } = useChain()
  const token = unitText(alphaOf(table.netuid, symbol), play)
  const money = unitText(TAO, play)
  const columns = useMemo(() => columnsFor({ table, token, money, blockMs }), [table, token, money, blockMs])
  return (
    <div className="market-table">
      <DataTable
        caption="Validators of the subnet"
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        stale={stale}
        selected={selected}
        firstSort={FIRST}
        windowed
        onOpen={onOpen}
      />
    </div>
  )
}

const FIRST = { key: 'stake', down: true }
const keyOf = (row: Row): string => String(row.uid)
