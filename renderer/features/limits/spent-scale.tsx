import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { plainAmount } from '../../format/amount.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Scale } from '../../ui/scale.tsx'

/** Places on a scale only: amounts stay bigint wherever they are compared or written. */
const place = (units: bigint): number => Number(units)

/** What was signed for in the last 24 hours against the limits in TAO. Nothing is drawn where nothing is limited. */
export function SpentScale({ view }: { readonly view: PolicyView }) {
  const { mostPerDay, mostPerTransaction } = view.policy
  const { spentToday } = view
  const end = mostPerDay ?? mostPerTransaction
  return (
    <section className="pad rule-after grid gap-2" aria-label="Signed for in the last 24 hours">
      <p className="row wrap baseline">
        <span className="read-m">
          <Amount value={spentToday} unit={TAO} why="The log cannot be read" />
        </span>
        <span className="soft">signed for in the last 24 hours</span>
        {mostPerDay !== undefined && (
          <span className="soft">
            of at most <Amount value={mostPerDay} unit={TAO} />
          </span>
        )}
      </p>
      {end !== undefined && (
        <Scale
          label={labelOf(view)}
          from={0}
          to={place(end)}
          unknown={spentToday === undefined}
          {...(mostPerDay === undefined || spentToday === undefined
            ? {}
            : { fillTo: place(spentToday), pointer: place(spentToday) })}
          limits={[
            ...(mostPerTransaction === undefined ? [] : [{ at: place(mostPerTransaction), kind: 'warn' as const }]),
            ...(mostPerDay === undefined ? [] : [{ at: place(mostPerDay), kind: 'bad' as const }]),
          ]}
          labels={[
            { at: 0, text: '0' },
            ...(mostPerTransaction === undefined
              ? []
              : [{ at: place(mostPerTransaction), text: `at once ${plainAmount(mostPerTransaction)}` }]),
            ...(mostPerDay === undefined ? [] : [{ at: place(mostPerDay), text: `a day ${plainAmount(mostPerDay)}` }]),
          ]}
        />
      )}
    </section>
  )
}

function labelOf({ policy, spentToday }: PolicyView): string {
  const spent = spentToday === undefined ? 'an unknown amount' : `${plainAmount(spentToday)} TAO`
  const once = policy.mostPerTransaction
  return [
    `${spent} signed for in the last 24 hours`,
    policy.mostPerDay === undefined ? 'no limit for a day' : `the limit is ${plainAmount(policy.mostPerDay)} TAO`,
    once === undefined ? 'none for one transaction' : `${plainAmount(once)} TAO for one transaction`,
  ].join(', ')
}
