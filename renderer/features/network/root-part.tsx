import type { NetworkFactsView } from '../../../shared/contract/markets.contract.ts'
import { rootConcentration } from '../../../shared/network-facts/network-facts.ts'
import { shortAddress } from '../../format/address.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { writePart } from '../../format/percent.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'

type Seat = NetworkFactsView['rootSeats'][number]
const LARGEST = 5

const columnsFor = (money: string, total: bigint): readonly Column<Seat>[] => [
  {
    key: 'who',
    head: 'Hotkey',
    cell: ({ name, hotkey }) => {
      const clean = cleanName(name ?? '')
      return clean === '' ? (
        <span className="mono" title={hotkey}>
          {shortAddress(hotkey)}
        </span>
      ) : (
        <bdi className="nm" title={hotkey}>
          {clean}
        </bdi>
      )
    },
  },
  {
    key: 'owner',
    head: 'Its coldkey',
    hideWhenNarrow: true,
    cell: (seat) => <ShortAddress address={seat.ownerColdkey} />,
  },
  {
    key: 'stake',
    head: `On root, ${money}`,
    right: true,
    cell: ({ stake }) => <Amount value={stake} unit={TAO} showUnit={false} decimals={3} />,
  },
  {
    key: 'part',
    head: 'Of all',
    right: true,
    cell: ({ stake }) => <span className="nu">{writePart(stake, total)}</span>,
  },
]

/** Few hands on root are few hands on the whole network: its stake votes on every subnet. */
export function RootPart({ facts }: { readonly facts: NetworkFactsView }) {
  const money = unitText(TAO, usePlay())
  const found = rootConcentration(facts)
  return (
    <section className="rule">
      <div className="pad grid gap-2">
        <h2>Who holds root</h2>
        <p>
          <Amount value={facts.rootStake} unit={TAO} decimals={3} /> are staked on root. The five largest hotkeys hold{' '}
          <b className="strong">{found ? writePart(found.ofHotkeys, found.total) : <Unknown why={WHY} />}</b> of it, the
          five largest owners{' '}
          <b className="strong">{found ? writePart(found.ofOwners, found.total) : <Unknown why={WHY} />}</b>.
        </p>
        <p className="mute small">
          Stake on root counts on every subnet. The fewer hold it, the fewer decide who is paid.{' '}
          {facts.rootSeats.length} hotkeys have a seat.
        </p>
      </div>
      {facts.rootSeats.length > 0 && (
        <DataTable
          caption="The five largest hotkeys on root"
          columns={columnsFor(money, facts.rootStake)}
          rows={facts.rootSeats.slice(0, LARGEST)}
          rowKey={(seat) => seat.hotkey}
        />
      )}
    </section>
  )
}

const WHY = 'Nothing is staked, or the chain states parts that are more than the whole'
