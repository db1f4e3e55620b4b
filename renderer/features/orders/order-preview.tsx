import type { OrderPlan } from '../../../shared/staking/order-plan.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDifference } from '../../format/percent.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { Note } from '../../ui/note.tsx'
import { WorstPrice } from './order-lines.tsx'
import { KINDS } from './order-words.ts'

/** What the chain says of an order before it is signed. */
export function OrderPreview({ plan }: { readonly plan: OrderPlan }) {
  const { order, price, atBlock, available, promised } = plan
  const symbol = useDirectory().get(order.netuid)?.symbol
  const unit = KINDS[order.type].isPurchase ? TAO : alphaOf(order.netuid, symbol)
  const now = useNow(60_000)
  return (
    <>
      <dl className="kv">
        <dt>
          Price at block <Num value={atBlock} />
        </dt>
        <dd>
          <Amount value={price} unit={TAO} why="The chain gave no price" />
          {price !== undefined && (
            <span className="mute">, limit {writeDifference(order.limitPrice, price) ?? 'unknown'}</span>
          )}
        </dd>
        <dt>Last price of the trade</dt>
        <dd>
          <WorstPrice order={order} />
        </dd>
        <dt>Ends</dt>
        <dd>
          {writeMoment(order.expiryMs, now)}
          <span className="mute">, in {writeDuration(order.expiryMs - now)}</span>
        </dd>
        <dt>Costs now</dt>
        <dd>nothing; to cancel it later costs a network fee</dd>
      </dl>
      {plan.priceMet && (
        <Note kind="warn" title="The price is there already.">
          <p>Whoever gets this order may carry it out at once. To wait for another price, change the limit.</p>
        </Note>
      )}
      {promised + order.amount > available && (
        <Note kind="warn" title="Your open orders together want more than there is.">
          <p>
            Others may take <Amount value={promised} unit={unit} /> of the <Amount value={available} unit={unit} /> that
            are there. Whichever comes too late fails.
          </p>
        </Note>
      )}
    </>
  )
}
