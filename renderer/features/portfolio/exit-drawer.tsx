import { useState } from 'react'
import { rao } from '../../../shared/units/amounts.ts'
import { useForAccountOneByOne } from '../../bridge/use-acting.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { AMOUNT_WORDS, readAmount } from '../../format/read-amount.ts'
import { MovesQuoteView } from '../../trade/moves-quote.tsx'
import { QueueNote, queueAction } from '../../trade/queue-note.tsx'
import { SpotLimit } from '../../trade/spot-limit.tsx'
import { needsLimit } from '../../trade/use-limit-draft.ts'
import { useMovesReview } from '../../trade/use-moves-review.ts'
import { useSpotLimit } from '../../trade/use-spot-limit.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Field } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { TradeDrawer } from '../../ui/trade-drawer.tsx'

/** Far above what anybody holds: for reading an amount that has no upper end. */
const ANY = (1n << 64n) - 1n

/** Everything, or only what is small: many positions in one plan of bounded sales. */
export function ExitDrawer({ onClose }: { readonly onClose: () => void }) {
  const [sweep, setSweep] = useState(false)
  const [below, setBelow] = useState('0.05')
  const spot = useSpotLimit()
  const { tolerancePpm, limitFromSpotPpm } = spot
  const read = readAmount(below, 'whole', ANY)
  const wrong = sweep && !read.ok ? AMOUNT_WORDS[read.error] : undefined
  const forAccount = useForAccountOneByOne()
  const asked = {
    tolerancePpm,
    ...(limitFromSpotPpm === undefined ? {} : { limitFromSpotPpm }),
    ...(sweep && read.ok ? { below: rao(read.value) } : {}),
    ...forAccount,
  }
  const quote = useQuote('staking.planExit', (wrong ?? spot.wrong) ? undefined : asked)
  const review = useMovesReview(quote, { wrong, lacks: spot.wrong && 'Correct the limit first.' }, onClose)
  const { acted } = review
  return (
    <TradeDrawer
      title={sweep ? 'Sweep small positions' : 'Exit everything'}
      off={review.off}
      onReview={review.onReview}
      action={queueAction(review)}
      onClose={onClose}
    >
      <Segments
        label="What to leave"
        value={sweep ? 'sweep' : 'all'}
        choices={[
          { value: 'all', text: 'Everything' },
          { value: 'sweep', text: 'Small ones only' },
        ]}
        onPick={(value) => setSweep(value === 'sweep')}
      />
      {acted.account && <ActingForPlan {...acted} account={acted.account} narrow />}
      <p className="soft small">
        Every position is sold with a limit of its own. What the chain refuses stays, and the others go on. The chain’s
        own “unstake all” is never used: it takes any price.
      </p>
      {sweep && (
        <Field
          label="Worth less than, TAO"
          inputMode="decimal"
          value={below}
          onType={setBelow}
          wrong={wrong}
          hint="Only where it brings more than its part of the network fee."
        />
      )}
      <SpotLimit
        title="Price limit"
        side="Each sale is refused further than this below its price of now."
        draft={spot}
        needed={spot.typed || needsLimit(quote)}
      />
      <MovesQuoteView quote={quote} review={review} />
      <QueueNote review={review} />
    </TradeDrawer>
  )
}
