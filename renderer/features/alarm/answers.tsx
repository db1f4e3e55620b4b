import { useEffect, useRef, useState } from 'react'
import { readAddress } from '../../../shared/addresses/read-address.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { AppActions } from '../../bridge/app-actions.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useCommand } from '../../bridge/use-command.ts'
import type { GuardedSwap } from '../../bridge/use-guard.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { ownerOf } from './use-alarm.ts'

export interface AnswersProps {
  readonly alarm: GuardedSwap
  readonly review: AppActions['review']
  readonly tell: AppActions['tell']
}

/** Two answers of equal size: not me, me. */
export function Answers({ alarm, review, tell }: AnswersProps) {
  return (
    <div className="two">
      <section aria-labelledby="not-me">
        <h2 id="not-me">This was not me</h2>
        <p>
          Your words or your password are known to someone. A dispute freezes the coldkey: nobody can move anything, you
          included, until the chain's root account resets it. That may take days.
        </p>
        <Dispute alarm={alarm} review={review} />
      </section>
      <section aria-labelledby="me">
        <h2 id="me">This was me</h2>
        <p>
          Enter the new coldkey address. The app compares it with the hash on the chain. If they agree, this window
          closes and the move is shown as planned.
        </p>
        <Acknowledge alarm={alarm} tell={tell} />
      </section>
    </div>
  )
}

/** Shows the wallet that holds the key, and opens the confirm dialog on the dispute. */
function Dispute({ alarm: { wallet }, review }: Pick<AnswersProps, 'alarm' | 'review'>) {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const press = async () => {
    if (!wallet) return
    setBusy(true)
    setError(undefined)
    const selected = await client.call('wallet.select', { name: wallet.name })
    const planned = selected.ok
      ? await client.call('account.plan', { via: { kind: 'direct' }, intent: { kind: 'dispute-coldkey-swap' } })
      : selected
    setBusy(false)
    if (planned.ok) review(planned.value)
    else setError(planned.error)
  }
  return (
    <>
      <Button kind="main" large onPress={() => void press()} busyWith={busy ? 'Preparing' : undefined}>
        Dispute and freeze
      </Button>
      <span className="mute small">
        {wallet?.watchOnly
          ? 'The key of this coldkey is not in this app. The call is prepared here, and signed where the key is.'
          : 'Asks for your password. You see the fee and the bytes first.'}
      </span>
      {error && <ErrorNote error={error} />}
    </>
  )
}

function Acknowledge({ alarm, tell }: Pick<AnswersProps, 'alarm' | 'tell'>) {
  const acknowledge = useCommand('account.acknowledgeSwap')
  const [text, setText] = useState<string>()
  const [wrong, setWrong] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  const open = text !== undefined
  useEffect(() => {
    if (open) form.current?.querySelector('input')?.focus()
  }, [open])
  const send = async () => {
    const read = readAddress(text ?? '')
    if (!read.ok) return setWrong('This is not a complete address.')
    const done = await acknowledge.send({ coldkey: alarm.swap.coldkey, newColdkey: read.value })
    if (done.ok) tell({ kind: 'done', title: `The move of ${ownerOf(alarm)} is shown as planned.` })
  }
  if (!open)
    return (
      <>
        <Button large onPress={() => setText('')}>
          Enter the new address
        </Button>
        <span className="mute small">If they do not agree, use the left side.</span>
      </>
    )
  return (
    <form
      ref={form}
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field
        label="Address of the new coldkey"
        mono
        value={text}
        wrong={wrong}
        onType={(typed) => {
          setText(typed)
          setWrong(undefined)
          acknowledge.clear()
        }}
      />
      <Button large type="submit" busyWith={acknowledge.busy ? 'Comparing' : undefined}>
        Compare with the chain
      </Button>
      {acknowledge.error && <ErrorNote error={acknowledge.error} />}
    </form>
  )
}
