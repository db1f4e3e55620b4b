import { useEffect, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import { NOTHING_ALLOWED } from '../../../shared/signing/policy.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Button } from '../../ui/button.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { LimitsForm } from './limits-form.tsx'
import { LimitsNow } from './limits-now.tsx'
import { PendingLimits } from './pending-limits.tsx'
import { BrokenNote, StateNote } from './policy-state.tsx'

const EVERY_MS = 10_000

/** What holds when not even the log can be read: nothing, until limits are set anew. */
const broken = (error: AppError): PolicyView | undefined =>
  error.code === 'signer/audit-broken' ? { policy: NOTHING_ALLOWED, state: 'tampered', looseningWaitMs: 0 } : undefined

/** The limits of one wallet: how they stand, what waits, and the form that changes them. */
export function LimitsOfWallet({ wallet }: { readonly wallet: WalletView }) {
  const asked = useQuestion('signer.policy', { wallet: wallet.name }, { freshForMs: 0, everyMs: EVERY_MS })
  const [changing, setChanging] = useState(false)
  const { again } = asked
  const { unlocked } = wallet
  // An opened wallet has its seal checked, a locked one has not: the answer differs. The dependency is the trigger.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => again(), [unlocked])
  if (asked.state === 'loading' || asked.state === 'idle')
    return <Loading awaits="the limits of this wallet" rows={5} />
  const view = asked.state === 'ready' ? asked.value : broken(asked.error)
  if (!view) return asked.state === 'failed' ? <Failed error={asked.error} again={again} /> : null
  const done = () => {
    setChanging(false)
    again()
  }
  return (
    <>
      {asked.state === 'failed' ? <BrokenNote error={asked.error} /> : <StateNote view={view} />}
      {view.pending && (
        <PendingLimits wallet={wallet} pending={view.pending} waitMs={view.looseningWaitMs} onChange={again} />
      )}
      {changing ? (
        <LimitsForm wallet={wallet} view={view} onDone={done} onCancel={() => setChanging(false)} />
      ) : (
        <>
          <LimitsNow view={view} />
          <div className="pad">
            <Button kind="main" onPress={() => setChanging(true)}>
              {view.state === 'none'
                ? 'Set limits'
                : view.state === 'tampered'
                  ? 'Set limits anew'
                  : 'Change the limits'}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
