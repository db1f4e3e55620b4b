import type { ReactNode } from 'react'
import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { realisedSumOf } from '../../../shared/ledger/all-positions.ts'
import { shareOfPoolPpm } from '../../../shared/ledger/positions.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { METHOD_WORDS } from '../../format/lot-words.ts'
import { writeTenths } from '../../format/percent.ts'
import { writeBlocks } from '../../format/time.ts'
import { Amount, alphaOf, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { Earning, Gains, NO_COST, Realised, SHARE_IS, Tao, twoLines, YIELD_IS } from './book-cells.tsx'
import { HotkeyCell } from './hotkey-cell.tsx'
import { type Holding, sharesOfPortfolio } from './shares.ts'
import type { Books } from './use-books.ts'

export interface PositionsTableProps {
  readonly portfolio: PortfolioView
  readonly books: Books
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onUnstake: (position: Position) => void
}

interface Shown {
  readonly portfolio: PortfolioView
  readonly books: Books
  readonly directory: Directory
  readonly money: string
  readonly freeShare: number | undefined
  readonly onUnstake: (position: Position) => void
}
/** A column with what stands below it: for free TAO, and for the sum of the rows. */
interface Summed extends Column<Holding> {
  readonly free?: ReactNode
  readonly sum?: ReactNode
}

const by = (of: (row: Holding) => bigint) => (a: Holding, b: Holding) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0)

/** What of it cannot leave now. */
export function Locked({ position }: { readonly position: Pick<Position, 'alpha' | 'available' | 'netuid'> }) {
  const locked = position.alpha - position.available
  if (locked <= 0n) return null
  return (
    <small className="block mute" title="Bound by a lock or as collateral: it cannot be unstaked now">
      <Amount value={locked} unit={alphaOf(position.netuid)} showUnit={false} decimals={3} /> locked
    </small>
  )
}

/** A part of the whole portfolio, at spot. */
function Share({ tenths }: { readonly tenths: number | undefined }) {
  return (
    <small className="block mute light">
      {tenths === undefined ? <Unknown why="A price is missing" /> : <span className="nu">{writeTenths(tenths)}</span>}
    </small>
  )
}

/** The simulation of a sale is made again after some tens of blocks; until then it says how old it is. */
export function SaleAge({ position, block }: { readonly position: Position; readonly block: number }) {
  const age = position.ifSoldBlock === undefined ? 0 : Math.max(0, block - position.ifSoldBlock)
  if (position.ifSold === undefined || age === 0) return null
  return <small className="block mute light">{writeBlocks(age)} old</small>
}

function chainColumns({ portfolio, directory, money, freeShare }: Shown): readonly Summed[] {
  const subnetOf = (row: Holding) => directory.get(row.position.netuid)
  return [
    {
      key: 'subnet',
      head: twoLines('Subnet', 'validator'),
      compare: (a, b) => a.position.netuid - b.position.netuid,
      className: 'place',
      cell: (row) => (
        <>
          <SubnetName
            netuid={row.position.netuid}
            name={subnetOf(row)?.name}
            symbol={subnetOf(row)?.symbol}
            series={row.series}
          />
          <HotkeyCell position={row.position} />
        </>
      ),
      free: <span className="mute">Free</span>,
      sum: 'Sum of the rows',
    },
    {
      key: 'alpha',
      head: twoLines('Alpha', 'locked of it'),
      right: true,
      cell: ({ position }) => (
        <>
          <Amount value={position.alpha} unit={alphaOf(position.netuid, directory.get(position.netuid)?.symbol)} />{' '}
          <Locked position={position} />
        </>
      ),
    },
    {
      key: 'spot',
      head: twoLines(`At spot, ${money}`, 'share of the whole'),
      right: true,
      compare: by((row) => row.position.valueAtSpot ?? -1n),
      cell: ({ position, share }) => (
        <>
          <Tao value={position.valueAtSpot} why="The chain gave no price" />
          <Fiat value={position.valueAtSpot} />
          <Share tenths={share} />
        </>
      ),
      free: (
        <>
          <Tao value={portfolio.free} why="" />
          <Fiat value={portfolio.free} />
          <Share tenths={freeShare} />
        </>
      ),
      sum: (
        <>
          <Tao value={portfolio.totalAtSpot} why="A price is missing" />
          <Fiat value={portfolio.totalAtSpot} />
        </>
      ),
    },
    {
      key: 'sold',
      head: 'If sold now',
      right: true,
      className: 'p1',
      compare: by((row) => row.position.ifSold ?? -1n),
      cell: ({ position }) => (
        <>
          <Tao value={position.ifSold} why="The chain did not simulate this sale" />
          <SaleAge position={position} block={portfolio.block} />
        </>
      ),
      free: <Tao value={portfolio.free} why="" />,
      sum: <Tao value={portfolio.totalIfSold} why="A row is missing" />,
    },
  ]
}

/** What the ledger adds to what the chain says. */
function bookColumns({ portfolio, books, directory }: Shown): readonly Summed[] {
  const words = books.method && METHOD_WORDS[books.method]
  return [
    {
      key: 'cost',
      head: 'Cost',
      right: true,
      className: 'p2',
      cell: ({ position }) => <Tao value={books.of(position)?.cost} why={NO_COST} decimals={3} />,
      sum: <Tao value={books.totals?.cost} why="A cost is unknown" decimals={3} />,
    },
    {
      key: 'gain',
      head: words ? twoLines('Gain', words.name.toLowerCase(), words.says) : 'Gain',
      right: true,
      cell: ({ position }) => <Gains book={books.of(position)} />,
      sum: <GainSums books={books} positions={portfolio.positions} />,
    },
    {
      key: 'yield',
      head: twoLines('Yield, a year', 'of all its alpha', `${YIELD_IS} Below: ${SHARE_IS}`),
      right: true,
      className: 'p4',
      cell: ({ position }) => (
        <Earning
          earns={books.of(position)?.yield}
          shareOfPoolPpm={shareOfPoolPpm(position.alpha, directory.get(position.netuid)?.alphaOutside)}
        />
      ),
    },
  ]
}

interface GainSumsProps {
  readonly books: Books
  readonly positions: readonly Position[]
}
/** Of the rows, and of what has no row any more: its gain was made nonetheless. */
function GainSums({ books, positions }: GainSumsProps) {
  const known = positions.map(books.of).filter((book) => book !== undefined)
  return (
    <>
      <Tao value={books.totals?.unrealised} why="A cost is unknown" decimals={3} signed />
      <Realised sum={realisedSumOf(known)} />
      {books.left && <Realised word="left earlier" sum={books.left} />}
    </>
  )
}

const actColumn = ({ onUnstake }: Shown): Summed => ({
  key: 'act',
  head: <span className="vh">Actions</span>,
  right: true,
  className: 'p3',
  cell: ({ position }) => (
    <Button kind="quiet" onPress={() => onUnstake(position)} label={`Unstake from netuid ${position.netuid}`}>
      Unstake
    </Button>
  ),
})

const cellClass = ({ right, className }: Summed, light: boolean): string =>
  [right ? 'r' : '', className ?? '', light ? 'light' : ''].join(' ').trim()

function Foot({ columns }: { readonly columns: readonly Summed[] }) {
  return (
    <>
      <tr>
        {columns.map((column) => (
          <td key={column.key} className={cellClass(column, true)}>
            {column.free}
          </td>
        ))}
      </tr>
      <tr>
        {columns.map((column) => (
          <td key={column.key} className={cellClass(column, false)}>
            {column.sum}
          </td>
        ))}
      </tr>
    </>
  )
}

export function PositionsTable({ portfolio, books, stale, selected, onUnstake }: PositionsTableProps) {
  const shares = sharesOfPortfolio(portfolio)
  const directory = useDirectory()
  const money = unitText(TAO, usePlay())
  const shown: Shown = { portfolio, books, directory, money, freeShare: shares.freeShare, onUnstake }
  const columns = [...chainColumns(shown), ...bookColumns(shown), actColumn(shown)]
  return (
    <div className="positions">
      <DataTable
        caption="Stake positions"
        columns={columns}
        rows={shares.holdings}
        rowKey={(row) => row.key}
        onOpen={(row) => onUnstake(row.position)}
        selected={selected}
        stale={stale}
        firstSort={{ key: 'spot', down: true }}
        foot={<Foot columns={columns} />}
      />
    </div>
  )
}
