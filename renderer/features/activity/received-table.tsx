import type { ReceivedView } from '../../../shared/contract/addresses.contract.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { CopyAddress } from '../../ui/copy-address.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'

/** More is a matter for an explorer. */
const SHOWN = 50

/** Who paid own accounts, as seen in blocks. Bait is shown, and cannot be copied. */
export function ReceivedTable() {
  const received = valueIn(useSubscription('transfer.received')) ?? []
  if (received.length === 0) return null
  return (
    <section className="rule" aria-label="Received">
      <h2 className="pad">Received</h2>
      <table className="tbl">
        <caption className="vh">Transfers to own accounts, newest first, as seen in blocks</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" className="r">
              Amount
            </th>
            <th scope="col" className="r">
              Block
            </th>
          </tr>
        </thead>
        <tbody>
          {received.slice(0, SHOWN).map((row) => (
            <Row key={`${row.block}/${row.from}/${row.amount}`} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What is offered beside the address goes below it where a drawer takes the room. */
function Row({ row }: { readonly row: ReceivedView }) {
  return (
    <tr>
      <td className="wrapcell">
        <div className="row wrap gap-4">
          <span className="flex-none">
            <GroupedAddress address={row.from} copies={!row.bait} twoLines />
          </span>
          {row.bait ? (
            <Chip
              kind="bad"
              title="A tiny amount from an address that imitates one you know, sent to be copied by mistake"
            >
              imitates a known address
            </Chip>
          ) : (
            <CopyAddress address={row.from} checks={false} />
          )}
        </div>
      </td>
      <td className="r">
        <Amount value={row.amount} unit={TAO} signed />
        <Fiat value={row.amount} />
      </td>
      <td className="r">
        <Num value={row.block} />
      </td>
    </tr>
  )
}
