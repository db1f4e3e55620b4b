import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDays, writeMoment } from '../../format/time.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { isOpen, KINDS, type KnownOrder, STATES } from './order-words.ts'

export interface OrdersTableProps {
  readonly orders: readonly KnownOrder[]
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onOpen: (orderId: string) => void
}

/** Where there is little room, the day is enough. */
function Ended({ atMs, now }: { readonly atMs: number; readonly now: number }) {
  const [day, clock] = writeMoment(atMs, now).split(' ')
  return (
    <>
      {day}
      {clock && <span className="clock"> {clock}</span>}
    </>
  )
}

/** Newest first, as the host tells them. */
export function OrdersTable({ orders, stale, selected, onOpen }: OrdersTableProps) {
  const directory = useDirectory()
  const now = useNow(60_000)
  const columns: readonly Column<KnownOrder>[] = [
    {
      key: 'state',
      head: 'State',
      cell: ({ status }) => <Chip kind={STATES[status].chip}>{STATES[status].word}</Chip>,
    },
    { key: 'kind', head: 'Order', cell: ({ order }) => <b className="strong">{KINDS[order.type].name}</b> },
    {
      key: 'subnet',
      head: 'Subnet',
      cell: ({ order: { netuid } }) => (
        <SubnetName netuid={netuid} name={directory.get(netuid)?.name} symbol={directory.get(netuid)?.symbol} />
      ),
    },
    {
      key: 'amount',
      head: 'Amount',
      right: true,
      cell: ({ order: { type, amount, netuid } }) => (
        <Amount value={amount} unit={KINDS[type].isPurchase ? TAO : alphaOf(netuid, directory.get(netuid)?.symbol)} />
      ),
    },
    {
      key: 'limit',
      head: 'Limit, for one alpha',
      right: true,
      cell: ({ order }) => <Amount value={order.limitPrice} unit={TAO} />,
    },
    {
      key: 'price',
      head: 'Price now',
      right: true,
      className: 'p-now',
      cell: ({ order: { netuid } }) => <Amount value={directory.get(netuid)?.price} unit={TAO} />,
    },
    {
      key: 'ends',
      head: 'Ends',
      right: true,
      cell: (known) => (
        <span className="nowrap" title={new Date(known.order.expiryMs).toISOString()}>
          {isOpen(known) ? (
            `in ${writeDays(known.order.expiryMs - now)}`
          ) : (
            <Ended atMs={known.order.expiryMs} now={now} />
          )}
        </span>
      ),
    },
  ]
  return (
    <div className="order-rows">
      <DataTable
        caption="Limit orders that were signed here"
        columns={columns}
        rows={orders}
        rowKey={({ orderId }) => orderId}
        onOpen={({ orderId }) => onOpen(orderId)}
        selected={selected}
        stale={stale}
      />
    </div>
  )
}
