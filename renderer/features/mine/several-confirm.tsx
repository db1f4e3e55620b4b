import { useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { ManyPlan } from '../../../shared/registration/plan-many.ts'
import { parseTao } from '../../../shared/units/decimal.ts'
import { plainAmount } from '../../../shared/words/plain-text.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { beside, PasswordField } from '../../ui/password-field.tsx'
import { type HotkeyNames, SeveralPlan } from './several-plan.tsx'

export interface SeveralConfirmProps {
  /** Stays what it was when this was opened: the limits that are agreed to are those that are read. */
  readonly plan: ManyPlan
  readonly wallet: WalletView
  readonly names: HotkeyNames
  readonly onBegun: () => void
  readonly onClose: () => void
}

/** Why it cannot be begun; the first reason counts. */
function useShut({ plan, wallet }: SeveralConfirmProps, typed: string, password: string) {
  const chain = useChain()
  const most = parseTao(typed)
  const enough = most.ok && most.value >= plan.mostCost
  const wrong =
    typed.trim() === '' || enough
      ? undefined
      : most.ok
        ? 'All together may cost more than that. Type at least the sum, or register fewer.'
        : 'An amount of TAO, as 0.25.'
  const off = wallet.watchOnly
    ? 'This wallet is only watched: its key is not here.'
    : wallet.address !== plan.coldkey
      ? 'Another wallet is shown by now.'
      : chain.stale
        ? 'The chain data is old. Signing waits for a new block.'
        : !enough
          ? 'Type the most that all together may cost.'
          : !wallet.unlocked && password === ''
            ? 'Type the password of the wallet.'
            : undefined
  return { off, wrong, most: most.ok ? most.value : undefined }
}

/** One agreement for all of them. Cancel has the focus; the sum is typed, so that it was read. */
export function SeveralConfirm(props: SeveralConfirmProps) {
  const { plan, wallet, names, onBegun, onClose } = props
  const cancel = useRef<HTMLButtonElement>(null)
  const [typed, setTyped] = useState('')
  const [password, setPassword] = useState('')
  const unlock = useCommand('wallet.unlock')
  const start = useCommand('registration.startMany')
  const { off, wrong, most } = useShut(props, typed, password)
  const busy = unlock.busy ? 'Opening the key file' : start.busy ? 'Beginning' : undefined
  const begin = async () => {
    if (off !== undefined || busy !== undefined || most === undefined) return
    if (!wallet.unlocked) {
      const opened = await unlock.send({ name: wallet.name, password })
      setPassword('')
      if (!opened.ok) return
    }
    const begun = await start.send({ plan, upTo: most })
    if (begun.ok) onBegun()
  }
  const refused = beside(unlock.error) ?? start.error
  const count = plan.buys.length
  return (
    <Dialog
      title={`Register ${count} ${count === 1 ? 'hotkey' : 'hotkeys'}`}
      onClose={onClose}
      first={cancel}
      ask={
        <form
          className="form grid gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void begin()
          }}
        >
          <Field
            label="All together at most, TAO"
            inputMode="decimal"
            value={typed}
            onType={setTyped}
            wrong={wrong}
            hint={`They may cost ${plainAmount(plan.mostCost)} TAO. Type it yourself: where it is more than that, nothing is begun.`}
          />
          {!wallet.unlocked && !wallet.watchOnly && (
            <PasswordField
              label={`Password of ${wallet.name}`}
              value={password}
              onType={setPassword}
              hint="The wallet is locked. Signing opens it."
              error={unlock.error}
            />
          )}
          {refused && <ErrorNote error={refused} />}
          {/* A form of several fields is sent by Enter only where it has a button of its own. */}
          <button type="submit" className="vh" tabIndex={-1} aria-hidden="true">
            Agree
          </button>
        </form>
      }
      footer={
        <>
          <span className="why" aria-live="polite">
            {busy ?? off ?? ''}
          </span>
          <span className="end">
            <Button large ref={cancel} onPress={onClose}>
              Cancel
            </Button>
            <Button large kind="main" offBecause={off} busyWith={busy} onPress={() => void begin()}>
              Agree and begin
            </Button>
          </span>
        </>
      }
    >
      <p>
        Each is signed and sent by itself, one after the other: <span className="mono">register_limit</span> on netuid{' '}
        {plan.netuid}, with its own limit in the call. It stops at the first that is refused, or that costs more than
        its limit by then; what was bought stays bought, and nothing is bought twice.
      </p>
      <SeveralPlan plan={plan} names={names} />
    </Dialog>
  )
}
