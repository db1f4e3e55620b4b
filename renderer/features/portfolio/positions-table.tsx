import type { ReactNode } from 'react'
import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import { shareOfPoolPpm } from '../../../shared/ledger/positions.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { type Directory, useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { writePoolShare, writeTenths } from '../../format/percent.ts'
import { writeDuration } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { type Holding, sharesOfPortfolio } from './shares.ts'
import { type Books, useBooks } from './use-books.ts'

export function HotkeyCell({ position }: { readonly position: Position }) {
  const { name, own } = useHotkeyName(position.netuid, position.hotkey)
  return (
    <span className="rowline">
      {name ? (
        <bdi className="clip" title={position.hotkey}>
          {own ? `own hotkey ${name}` : name}
        </bdi>
      ) : (
        <ShortAddress address={position.hotkey} />
      )}
      {!position.registered && <Chip kind="warn">lost its place</Chip>}
    </span>
  )
}

export interface PositionsTableProps {
  readonly portfolio: PortfolioView
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onUnstake: (position: Position) => void
}

const NO_COST = 'Part of it came before recording began, in a gap, or from another account'
const NO_YIELD = 'Less than a day of epochs was measured'

function Locked({ position }: { readonly position: Position }) {
  const locked = position.alpha - position.available
  if (locked <= 0n) return null
  return (
    <small className="block mute" title="Bound by a lock or as collateral: it cannot be unstaked now">
      <Amount value={locked} unit={alphaOf(position.netuid)} showUnit={false} decimals={3} /> locked
    </small>
  )
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

const tao = (value: bigint | undefined, why: string, options: { signed?: boolean; decimals?: 3 } = {}) => (
  <Amount value={value} unit={TAO} showUnit={false} why={why} {...options} />
)
const by = (of: (row: Holding) => bigint) => (a: Holding, b: Holding) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0)

const bookMoney = (value: bigint | undefined, signed: boolean) => tao(value, NO_COST, { decimals: 3, signed })

/** What the ledger adds to what the chain says. */
function bookColumns({ books }: Shown): readonly Summed[] {
  const { totals } = books
  return [
    {
      key: 'cost',
      head: 'Cost',
      right: true,
      className: 'p2',
      cell: ({ position }) => bookMoney(books.of(position)?.cost, false),
      sum: tao(totals?.cost, 'A cost is unknown', { decimals: 3 }),
    },
    {
      key: 'gain',
      head: 'Gain',
      right: true,
      cell: ({ position }) => (
        <Gains unrealised={books.of(position)?.unrealised} realised={books.of(position)?.realised} why={NO_COST} />
      ),
      sum: <Gains unrealised={totals?.unrealised} realised={totals?.realised} why="A cost is unknown" />,
    },
    {
      key: 'yield',
      head: <span title={YIELD_IS}>Yield, a year</span>,
      right: true,
      className: 'p5',
      cell: ({ position }) => <Yield books={books} position={position} />,
    },
  ]
}

const YIELD_IS =
  'Alpha earned ÷ (stake × time), over the measured epochs, for a year, not reinvested. Prices are not in it; unknown before a day of epochs.'

interface GainsProps {
  readonly unrealised: bigint | undefined
  readonly realised: bigint | undefined
  readonly why: string
}
/** Of what is held, and below it of what left. */
function Gains({ unrealised, realised, why }: GainsProps) {
  return (
    <>
      {tao(unrealised, why, { decimals: 3, signed: true })}
      {realised !== undefined && realised !== 0n && (
        <small className="block mute light">realised {tao(realised, why, { decimals: 3, signed: true })}</small>
      )}
    </>
  )
}

function Yield({ books, position }: { readonly books: Books; readonly position: Position }) {
  const found = books.of(position)?.yield
  if (!found) return <Unknown why={NO_YIELD} />
  return (
    <span className="nu" title={`${YIELD_IS} Measured: ${writeDuration(found.measuredMs)}.`}>
      {writeTenths(Math.round(found.yearlyPpm / 1000))}
    </span>
  )
}

/** The simulation of a sale is made again after some tens of blocks; until then it says how old it is. */
function IfSold({ position, block }: { readonly position: Position; readonly block: number }) {
  const age = position.ifSoldBlock === undefined ? 0 : Math.max(0, block - position.ifSoldBlock)
  return (
    <>
      {tao(position.ifSold, 'The chain did not simulate this sale')}
      {position.ifSold !== undefined && age > 0 && (
        <small className="block mute light">{age === 1 ? '1 block' : `${age} blocks`} old</small>
      )}
    </>
  )
}

function chainColumns({ portfolio, directory, money }: Shown): readonly Summed[] {
  const subnetOf = (row: Holding) => directory.get(row.position.netuid)
  return [
    {
      key: 'subnet',
      head: 'Subnet',
      compare: (a, b) => a.position.netuid - b.position.netuid,
      cell: (row) => (
        <SubnetName
          netuid={row.position.netuid}
          name={subnetOf(row)?.name}
          symbol={subnetOf(row)?.symbol}
          series={row.series}
        />
      ),
      free: <span className="mute">Free</span>,
      sum: 'Sum of the rows',
    },
    { key: 'validator', head: 'Validator', className: 'p4', cell: (row) => <HotkeyCell position={row.position} /> },
    {
      key: 'alpha',
      head: 'Alpha',
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
      head: `At spot, ${money}`,
      right: true,
      compare: by((row) => row.position.valueAtSpot ?? -1n),
      cell: ({ position }) => (
        <>
          {tao(position.valueAtSpot, 'The chain gave no price')}
          <Fiat value={position.valueAtSpot} />
        </>
      ),
      free: (
        <>
          {tao(portfolio.free, '')}
          <Fiat value={portfolio.free} />
        </>
      ),
      sum: (
        <>
          {tao(portfolio.totalAtSpot, 'A price is missing')}
          <Fiat value={portfolio.totalAtSpot} />
        </>
      ),
    },
    {
      key: 'sold',
      head: 'If sold now',
      right: true,
      className: 'p2',
      compare: by((row) => row.position.ifSold ?? -1n),
      cell: ({ position }) => <IfSold position={position} block={portfolio.block} />,
      free: tao(portfolio.free, ''),
      sum: tao(portfolio.totalIfSold, 'A row is missing'),
    },
  ]
}

function shareColumns({ directory, freeShare, onUnstake }: Shown): readonly Summed[] {
  return [
    {
      key: 'pool',
      head: (
        <span title="This alpha ÷ all alpha of the subnet that people hold, that is, outside of its trading pool">
          Of its alpha
        </span>
      ),
      right: true,
      className: 'p3',
      cell: ({ position }) => {
        const ppm = shareOfPoolPpm(position.alpha, directory.get(position.netuid)?.alphaOutside)
        return ppm === undefined ? (
          <Unknown why="The figures of the subnet were not read, or state a part that is more than the whole" />
        ) : (
          <span className="nu">{writePoolShare(ppm)}</span>
        )
      },
    },
    {
      key: 'share',
      head: 'Share',
      right: true,
      className: 'p6',
      cell: (row) =>
        row.share === undefined ? (
          <Unknown why="A price is missing" />
        ) : (
          <span className="nu">{writeTenths(row.share)}</span>
        ),
      free: freeShare === undefined ? <Unknown /> : <span className="nu">{writeTenths(freeShare)}</span>,
      sum: freeShare === undefined ? <Unknown /> : <span className="nu">100.0 %</span>,
    },
    {
      key: 'act',
      head: <span className="vh">Actions</span>,
      right: true,
      className: 'p3',
      cell: ({ position }) => (
        <Button kind="quiet" onPress={() => onUnstake(position)} label={`Unstake from netuid ${position.netuid}`}>
          Unstake
        </Button>
      ),
    },
  ]
}

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

export function PositionsTable({ portfolio, stale, selected, onUnstake }: PositionsTableProps) {
  const shares = sharesOfPortfolio(portfolio)
  const books = useBooks(portfolio)
  const directory = useDirectory()
  const money = unitText(TAO, usePlay())
  const shown: Shown = { portfolio, books, directory, money, freeShare: shares.freeShare, onUnstake }
  const columns = [...chainColumns(shown), ...bookColumns(shown), ...shareColumns(shown)]
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
