import type { AccountPlan } from '../../../shared/accounts/plan-account.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { IntentLines, Line } from './intent-lines.tsx'

/** A call about an account in words: for whom, what, and what it costs whom. */
export function AccountLines({ plan }: { readonly plan: AccountPlan }) {
  const wrapped = plan.via.kind !== 'direct'
  return (
    <>
      {wrapped && (
        <Line name={plan.via.kind === 'proxy' ? 'In the name of' : 'Shared account'}>
          <GroupedAddress address={plan.coldkey} />
        </Line>
      )}
      {wrapped && (
        <Line name="This signature">
          {INTENT_WORDS[plan.intent.kind].name}. {INTENT_WORDS[plan.intent.kind].does}
        </Line>
      )}
      <IntentLines intent={plan.inner} />
      <Line name="Network fee">
        <Amount value={plan.txFee} unit={TAO} />. Not refunded if the chain refuses.
      </Line>
      {plan.deposit > 0n && (
        <Line name="Deposit">
          <Amount value={plan.deposit} unit={TAO} />, kept back by the chain and returned when this ends
        </Line>
      )}
      {plan.charge > 0n && (
        <Line name="Charge">
          <Amount value={plan.charge} unit={TAO} />, taken by the chain and not returned
        </Line>
      )}
      <Line name="Free afterwards">
        <Amount value={plan.freeAfter} unit={TAO} />
      </Line>
    </>
  )
}
