import type { ReactNode } from 'react'
import type { CloseAccountPlan, TransferPlan } from '../../../shared/transfers/plan-transfer.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Note } from '../../ui/note.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** A transfer in words. The recipient stands in full, whoever it is: this is where the decision is made. */
export function TransferLines({ plan }: { readonly plan: TransferPlan | CloseAccountPlan }) {
  const check = useQuestion('addresses.check', { text: plan.request.to }, { freshForMs: 2_000 })
  const closes = plan.kind === 'transfer-all'
  return (
    <>
      <Line name={closes ? 'Everything' : 'Amount'}>
        <span className="read-m">
          <Amount value={closes ? plan.amount : plan.request.amount} unit={TAO} />
        </span>
        <Fiat value={closes ? plan.amount : plan.request.amount} said />
      </Line>
      <Line name="To">
        <GroupedAddress address={plan.request.to} />
        {check.state === 'ready' && <RecipientFindings report={check.value} />}
      </Line>
      <Line name="What it does">
        {closes
          ? 'Sends all that is free and closes this account. It cannot be undone.'
          : 'Sends TAO to another account. It cannot be undone.'}
        {plan.opensAccount && ' The recipient holds nothing yet; this opens the account.'}
      </Line>
      <Line name="Network fee">
        <Amount value={plan.txFee} unit={TAO} />, {closes ? 'taken before the rest is sent' : 'on top'}. Not refunded if
        the chain refuses.
      </Line>
      {!closes && (
        <Line name="Free afterwards">
          <Amount value={plan.freeAfter} unit={TAO} />
        </Line>
      )}
      {closes && (
        <Line name="Free afterwards">
          <Note kind="warn" title="Nothing.">
            <p>What arrives in the meantime is sent, too. Stake of this account stays, without TAO for its fees.</p>
          </Note>
        </Line>
      )}
    </>
  )
}
