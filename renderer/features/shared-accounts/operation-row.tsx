import type { MultisigStep } from '../../../shared/accounts/multisig.ts'
import type { MultisigView, MultisigViewOperation } from '../../../shared/accounts/views.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { shortHash } from '../../format/address.ts'
import { intentName } from '../../format/intent-words.ts'
import { ShortAddress } from '../../ui/address.tsx'
import { Amount, Num, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Scale } from '../../ui/scale.tsx'
import { PassCall } from './pass-call.tsx'
import { usePlanReview } from './use-plan-review.ts'

export interface OperationRowProps {
  readonly view: MultisigView
  readonly operation: MultisigViewOperation
  readonly again: () => void
}

const NEXT: Readonly<Record<MultisigStep, string>> = {
  approve: 'Your approval is asked for.',
  execute: 'Yours is the last that is needed: it carries the call out.',
  wait: 'You approved. It waits for the others.',
  'needs-call': 'Yours would be the last approval, and that needs the call itself.',
}

/** One call that waits: what it does, who opened it, how many approved, and what this wallet can do now. */
export function OperationRow({ view, operation, again }: OperationRowProps) {
  const { callHash, intent, text, depositor, deposit, approvals, timepoint } = operation
  const title = intent
    ? intentName(intent)
    : text
      ? 'A call that this app has no words for'
      : 'A call known by its hash'
  return (
    <li className="operation" aria-label={title}>
      <div className="grid min-w-0 gap-2">
        <h4 className="strong">
          {title}
          {intent && 'amount' in intent && intent.kind !== 'remove-stake' && !('fromNetuid' in intent) && (
            <>
              {', '}
              <Amount value={intent.amount} unit={TAO} />
            </>
          )}
        </h4>
        {text && <code className="call">{text}</code>}
        {!text && <PassCall callHash={callHash} onPassed={again} />}
        <p className="soft small">
          Opened by <ShortAddress address={depositor} /> in block <Num value={timepoint.height} />, who gets the deposit
          of <Amount value={deposit} unit={TAO} /> back. Hash{' '}
          <span className="mono" title={callHash}>
            {shortHash(callHash)}
          </span>
        </p>
        {operation.callHex !== undefined && (
          <details>
            <summary>The call as hex, for members with other wallets</summary>
            <code className="call">{operation.callHex}</code>
          </details>
        )}
      </div>
      <div className="grid content-start gap-2">
        <Approvals given={approvals.length} needed={view.account.threshold} />
        <NextStep view={view} operation={operation} again={again} />
      </div>
    </li>
  )
}

function Approvals({ given, needed }: { readonly given: number; readonly needed: number }) {
  return (
    <Scale
      label={`${given} of ${needed} approvals are given`}
      from={0}
      to={needed}
      pointer={given}
      fillTo={given}
      ticks={{ major: needed, minor: 1 }}
      labels={Array.from({ length: needed + 1 }, (_, at) => ({
        at,
        text: at === needed ? `${needed} approvals` : String(at),
      }))}
    />
  )
}

function NextStep({ view, operation, again }: OperationRowProps) {
  const client = useClient()
  const { stale } = useChain()
  const { open, busy, error } = usePlanReview(again)
  const ask = { address: view.account.address, callHash: operation.callHash }
  const off = stale ? 'The chain data is old. Signing waits for a new block.' : undefined
  const busyWith = busy ? 'Planning' : undefined
  const { step } = operation
  return (
    <>
      <p>{step ? NEXT[step] : 'This wallet is no member.'}</p>
      <div className="row wrap">
        {(step === 'approve' || step === 'execute') && (
          <Button
            kind="main"
            offBecause={off}
            busyWith={busyWith}
            onPress={() => open(() => client.call('multisig.planNext', ask))}
          >
            {step === 'approve' ? 'Approve' : 'Carry out'}
          </Button>
        )}
        {operation.mayCancel && (
          <Button
            offBecause={off}
            busyWith={busyWith}
            onPress={() => open(() => client.call('multisig.planCancel', ask))}
          >
            Cancel it
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} />}
    </>
  )
}
