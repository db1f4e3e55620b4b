import { Field } from '../ui/field.tsx'
import { Tolerance } from '../ui/tolerance.tsx'
import type { SpotLimitDraft } from './use-spot-limit.ts'

export interface SpotLimitProps {
  readonly title: string
  /** What a distance in this plan means, in a sentence. */
  readonly side: string
  readonly draft: SpotLimitDraft
  readonly needed: boolean
}

/**
 * One distance from the price of now for all trades of a plan. Where the chain simulates none, nothing is taken for granted:
 * the person writes it, and each trade then has a price of its own that stands in the plan.
 */
export function SpotLimit({ title, side, draft, needed }: SpotLimitProps) {
  if (!needed)
    return (
      <div className="row top">
        <div className="grow">
          <h3>{title}</h3>
          <p className="soft small">{side}</p>
        </div>
        <Tolerance label={title} ppm={draft.tolerancePpm} onPick={draft.pickTolerance} />
      </div>
    )
  return (
    <div className="grid gap-2">
      <h3>{title}</h3>
      <p className="soft small">
        The chain that you are connected to names prices but simulates no trade: what comes out, and how far a trade
        moves its price, is unknown. Say how far from the price of now you still trade. Below, each trade then has its
        worst price; that price is signed, and past it the chain refuses the trade.
      </p>
      <Field
        label="At most so far from the price of now, %"
        inputMode="decimal"
        value={draft.text}
        onType={draft.type}
        wrong={draft.wrong}
        hint="More lets large amounts through, at a worse price. Only the network fee is lost where it is refused."
      />
    </div>
  )
}
