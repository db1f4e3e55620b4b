import type { AccountPlan } from '../../../shared/accounts/plan-account.ts'
import { innerIntents } from '../../../shared/signing/intent.ts'
import { intentName } from '../../format/intent-words.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { IntentLines, Line } from './intent-lines.tsx'

/** Why somebody else's account is acted for. */
const FOR = { direct: 'Account', proxy: 'Acts for', multisig: 'Shared account' } as const

/** The signature is over a hash, and the plan knows the call that it stands for. */
const isHashOnly = ({ via, intent, inner }: AccountPlan): boolean =>
  via.kind !== 'direct' && innerIntents(intent).length === 0 && intent.kind !== inner.kind

/** A call about an account in words: for whom, everything that is signed, and what it costs whom. */
export function AccountLines({ plan }: { readonly plan: AccountPlan }) {
  const isOther = plan.coldkey !== plan.signer
  return (
    <>
      {isOther && (
        <Line name={FOR[plan.via.kind]}>
          <GroupedAddress address={plan.coldkey} />
        </Line>
      )}
      <IntentLines intent={plan.intent} />
      {isHashOnly(plan) && (
        <>
          <dt className="nest">What the hash stands for, as this app made it: {intentName(plan.inner)}</dt>
          <dd className="nest">
            <dl className="kv start confirm">
              <IntentLines intent={plan.inner} />
            </dl>
          </dd>
        </>
      )}
      <Line name="Signs and pays">
        <GroupedAddress address={plan.signer} />
      </Line>
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
      {plan.placeCost !== undefined && (
        <Line name={plan.inner.kind === 'root-register' ? 'Price of the seat now' : 'Price of the change'}>
          <Amount value={plan.placeCost} unit={TAO} />
          {plan.inner.kind === 'root-register'
            ? ', burned. The call knows no limit: the chain takes what the seat costs in the block that gives it'
            : ', burned by the chain and not returned'}
        </Line>
      )}
      <Line name="Free afterwards">
        <Amount value={plan.freeAfter} unit={TAO} /> {isOther && 'with the account that signs'}
      </Line>
    </>
  )
}
