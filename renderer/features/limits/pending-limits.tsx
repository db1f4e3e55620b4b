import { useEffect } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { useNow } from '../../bridge/use-now.ts'
import { writeDuration, writeMoment } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Scale } from '../../ui/scale.tsx'
import { PolicyLines } from './limits-now.tsx'

export interface PendingProps {
  readonly wallet: WalletView
  readonly pending: NonNullable<PolicyView['pending']>
  /** How long a loosening waits in this wallet, ms. */
  readonly waitMs: number
  readonly onChange: () => void
}

/** Looser limits that wait: what they will be, when, and the way to call them off. */
export function PendingLimits({ wallet, pending, waitMs, onChange }: PendingProps) {
  const cancel = useCommand('signer.cancelLoosening')
  const actions = useAppActions()
  const now = useNow()
  const leftMs = Math.max(0, pending.effectiveAtMs - now)
  const isOver = leftMs === 0
  // Their moment has come: ask what holds now. The dependency is the trigger.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (isOver) onChange()
  }, [isOver])
  const keep = async () => {
    const kept = await cancel.send({ wallet: wallet.name })
    if (kept.ok) onChange()
  }
  const left = isOver ? 'now' : `in ${writeDuration(leftMs)}`
  return (
    <section className="pad rule-after grid gap-3" aria-label="Looser limits that wait">
      <h2>Looser limits wait</h2>
      <p>
        They count from {writeMoment(pending.effectiveAtMs, now)} on, <span className="strong">{left}</span>. Until then
        the stricter ones below hold. If you did not ask for this, keep the limits and change your password.
      </p>
      <Scale
        label={`Looser limits count ${left}`}
        from={0}
        to={Math.max(waitMs, leftMs)}
        fillTo={Math.max(waitMs, leftMs) - leftMs}
        pointer={Math.max(waitMs, leftMs) - leftMs}
      />
      <details>
        <summary>What they will be</summary>
        <PolicyLines policy={pending.policy} />
      </details>
      {cancel.error && <ErrorNote error={cancel.error} />}
      <div className="row wrap">
        {wallet.unlocked ? (
          <Button onPress={() => void keep()} busyWith={cancel.busy ? 'Keeping the limits' : undefined}>
            Keep the limits as they are
          </Button>
        ) : (
          <Button onPress={actions.unlock}>Unlock to keep the limits as they are</Button>
        )}
      </div>
    </section>
  )
}
