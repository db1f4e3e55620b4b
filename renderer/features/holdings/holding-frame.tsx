import type { ReactNode } from 'react'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Amount, TAO } from '../../ui/amount.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { TradeDrawer } from '../../ui/trade-drawer.tsx'
import type { HoldingPlan } from './use-holding-plan.ts'

export interface HoldingFrameProps {
  readonly title: ReactNode
  readonly plan: HoldingPlan
  readonly onClose: () => void
  /** The other actions, to choose from. */
  readonly ways?: ReactNode
  /** Why the network cannot do it at all. */
  readonly notOffered?: string | undefined
  readonly action?: string
  readonly children: ReactNode
}

/** What every action about a holding has around it: in whose name, what it costs, why not, and the way to the signature. */
export function HoldingFrame({ title, plan, onClose, ways, notOffered, action, children }: HoldingFrameProps) {
  const { account, error, state } = plan
  return (
    <TradeDrawer
      title={title}
      off={notOffered ?? plan.off}
      onReview={plan.onReview}
      onClose={onClose}
      {...(action === undefined ? {} : { action })}
    >
      {ways}
      {notOffered !== undefined && (
        <Note kind="warn" title="This network does not offer it.">
          <p>{notOffered} It appears here as soon as the network has it.</p>
        </Note>
      )}
      {account && <ActingForPlan account={account} wrapped={plan.plan} state={state} error={error} narrow />}
      {children}
      {!account && error && <ErrorNote error={error} />}
      {!account && plan.plan && <Cost plan={plan.plan} />}
    </TradeDrawer>
  )
}

/** The fee as the chain quotes it for this very call. */
function Cost({ plan }: { readonly plan: NonNullable<HoldingPlan['plan']> }) {
  return (
    <dl className="kv quote" aria-live="polite">
      <dt>Network fee</dt>
      <dd>
        <Amount value={plan.txFee} unit={TAO} />
      </dd>
      {plan.placeCost !== undefined && (
        <>
          <dt>{plan.inner.kind === 'root-register' ? 'Price of the seat now' : 'Price of the change'}</dt>
          <dd>
            <Amount value={plan.placeCost} unit={TAO} />
          </dd>
        </>
      )}
      <dt>Free afterwards</dt>
      <dd>
        <Amount value={plan.freeAfter} unit={TAO} />
      </dd>
    </dl>
  )
}
