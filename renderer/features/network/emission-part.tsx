import { useMemo } from 'react'
import type { SubnetView } from '../../../shared/contract/chain-views.contract.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useFresh } from '../../bridge/use-subscription.ts'
import { sharesOf, writeTenths } from '../../format/percent.ts'
import { hrefOf } from '../../format/route.ts'
import { Amount, TAO, unitText } from '../../ui/amount.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

interface Row {
  readonly subnet: SubnetView
  readonly tenths: number
}

const columnsFor = (money: string): readonly Column<Row>[] => [
  {
    key: 'subnet',
    head: 'Subnet',
    cell: ({ subnet }) => <SubnetName netuid={subnet.netuid} name={subnet.name} symbol={subnet.symbol} />,
  },
  {
    key: 'tao',
    head: `Into its pool each block, ${money}`,
    right: true,
    width: '200px',
    cell: ({ subnet }) => <Amount value={subnet.taoPerBlock} unit={TAO} showUnit={false} />,
  },
  {
    key: 'share',
    head: 'Share',
    right: true,
    width: '88px',
    cell: ({ tenths }) => <span className="nu">{writeTenths(tenths)}</span>,
  },
  {
    key: 'bar',
    head: <span className="vh">Drawn</span>,
    width: '30%',
    className: 'hide-m',
    cell: ({ tenths }) => (
      <span className="bar block" aria-hidden="true">
        <i style={{ inlineSize: `${tenths / 10}%` }} />
      </span>
    ),
  },
]

/** Subnets by what the last block put into their pools. */
export function EmissionPart() {
  const { stale } = useChain()
  const answer = useFresh('subnets.watch', stale)
  const money = unitText(TAO, usePlay())
  const subnets = answer.state === 'ready' ? answer.value.subnets : undefined
  const rows = useMemo(() => {
    const emitted = (subnets ?? []).filter(({ netuid }) => netuid !== 0)
    const shares = sharesOf(emitted.map(({ taoPerBlock }) => taoPerBlock))
    return emitted
      .map((subnet, index): Row => ({ subnet, tenths: shares[index] ?? 0 }))
      .sort((a, b) =>
        a.subnet.taoPerBlock === b.subnet.taoPerBlock
          ? a.subnet.netuid - b.subnet.netuid
          : a.subnet.taoPerBlock > b.subnet.taoPerBlock
            ? -1
            : 1,
      )
  }, [subnets])
  const columns = useMemo(() => columnsFor(money), [money])
  return (
    <section className="rule">
      <div className="pad grid gap-2">
        <h2>Subnets by emission</h2>
        <p className="mute small">TAO that the last block put into each pool, and its share of all pools.</p>
      </div>
      {answer.state === 'loading' && <Loading awaits="the list of subnets" rows={6} />}
      {answer.state === 'failed' && <Failed error={answer.error} />}
      {subnets && rows.length === 0 && (
        <Empty title="There is no subnet but root">
          <p className="soft">Nothing is put into pools.</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          caption="Subnets by emission, largest first"
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          stale={stale}
          windowed
          onOpen={({ subnet }) => {
            location.hash = hrefOf({ view: 'subnets', detail: subnet.netuid })
          }}
        />
      )}
    </section>
  )
}

const keyOf = ({ subnet }: Row): string => String(subnet.netuid)
