import { useMemo } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { marketValue } from '../../../shared/subnets/market.ts'
import { nextEpochAfter } from '../../../shared/subnets/next-epoch.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { type NameFlag, nameFlags } from '../../format/hostile-text.ts'
import { sharesOf, writeTenths } from '../../format/percent.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDays } from '../../format/time.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, Num, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { NameFlags } from '../../ui/name-flags.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { Change, earlier, FavouriteMark, Pool, Traded, tradedSince, Value } from './market-cells.tsx'
import type { Before, Favourites } from './use-market.ts'

export type ColumnSet = 'market' | 'places'

export interface SubnetsTableProps {
  readonly subnets: readonly SubnetView[]
  readonly all: readonly SubnetView[]
  readonly held: ReadonlySet<number>
  readonly favourites: Favourites
  readonly before: Before
  readonly show: ColumnSet
  readonly stale: boolean
  readonly selected: number | undefined
}

/** Unknown sorts below everything that is known. */
const by =
  (of: (subnet: SubnetView) => bigint | undefined) =>
  (a: SubnetView, b: SubnetView): number => {
    const [x, y] = [of(a) ?? -1n, of(b) ?? -1n]
    return x < y ? -1 : x > y ? 1 : a.netuid - b.netuid
  }

/** Parts per billion above the earlier price; one that is unknown comes after every loss. */
const changeOf = (subnet: SubnetView, before: Before): bigint => {
  const then = earlier(subnet, before)?.price
  return subnet.price === undefined || !then ? -2_000_000_000n : ((subnet.price - then) * 1_000_000_000n) / then
}

interface Shown extends Pick<SubnetsTableProps, 'before' | 'favourites' | 'held'> {
  readonly money: string
  /** `Change in 23 h`. */
  readonly span: string
  readonly flags: ReadonlyMap<number, readonly NameFlag[]>
  /** Tenths of a percent by netuid. */
  readonly shares: ReadonlyMap<number, number>
  readonly blockMs: number
  readonly block: number | undefined
}

const name = ({ flags }: Shown): Column<SubnetView> => ({
  key: 'subnet',
  head: 'Subnet',
  compare: (a, b) => a.netuid - b.netuid,
  cell: (subnet) => (
    <span className="row chips named">
      <SubnetName netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />
      {!subnet.started && subnet.netuid !== 0 && <Chip kind="dashed">not started</Chip>}
      <NameFlags flags={flags.get(subnet.netuid) ?? []} />
    </span>
  ),
})

const price = ({ money }: Shown): Column<SubnetView> => ({
  key: 'price',
  head: `Price, ${money}`,
  right: true,
  width: '116px',
  compare: by((subnet) => subnet.price),
  cell: (subnet) => (
    <>
      <Amount value={subnet.price} unit={TAO} showUnit={false} why="The chain gave no price" />
      <Fiat value={subnet.price} />
    </>
  ),
})

const marks = ({ held, favourites }: Shown): Column<SubnetView> => ({
  key: 'notes',
  head: <span className="vh">Notes</span>,
  width: '154px',
  cell: (subnet, active) => (
    <span className="row chips marks">
      {held.has(subnet.netuid) && <span className="mute small">held</span>}
      <FavouriteMark subnet={subnet} favourites={favourites} reachable={active} />
      <a
        className="small"
        href={hrefOf({ view: 'subnets', detail: subnet.netuid })}
        aria-label={`Details of subnet ${subnet.netuid}`}
        tabIndex={active ? 0 : -1}
        onClick={(event) => event.stopPropagation()}
      >
        Details
      </a>
    </span>
  ),
})

const marketColumns = (shown: Shown): readonly Column<SubnetView>[] => [
  name(shown),
  price(shown),
  {
    key: 'change',
    head: `Change${shown.span}`,
    right: true,
    width: '84px',
    className: 'c2',
    compare: by((subnet) => changeOf(subnet, shown.before) + 3_000_000_000n),
    cell: (subnet) => <Change subnet={subnet} before={shown.before} />,
  },
  {
    key: 'value',
    head: `Market value, ${shown.money}`,
    right: true,
    width: '134px',
    className: 'c4',
    compare: by(marketValue),
    cell: (subnet) => <Value subnet={subnet} />,
  },
  {
    key: 'share',
    head: 'Emission',
    right: true,
    width: '76px',
    className: 'c3',
    compare: by((subnet) => subnet.taoPerBlock),
    cell: ({ netuid }) =>
      netuid === 0 ? (
        <span className="mute">none</span>
      ) : (
        <span className="nu">{writeTenths(shown.shares.get(netuid) ?? 0)}</span>
      ),
  },
  {
    key: 'pool',
    head: `In the pool, ${shown.money}`,
    right: true,
    width: '134px',
    compare: by((subnet) => subnet.taoReserve),
    cell: (subnet) => <Pool subnet={subnet} />,
  },
  {
    key: 'traded',
    head: `Traded${shown.span}, ${shown.money}`,
    right: true,
    width: '134px',
    className: 'c5',
    compare: by((subnet) => tradedSince(subnet, shown.before)),
    cell: (subnet) => <Traded subnet={subnet} before={shown.before} />,
  },
  marks(shown),
]

function NextEpoch({ subnet }: { readonly subnet: SubnetView }) {
  const { block } = useChain()
  if (subnet.netuid === 0 || !subnet.started) return <span className="mute">none</span>
  const said = subnet.nextEpochBlock
  const next = said === undefined || block === undefined ? said : nextEpochAfter(said, subnet.tempo, block)
  return next === undefined ? <Unknown /> : <Num value={next} />
}

function Place({ subnet }: { readonly subnet: SubnetView }) {
  if (subnet.netuid === 0) return <span className="mute">none sold</span>
  if (!subnet.registrationOpen) return <span className="mute">closed</span>
  return <Amount value={subnet.registrationPrice} unit={TAO} showUnit={false} decimals={3} />
}

const placeColumns = (shown: Shown): readonly Column<SubnetView>[] => [
  name(shown),
  {
    key: 'slow',
    head: `Slow price, ${shown.money}`,
    right: true,
    width: '120px',
    className: 'c4',
    compare: by((subnet) => subnet.movingPrice),
    cell: (subnet) =>
      subnet.netuid === 0 ? (
        <span className="mute">none</span>
      ) : (
        <Amount value={subnet.movingPrice} unit={TAO} showUnit={false} />
      ),
  },
  {
    key: 'place',
    head: `Place, ${shown.money}`,
    right: true,
    width: '96px',
    compare: by((subnet) => subnet.registrationPrice),
    cell: (subnet) => <Place subnet={subnet} />,
  },
  {
    key: 'places',
    head: 'Taken',
    right: true,
    width: '96px',
    className: 'c3',
    compare: (a, b) => a.placesTaken - b.placesTaken || a.netuid - b.netuid,
    cell: (subnet) => (
      <span className="nu">
        <Num value={subnet.placesTaken} /> of <Num value={subnet.places} />
      </span>
    ),
  },
  {
    key: 'epoch',
    head: 'Next epoch',
    right: true,
    width: '92px',
    className: 'c2',
    cell: (subnet) => <NextEpoch subnet={subnet} />,
  },
  {
    key: 'age',
    head: 'Age',
    right: true,
    width: '84px',
    compare: (a, b) => b.registeredAtBlock - a.registeredAtBlock || a.netuid - b.netuid,
    cell: (subnet) => (
      <span className="nu" title={`since block ${subnet.registeredAtBlock}`}>
        {shown.block === undefined ? (
          <Unknown />
        ) : (
          writeDays(Math.max(0, shown.block - subnet.registeredAtBlock) * shown.blockMs)
        )}
      </span>
    ),
  },
  {
    key: 'owner',
    head: 'Owner',
    width: '152px',
    className: 'c5',
    cell: (subnet) => <ShortAddress address={subnet.ownerColdkey} />,
  },
  marks(shown),
]

export function SubnetsTable(props: SubnetsTableProps) {
  const { subnets, all, held, favourites, before, show, stale, selected } = props
  const money = unitText(TAO, usePlay())
  const { blockMs, block } = useChain()
  const now = useNow(60_000)
  const flags = useMemo(() => nameFlags(all), [all])
  const columns = useMemo(() => {
    const emitted = all.filter(({ netuid }) => netuid !== 0)
    const tenths = sharesOf(emitted.map(({ taoPerBlock }) => taoPerBlock))
    const shares = new Map(emitted.map(({ netuid }, index) => [netuid as number, tenths[index] ?? 0]))
    const span = before.since === undefined ? '' : ` in ${writeDays(now - before.since.atMs)}`
    const shown: Shown = { before, favourites, held, money, span, flags, shares, blockMs, block }
    return show === 'market' ? marketColumns(shown) : placeColumns(shown)
  }, [all, before, favourites, held, money, now, flags, blockMs, block, show])
  return (
    <div className="market-table">
      <DataTable
        caption="Subnets with their tokens"
        columns={columns}
        rows={subnets}
        rowKey={keyOf}
        selected={selected === undefined ? undefined : String(selected)}
        stale={stale}
        firstSort={FIRST}
        windowed
        onOpen={(subnet) => {
          location.hash = hrefOf({ view: 'subnets', stakeTo: subnet.netuid })
        }}
      />
    </div>
  )
}

const FIRST = { key: 'subnet', down: false }
const keyOf = (subnet: SubnetView): string => String(subnet.netuid)
