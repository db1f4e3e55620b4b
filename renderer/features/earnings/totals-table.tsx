import type { EarningsView } from '../../../shared/contract/chain-views.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useHotkeyName } from '../../bridge/use-hotkey-name.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO, unitText } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { seriesKey } from './series-key.ts'

type Total = EarningsView['totals'][number]

function HotkeyCell({ total }: { readonly total: Total }) {
  const { name, own } = useHotkeyName(total.netuid, total.hotkey)
  if (!name) return <ShortAddress address={total.hotkey} />
  return (
    <bdi className="clip" title={total.hotkey}>
      {own ? `own hotkey ${name}` : name}
    </bdi>
  )
}

export interface TotalsTableProps {
  readonly totals: readonly Total[]
  readonly chosen: string | undefined
  readonly stale: boolean
  readonly onPick: (key: string) => void
}

/** What each hotkey brought on each subnet, over all stored epochs. A row opens its epochs below. */
export function TotalsTable({ totals, chosen, stale, onPick }: TotalsTableProps) {
  const directory = useDirectory()
  const money = unitText(TAO, usePlay())
  const columns: readonly Column<Total>[] = [
    {
      key: 'subnet',
      head: 'Subnet',
      compare: (a, b) => a.netuid - b.netuid,
      cell: (total) => {
        const subnet = directory.get(total.netuid)
        return <SubnetName netuid={total.netuid} name={subnet?.name} symbol={subnet?.symbol} />
      },
    },
    {
      key: 'hotkey',
      head: 'Hotkey',
      hideWhenNarrow: true,
      cell: (total) => (
        <span className="rowline">
          <HotkeyCell total={total} />
          <Chip>{total.source}</Chip>
        </span>
      ),
    },
    {
      key: 'earned',
      head: 'Earned, alpha',
      right: true,
      compare: (a, b) => (a.earned < b.earned ? -1 : a.earned > b.earned ? 1 : 0),
      cell: (total) => (
        <Amount value={total.earned} unit={alphaOf(total.netuid, directory.get(total.netuid)?.symbol)} signed />
      ),
    },
    {
      key: 'tao',
      head: `At each epoch's price, ${money}`,
      right: true,
      cell: (total) => (
        <>
          <Amount
            value={total.earnedTao}
            unit={TAO}
            showUnit={false}
            why="The price of at least one epoch was not read"
          />
          <Fiat value={total.earnedTao} />
        </>
      ),
    },
    { key: 'epochs', head: 'Epochs', right: true, cell: (total) => <Num value={total.epochs} /> },
    {
      key: 'since',
      head: 'Since block',
      right: true,
      hideWhenNarrow: true,
      cell: (total) => <Num value={total.sinceBlock} />,
    },
  ]
  return (
    <DataTable
      caption="Earned per hotkey and subnet"
      columns={columns}
      rows={totals}
      rowKey={seriesKey}
      selected={chosen}
      stale={stale}
      firstSort={{ key: 'subnet', down: false }}
      onOpen={(total) => onPick(seriesKey(total))}
    />
  )
}
