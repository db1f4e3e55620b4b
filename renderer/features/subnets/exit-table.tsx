import type { MarketDepthView } from '../../../shared/contract/markets.contract.ts'
import { exitCost } from '../../../shared/subnets/market.ts'
import type { Netuid } from '../../../shared/units/amounts.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { writeDifference } from '../../format/percent.ts'
import { Amount, alphaOf, Num, TAO, Unknown, unitText } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { usePlay } from '../../ui/play-context.ts'
import { Failed, Loading } from '../../ui/states.tsx'

type Row = MarketDepthView['exits'][number]
const CANNOT = 'the pool cannot take so much'

const columnsFor = (money: string, token: string): readonly Column<Row>[] => [
  {
    key: 'size',
    head: `Worth at the price, ${money}`,
    right: true,
    cell: ({ size }) => <Amount value={size} unit={TAO} showUnit={false} decimals={3} />,
  },
  {
    key: 'alpha',
    head: `You give, ${token}`,
    right: true,
    hideWhenNarrow: true,
    cell: ({ alpha }) => <Amount value={alpha} unit={TAO} showUnit={false} />,
  },
  {
    key: 'out',
    head: `You receive, ${money}`,
    right: true,
    cell: ({ taoOut }) =>
      taoOut === undefined ? (
        <span className="mute">{CANNOT}</span>
      ) : (
        <Amount value={taoOut} unit={TAO} showUnit={false} />
      ),
  },
  {
    key: 'cost',
    head: `It costs, ${money}`,
    right: true,
    cell: (row) => <Amount value={exitCost(row)} unit={TAO} showUnit={false} why={CANNOT} />,
  },
  {
    key: 'part',
    head: 'Of it',
    right: true,
    cell: ({ size, taoOut }) =>
      taoOut === undefined ? (
        <Unknown why={CANNOT} />
      ) : (
        <span className="nu">{writeDifference(taoOut, size) ?? 'unknown'}</span>
      ),
  },
]

/** Six requests, and so only when somebody looks at one subnet; asked again by hand. */
export function ExitTable({ netuid, symbol }: { readonly netuid: Netuid; readonly symbol: string }) {
  const play = usePlay()
  const depth = useQuestion('market.depth', netuid === 0 ? undefined : { netuid }, { freshForMs: 600_000 })
  return (
    <section className="rule">
      <div className="pad row wrap">
        <h2>What leaving costs</h2>
        {depth.state === 'ready' && (
          <span className="mute small">
            simulated by the chain at block <Num value={depth.value.block} />
          </span>
        )}
        {netuid !== 0 && (
          <span className="end">
            <Button onPress={depth.again}>Ask the chain again</Button>
          </span>
        )}
      </div>
      {netuid === 0 && (
        <p className="pad soft">
          Root has no pool: one TAO is one alpha, always, and leaving costs the network fee alone.
        </p>
      )}
      {depth.state === 'loading' && <Loading awaits="the simulation of four sales" rows={4} />}
      {depth.state === 'failed' && <Failed error={depth.error} again={depth.again} />}
      {depth.state === 'ready' && (
        <>
          <DataTable
            caption="What selling 1, 10, 100 and 1000 TAO worth of this token would bring"
            columns={columnsFor(unitText(TAO, play), unitText(alphaOf(netuid, symbol), play))}
            rows={depth.value.exits}
            rowKey={(row) => row.size.toString()}
          />
          <p className="pad mute small">
            Price impact and swap fee together, against the price without a trade. Each sale stands for itself: a second
            one would find a lower price. The network fee comes on top.
          </p>
        </>
      )}
    </section>
  )
}
