import type { EarningsView } from '../../../shared/contract/chain-views.contract.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

/** The answer before the evidence: what the chosen line has brought. */
export function SeriesReadout({ total }: { readonly total: EarningsView['totals'][number] }) {
  const subnet = useDirectory().get(total.netuid)
  return (
    <section aria-label="Earned in the chosen line">
      <div className="lbl">
        Earned on <SubnetName inline netuid={total.netuid} name={subnet?.name} symbol={subnet?.symbol} />,{' '}
        {total.source}, since block <Num value={total.sinceBlock} />
      </div>
      <div className="read" aria-live="polite">
        <Amount value={total.earned} unit={alphaOf(total.netuid, subnet?.symbol)} signed />
      </div>
      <p className="soft">
        in <Num value={total.epochs} /> {total.epochs === 1 ? 'epoch' : 'epochs'}, worth{' '}
        <Amount value={total.earnedTao} unit={TAO} why="The price of at least one epoch was not read" /> at the price
        after each of them
      </p>
    </section>
  )
}
