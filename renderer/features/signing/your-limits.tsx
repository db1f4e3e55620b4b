import { assertNever } from '../../../shared/result.ts'
import { type Policy, policyRefusal, waitOf } from '../../../shared/signing/policy.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { type Risk, riskOf } from '../../../shared/signing/risk.ts'
import { intentOfPlan } from '../../../shared/transactions/trade-intent.ts'
import type { Plan } from '../../../shared/transactions/transaction.ts'
import { rao } from '../../../shared/units/amounts.ts'
import type { Loadable } from '../../bridge/loadable.ts'
import { explainError } from '../../format/explain-error.ts'
import { hrefOf } from '../../format/route.ts'
import { writeDuration } from '../../format/time.ts'
import { Amount, TAO } from '../../ui/amount.tsx'

/** What the wallet's limits say of a plan before it is signed. The signer decides; this is the same rule, for the eye. */
export type LimitsVerdict =
  | { readonly is: 'unknown' | 'none' | 'tampered' }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'within'; readonly view: PolicyView; readonly risk: Risk; readonly waitMs: number }

export function verdictOf(plan: Plan, asked: Loadable<PolicyView> | { readonly state: 'idle' }): LimitsVerdict {
  if (asked.state === 'failed' && asked.error.code === 'signer/audit-broken') return { is: 'tampered' }
  if (asked.state !== 'ready') return { is: 'unknown' }
  const view = asked.value
  if (view.state === 'none' || view.state === 'tampered') return { is: view.state }
  const risk = riskOf(intentOfPlan(plan))
  const refusal = policyRefusal(view.policy, risk, view.spentToday ?? rao(0n))
  if (refusal) {
    const { what, why } = explainError(refusal)
    return { is: 'refused', why: `${what} ${why}` }
  }
  return { is: 'within', view, risk, waitMs: waitOf(view.policy, risk) }
}

export interface YourLimitsProps {
  readonly verdict: LimitsVerdict
  /** Leaves the dialog: the limits are another view. */
  readonly onLeave: () => void
}

/** One line of the confirm screen: what the limits say, and the way to them. */
export function YourLimits({ verdict, onLeave }: YourLimitsProps) {
  const link = (text: string) => (
    <a href={hrefOf({ view: 'limits' })} onClick={onLeave}>
      {text}
    </a>
  )
  switch (verdict.is) {
    case 'unknown':
      return 'not known yet'
    case 'none':
      return <>none are set. {link('Set limits')}</>
    case 'tampered':
      return (
        <>
          <b className="bad">changed from outside: nothing is signed.</b> {link('What to do')}
        </>
      )
    case 'refused':
      return (
        <>
          <b className="bad">{verdict.why}</b> {link('Look at the limits')}
        </>
      )
    case 'within':
      return <Within verdict={verdict} />
    default:
      return assertNever(verdict)
  }
}

function Within({ verdict }: { readonly verdict: Extract<LimitsVerdict, { is: 'within' }> }) {
  const { view, risk, waitMs } = verdict
  const { mostPerTransaction: once, mostPerDay: day } = view.policy
  const others = otherLimits(view.policy)
  return (
    <>
      <span className="good">within</span>
      {once !== undefined && (
        <>
          , <Amount value={risk.tao} unit={TAO} decimals={3} /> of <Amount value={once} unit={TAO} decimals={3} /> at
          once
        </>
      )}
      {day !== undefined && (
        <>
          , <Amount value={view.spentToday} unit={TAO} decimals={3} /> of <Amount value={day} unit={TAO} decimals={3} />{' '}
          spent in 24 hours before it
        </>
      )}
      {others.length > 0 && `, ${others.join(', ')} allowed`}
      {waitMs > 0 && (
        <>
          . <b className="strong">It waits:</b> the first signature asked for begins a wait of {writeDuration(waitMs)}
        </>
      )}
      {view.state === 'unverified' && '. Verified when the wallet is opened'}
    </>
  )
}

const otherLimits = ({ subnets, recipients, kinds }: Policy): readonly string[] => [
  ...(subnets ? ['subnet'] : []),
  ...(recipients ? ['recipient'] : []),
  ...(kinds ? ['kind of call'] : []),
]
