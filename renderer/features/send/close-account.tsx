import { useState } from 'react'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuote } from '../../bridge/use-quote.ts'
import { useFresh, useSubscription } from '../../bridge/use-subscription.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { useSendDraft } from './send-draft.store.ts'

export interface CloseAccountProps {
  readonly to: Ss58 | undefined
  readonly typed: { readonly typedTo?: string }
  /** What the recipient still lacks. */
  readonly lacks: string | undefined
}

/** Apart from sending, and never what Max means: it ends the account on the chain. */
export function CloseAccount(props: CloseAccountProps) {
  const [open, setOpen] = useState(false)
  return (
    <details className="rule pad" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Send everything and close this account</summary>
      {open && <Closing {...props} />}
    </details>
  )
}

function Closing({ to, typed, lacks }: CloseAccountProps) {
  const { review } = useAppActions()
  const { draftSent } = useSendDraft()
  const chain = useChain()
  const wallet = valueIn(useSubscription('wallet.state'))?.active
  const portfolio = useFresh('portfolio.watch', chain.stale)
  const [name, setName] = useState('')
  const quote = useQuote('transfer.planClose', to && { to, ...typed })
  const plan = quote.state === 'ready' ? quote.value : undefined
  const positions = portfolio.state === 'ready' ? portfolio.value.positions.length : undefined
  const named = wallet !== undefined && name.trim() === wallet.name
  const off = chain.stale
    ? 'The chain data is old. Signing waits for a new block.'
    : (lacks ?? (plan ? (named ? undefined : 'Type the name of the wallet first.') : 'Waiting for the plan.'))
  return (
    <div className="send pt-3">
      <Note kind="bad" title="The chain forgets an account that holds nothing.">
        <p>
          All that is free leaves, also the smallest balance that otherwise stays. It cannot be undone. What arrives
          before the transaction is carried out is sent, too.
        </p>
        {positions !== undefined && positions > 0 && (
          <p>
            <b className="strong">
              {positions === 1 ? 'One stake position stays' : `${positions} stake positions stay`} with this account,
            </b>{' '}
            without TAO for the fee of taking them back. Unstake first.
          </p>
        )}
      </Note>
      {quote.state === 'loading' && <Loading awaits="the plan" rows={2} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {plan && (
        <dl className="kv">
          <dt>The recipient gets</dt>
          <dd>
            <Amount value={plan.amount} unit={TAO} />
          </dd>
          <dt>Network fee</dt>
          <dd>
            <Amount value={plan.txFee} unit={TAO} />
          </dd>
        </dl>
      )}
      <Field label={`To go on, type the name of this wallet: ${wallet?.name ?? ''}`} value={name} onType={setName} />
      <div className="row wrap">
        <Button kind="danger" offBecause={off} onPress={() => plan && review(plan, draftSent)}>
          Review closing this account
        </Button>
        <span className="why">{off ?? 'Planned again before signing'}</span>
      </div>
    </div>
  )
}
