import { useCallback, useEffect, useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { Plan, Prepared, TransactionRecord } from '../../../shared/transactions/transaction.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { errorInField } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { BytesPanel } from './bytes-panel.tsx'
import { OutcomeView } from './outcome.view.tsx'
import { PlanSummary } from './plan-summary.tsx'

/** The app refuses a quote that is 20 blocks old; a person needs some of them to press the button. */
const AGED_BLOCKS = 15

export interface ConfirmDialogProps {
  readonly plan: Plan
  readonly wallet: WalletView
  readonly onSent?: (() => void) | undefined
  readonly onClose: () => void
}

/** Quotes again and builds the bytes as soon as the dialog opens; again when asked to. */
function usePrepared(plan: Plan) {
  const { send, busy, error } = useCommand('transaction.prepare')
  const [prepared, setPrepared] = useState<Prepared>()
  const prepare = useCallback(async () => {
    setPrepared(undefined)
    const result = await send({ plan })
    if (result.ok) setPrepared(result.value)
  }, [send, plan])
  useEffect(() => void prepare(), [prepare])
  return { prepared, error, busy, prepare }
}

function useSigning(wallet: WalletView, prepared: Prepared | undefined) {
  const unlock = useCommand('wallet.unlock')
  const send = useCommand('transaction.send')
  const [record, setRecord] = useState<TransactionRecord>()
  const sign = async (password: string) => {
    if (!prepared) return false
    if (!wallet.unlocked) {
      const opened = await unlock.send({ name: wallet.name, password })
      if (!opened.ok) return false
    }
    const sent = await send.send({ preparedId: prepared.preparedId })
    if (sent.ok) setRecord(sent.value)
    return sent.ok
  }
  const forget = () => {
    unlock.clear()
    send.clear()
  }
  return { sign, record, unlock, send, forget }
}

/** Shows what the bytes say, not what was asked. Cancel has the focus; signing takes a deliberate step. */
export function ConfirmDialog({ plan, wallet, onSent, onClose }: ConfirmDialogProps) {
  const chain = useChain()
  const { prepared, error, busy, prepare } = usePrepared(plan)
  const { sign, record, unlock, send, forget } = useSigning(wallet, prepared)
  const [password, setPassword] = useState('')
  const cancel = useRef<HTMLButtonElement>(null)
  const press = async () => {
    await sign(password)
    setPassword('')
  }
  // Heard only when the dialog closes: what it was opened from must still be there, to get the focus back.
  const closeSent = () => {
    onClose()
    onSent?.()
  }
  // The button that was pressed is gone: the next key belongs to the one that ends it.
  useEffect(() => {
    if (record) cancel.current?.focus({ focusVisible: true } as FocusOptions)
  }, [record])
  if (record)
    return (
      <Dialog
        title="What happened"
        onClose={closeSent}
        first={cancel}
        footer={
          <span className="end">
            <Button ref={cancel} onPress={closeSent}>
              Close
            </Button>
          </span>
        }
      >
        <OutcomeView record={record} plan={prepared?.plan ?? plan} />
      </Dialog>
    )
  const aged = prepared !== undefined && chain.block !== undefined && chain.block - prepared.plan.atBlock > AGED_BLOCKS
  const offBecause = wallet.watchOnly
    ? 'This wallet is only watched: its key is not here.'
    : chain.stale
      ? 'The chain data is old. Signing waits for a new block.'
      : prepared
        ? undefined
        : 'Nothing to sign yet.'
  const asksPassword = prepared !== undefined && !wallet.unlocked && !wallet.watchOnly
  const signing = unlock.busy ? 'Opening the key file' : send.busy ? 'Waiting for a block' : undefined
  return (
    <Dialog
      title="Check before you sign"
      aside={prepared ? 'Read from the bytes that will be signed.' : ''}
      onClose={() => !send.busy && onClose()}
      first={cancel}
      ask={
        (asksPassword || send.error) && (
          <>
            {asksPassword && (
              <form
                className="form"
                onSubmit={(event) => {
                  event.preventDefault()
                  void press()
                }}
              >
                <Field
                  label={`Password of ${wallet.name}`}
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  onType={setPassword}
                  hint="The wallet is locked. Signing opens it."
                  {...errorInField(unlock.error)}
                />
              </form>
            )}
            {send.error && <ErrorNote error={send.error} />}
          </>
        )
      }
      footer={
        <>
          <span className="why" aria-live="polite">
            {offBecause ??
              (aged && !signing ? 'The quote is old by now.' : undefined) ??
              (signing ? `${signing}. Nothing more has to be done.` : '')}
          </span>
          <span className="end">
            <Button large ref={cancel} onPress={onClose} offBecause={send.busy ? 'It is sent already.' : undefined}>
              Cancel
            </Button>
            {(send.error || aged) && !signing ? (
              <Button
                large
                kind="main"
                onPress={() => {
                  forget()
                  void prepare()
                }}
              >
                Quote again
              </Button>
            ) : (
              <Button large kind="main" offBecause={offBecause} busyWith={signing} onPress={() => void press()}>
                Sign and send
              </Button>
            )}
          </span>
        </>
      }
    >
      {busy && <Loading awaits="a new quote and the bytes" rows={4} />}
      {error && <ErrorNote error={error} />}
      {prepared && <PlanSummary prepared={prepared} />}
      {prepared && <BytesPanel prepared={prepared} />}
    </Dialog>
  )
}
