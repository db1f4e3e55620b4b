import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { type NameFlag, nameFlags } from '../../format/hostile-text.ts'
import { hrefOf } from '../../format/route.ts'
import { Amount, Num, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { NameFlags } from '../../ui/name-flags.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'

const by =
  (of: (subnet: SubnetView) => bigint) =>
  (a: SubnetView, b: SubnetView): number =>
    of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0

function NextEpoch({ subnet }: { readonly subnet: SubnetView }) {
  if (subnet.netuid === 0 || !subnet.started) return <span className="mute">none</span>
  return subnet.nextEpochBlock === undefined ? <Unknown /> : <Num value={subnet.nextEpochBlock} />
}

export interface SubnetsTableProps {
  readonly subnets: readonly SubnetView[]
  readonly all: readonly SubnetView[]
  readonly held: ReadonlySet<number>
  readonly stale: boolean
  readonly selected: number | undefined
}

function columnsFor(money: string, mark: (subnet: SubnetView) => readonly NameFlag[], held: ReadonlySet<number>) {
  const columns: readonly Column<SubnetView>[] = [
    {
      key: 'subnet',
      head: 'Subnet',
      compare: (a, b) => a.netuid - b.netuid,
      cell: (subnet) => <SubnetName netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />,
    },
    {
      key: 'price',
      head: `Price, ${money}`,
      right: true,
      compare: by((subnet) => subnet.price ?? -1n),
      cell: (subnet) => <Amount value={subnet.price} unit={TAO} showUnit={false} why="The chain gave no price" />,
    },
    {
      key: 'pool',
      head: `In the pool, ${money}`,
      right: true,
      compare: by((subnet) => subnet.taoReserve),
      cell: (subnet) =>
        subnet.netuid === 0 ? (
          <span className="mute">no pool</span>
        ) : (
          <Amount value={subnet.taoReserve} unit={TAO} showUnit={false} decimals={3} />
        ),
    },
    {
      key: 'place',
      head: `Place, ${money}`,
      right: true,
      compare: by((subnet) => subnet.registrationPrice ?? -1n),
      cell: (subnet) =>
        subnet.netuid === 0 ? (
          <span className="mute">none sold</span>
        ) : subnet.registrationOpen ? (
          <Amount value={subnet.registrationPrice} unit={TAO} showUnit={false} decimals={3} />
        ) : (
          <span className="mute">closed</span>
        ),
    },
    {
      key: 'places',
      head: 'Taken',
      right: true,
      hideWhenNarrow: true,
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
      hideWhenNarrow: true,
      cell: (subnet) => <NextEpoch subnet={subnet} />,
    },
    {
      key: 'notes',
      head: <span className="vh">Notes</span>,
      cell: (subnet) => (
        <span className="row chips">
          {!subnet.started && subnet.netuid !== 0 && <Chip kind="dashed">not started</Chip>}
          <NameFlags flags={mark(subnet)} />
          {held.has(subnet.netuid) && <span className="mute small">held</span>}
        </span>
      ),
    },
  ]
  return columns
}

export function SubnetsTable({ subnets, all, held, stale, selected }: SubnetsTableProps) {
  const money = unitText(TAO, usePlay())
  const flags = nameFlags(all)
  return (
    <DataTable
      caption="Subnets with their tokens"
      columns={columnsFor(money, (subnet) => flags.get(subnet.netuid) ?? [], held)}
      rows={subnets}
      rowKey={(subnet) => String(subnet.netuid)}
      selected={selected === undefined ? undefined : String(selected)}
      stale={stale}
      firstSort={{ key: 'subnet', down: false }}
      onOpen={(subnet) => {
        location.hash = hrefOf({ view: 'subnets', stakeTo: subnet.netuid })
      }}
    />
  )
}
