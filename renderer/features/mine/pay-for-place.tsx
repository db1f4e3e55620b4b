import type { RegisterPlan } from '../../../shared/registration/plan-register.ts'
import { BOND_UNSAID, COLLATERAL_UNSAID } from '../../../shared/words/collateral-words.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'

export interface ExpectsLossProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}
/** Asked where the money is real: most places earn less than they cost. */
export function ExpectsLoss({ checked, onChange }: ExpectsLossProps) {
  return (
    <label className="pick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>I expect to lose this money and want to try all the same.</span>
    </label>
  )
}

export interface RegisterButtonProps {
  /** Absent: there is no quote. */
  readonly plan: RegisterPlan | undefined
  /** Why it cannot be pressed now. */
  readonly off: string | undefined
  /** Said below it. */
  readonly below: string | undefined
  readonly onPress: () => void
}
/** Leads to the window that shows the bytes; nothing is signed by it. */
export function RegisterButton({ plan, off, below, onPress }: RegisterButtonProps) {
  return (
    <div className="grid gap-1">
      <Button kind="main" large offBecause={off} onPress={onPress}>
        Register
        {plan && (
          <>
            {' '}
            for at most <Amount value={plan.mostCost} unit={TAO} decimals={3} />
          </>
        )}
      </Button>
      {below !== undefined && <span className="why">{below}</span>}
    </div>
  )
}

/** Of what it costs, what is not spent but bound. */
export function BoundLine({ plan }: { readonly plan: RegisterPlan }) {
  return (
    <>
      <dt>Of it bound as collateral, at most</dt>
      <dd>{plan.mostBound === 0n ? 'none' : <Amount value={plan.mostBound} unit={TAO} why={COLLATERAL_UNSAID} />}</dd>
      {plan.collateral !== undefined && plan.collateral.share > 0 && <StandingLines plan={plan} />}
    </>
  )
}

/** What this hotkey has bound from an earlier place there, and what is taken because of it. */
function StandingLines({ plan: { collateral, now } }: { readonly plan: RegisterPlan }) {
  const worth = collateral?.stands?.worth
  return (
    <>
      <dt>Bound from an earlier place, and counted</dt>
      <dd>{worth === 0n ? 'none' : <Amount value={worth} unit={TAO} why={BOND_UNSAID} />}</dd>
      {worth !== undefined && worth > 0n && (
        <>
          <dt>So taken at the price of now</dt>
          <dd>
            <Amount value={now?.pays} unit={TAO} why={BOND_UNSAID} />
          </dd>
        </>
      )}
    </>
  )
}
