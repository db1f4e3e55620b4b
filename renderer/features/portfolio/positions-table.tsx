import type { PortfolioView } from '../../../shared/contract/chain-views.contract.ts'
import type { Position } from '../../../shared/staking/position.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { writeTenths } from '../../format/percent.ts'
import { writeDuration } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
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
    <Chip kind="dashed" title="Bound by a lock or as collateral: it cannot be unstaked now">
      <Amount value={locked} unit={alphaOf(position.netuid)} showUnit={false} decimals={3} /> locked
    </Chip>
  )
}

/** What the ledger adds to what the chain says. */
function bookColumns(books: Books): readonly Column<Holding>[] {
  const money = (value: bigint | undefined, signed: boolean) => (
    <Amount value={value} unit={TAO} showUnit={false} decimals={3} signed={signed} why={NO_COST} />
  )
  return [
    { key: 'cost', head: 'Cost', right: true, cell: ({ position }) => money(books.of(position)?.cost, false) },
    {
      key: 'gain',
      head: 'Gain',
      right: true,
      cell: ({ position }) => {
        const realised = books.of(position)?.realised ?? 0n
        return (
          <>
            {money(books.of(position)?.unrealised, true)}
            {realised !== 0n && <small className="block mute">realised {money(realised, true)}</small>}
          </>
        )
      },
    },
    {
      key: 'yield',
      head: (
        <span title="Alpha earned ÷ stake × time, over the measured epochs, for a year. Prices are not in it.">
          Yield
        </span>
      ),
      right: true,
      hideWhenNarrow: true,
      cell: ({ position }) => <Yield books={books} position={position} />,
    },
  ]
}

function Yield({ books, position }: { readonly books: Books; readonly position: Position }) {
  const found = books.of(position)?.yield
  if (!found) return <Unknown why={NO_YIELD} />
  return (
    <span className="nu" title={`A year at the pace of the last ${writeDuration(found.measuredMs)}, in alpha`}>
      {writeTenths(Math.round(found.yearlyPpm / 1000))}
    </span>
  )
}

function useColumns(onUnstake: (position: Position) => void, books: Books): readonly Column<Holding>[] {
  const directory = useDirectory()
  const money = unitText(TAO, usePlay())
  const subnetOf = (row: Holding) => directory.get(row.position.netuid)
  const by = (of: (row: Holding) => bigint) => (a: Holding, b: Holding) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0)
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
    },
    {
      key: 'validator',
      head: 'Validator',
      hideWhenNarrow: true,
      cell: (row) => <HotkeyCell position={row.position} />,
    },
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
        <Amount value={position.valueAtSpot} unit={TAO} showUnit={false} why="The chain gave no price" />
      ),
    },
    {
      key: 'sold',
      head: 'If sold now',
      right: true,
      compare: by((row) => row.position.ifSold ?? -1n),
      cell: ({ position }) => (
        <Amount value={position.ifSold} unit={TAO} showUnit={false} why="The chain did not simulate this sale" />
      ),
    },
    ...bookColumns(books),
    {
      key: 'share',
      head: 'Share',
      right: true,
      hideWhenNarrow: true,
      cell: (row) =>
        row.share === undefined ? (
          <Unknown why="A price is missing" />
        ) : (
          <span className="nu">{writeTenths(row.share)}</span>
        ),
    },
    {
      key: 'act',
      head: <span className="vh">Actions</span>,
      right: true,
      cell: ({ position }) => (
        <Button kind="quiet" onPress={() => onUnstake(position)} label={`Unstake from netuid ${position.netuid}`}>
          Unstake
        </Button>
      ),
    },
  ]
}

export function PositionsTable({ portfolio, stale, selected, onUnstake }: PositionsTableProps) {
  const shares = sharesOfPortfolio(portfolio)
  const books = useBooks(portfolio)
  const columns = useColumns(onUnstake, books)
  return (
    <DataTable
      caption="Stake positions"
      columns={columns}
      rows={shares.holdings}
      rowKey={(row) => row.key}
      onOpen={(row) => onUnstake(row.position)}
      selected={selected}
      stale={stale}
      firstSort={{ key: 'spot', down: true }}
      foot={
        <>
          <tr>
            <td className="mute light">Free</td>
            <td className="hide-m" />
            <td />
            <td className="r light">
              <Amount value={portfolio.free} unit={TAO} showUnit={false} />
            </td>
            <td className="r light">
              <Amount value={portfolio.free} unit={TAO} showUnit={false} />
            </td>
            <td />
            <td />
            <td className="hide-m" />
            <td className="r light hide-m">
              {shares.freeShare === undefined ? (
                <Unknown />
              ) : (
                <span className="nu">{writeTenths(shares.freeShare)}</span>
              )}
            </td>
            <td />
          </tr>
          <tr>
            <td>Sum of the rows</td>
            <td className="hide-m" />
            <td />
            <td className="r">
              <Amount value={portfolio.totalAtSpot} unit={TAO} showUnit={false} why="A price is missing" />
            </td>
            <td className="r">
              <Amount value={portfolio.totalIfSold} unit={TAO} showUnit={false} why="A row is missing" />
            </td>
            <td className="r">
              <Amount value={books.totals?.cost} unit={TAO} showUnit={false} decimals={3} why="A cost is unknown" />
            </td>
            <td className="r">
              <Amount
                value={books.totals?.unrealised}
                unit={TAO}
                showUnit={false}
                decimals={3}
                signed
                why="A cost is unknown"
              />
            </td>
            <td className="hide-m" />
            <td className="r hide-m">
              {shares.freeShare === undefined ? <Unknown /> : <span className="nu">100.0 %</span>}
            </td>
            <td />
          </tr>
        </>
      }
    />
  )
}
