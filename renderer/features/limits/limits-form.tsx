import { type FormEvent, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import { isLoosening, type Policy } from '../../../shared/signing/policy.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { writeDuration } from '../../format/time.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { LimitFields } from './limit-fields.tsx'
import { draftOf, readDraft } from './policy-draft.ts'

export interface LimitsFormProps {
  readonly wallet: WalletView
  readonly view: PolicyView
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** Whether the signer will ask for the password and let the change wait: the same rule as its own. */
const loosens = ({ state, policy }: PolicyView, next: Policy): boolean =>
  state === 'tampered' || (state !== 'none' && isLoosening(policy, next))

/** All limits at once. Says before saving which part counts at once and which waits. */
export function LimitsForm({ wallet, view, onDone, onCancel }: LimitsFormProps) {
  // After tampering nobody knows what held, so the form begins without limits instead of with "nothing".
  const [draft, setDraft] = useState(() => draftOf(view.state === 'tampered' ? {} : view.policy))
  const [password, setPassword] = useState('')
  const actions = useAppActions()
  const save = useCommand('signer.setPolicy')
  const read = readDraft(draft)
  const waits = read.ok && loosens(view, read.value)
  const offBecause = !wallet.unlocked
    ? 'The wallet is locked. Limits are sealed with its key.'
    : !read.ok
      ? 'Something above is not understood.'
      : waits && password === ''
        ? 'Loosening needs the password.'
        : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!read.ok || offBecause !== undefined) return
    const given = waits ? { password } : {}
    const sending = save.send({ wallet: wallet.name, policy: read.value, ...given })
    setPassword('')
    const saved = await sending
    if (!saved.ok) return
    const text = saved.value.pending ? 'What is looser waits; what is stricter counts now.' : 'They count from now on.'
    actions.tell({ kind: 'done', title: 'The limits were saved.', text })
    onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} aria-label="Limits of this wallet">
      <LimitFields draft={draft} problems={read.ok ? {} : read.error} onChange={setDraft} />
      <div className="pad grid gap-3 form">
        {read.ok && <Effect waits={waits} waitMs={view.looseningWaitMs} isBroken={view.looseningWaitMs === 0} />}
        {waits && (
          <Field
            label={`Password of ${wallet.name}`}
            type="password"
            autoComplete="current-password"
            value={password}
            onType={setPassword}
          />
        )}
        {save.error && <ErrorNote error={save.error} />}
        <div className="row wrap">
          <Button onPress={onCancel}>Cancel</Button>
          {!wallet.unlocked && <Button onPress={actions.unlock}>Unlock the wallet</Button>}
          <Button kind="main" type="submit" offBecause={offBecause} busyWith={save.busy ? 'Sealing' : undefined}>
            Save the limits
          </Button>
        </div>
      </div>
    </form>
  )
}

function Effect({ waits, waitMs, isBroken }: { waits: boolean; waitMs: number; isBroken: boolean }) {
  if (!waits) return <Note title="Nothing here is looser than what holds now. It counts at once." />
  const after = isBroken ? 'after the usual wait' : `after ${writeDuration(waitMs)}`
  return (
    <Note kind="warn" title={`Some of this is looser. That part needs your password and counts ${after}.`}>
      <p>What the old and the new limits both allow counts at once. You can call the looser part off until then.</p>
    </Note>
  )
}
