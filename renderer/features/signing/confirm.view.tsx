import { type RefObject, useEffect, useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { ShieldMode } from '../../../shared/transactions/shield.ts'
import type { Plan } from '../../../shared/transactions/transaction.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { type Chain, useChain } from '../../bridge/use-chain.ts'
import { useNow } from '../../bridge/use-now.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { errorInField } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DoubtNote } from '../../ui/doubt-note.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { BytesPanel } from './bytes-panel.tsx'
import { OutcomeView } from './outcome.view.tsx'
import { PlanSummary } from './plan-summary.tsx'
import { isWaiting, RefusalNote } from './refusal-note.tsx'
import { ReadingNote, type SecondReading, useSecondReading } from './second-reading.tsx'
import { usePrepared, useSigning } from './use-confirm.ts'
import { type LimitsVerdict, verdictOf, YourLimits } from './your-limits.tsx'

/** The app refuses a quote that is 20 blocks old; a person needs some of them to press the button. */
const AGED_BLOCKS = 15
const LIMITS_EVERY_MS = 10_000

export interface ConfirmDialogProps {
  readonly plan: Plan
  readonly wallet: WalletView
  readonly onSent?: (() => void) | undefined
  readonly onClose: () => void
}

interface Facts {
  readonly wallet: WalletView
  readonly chain: Chain
  readonly isPrepared: boolean
  readonly second: SecondReading
  readonly verdict: LimitsVerdict
}
/** Why signing is shut now; the first reason counts. */
function shutBecause({ wallet, chain, isPrepared, second, verdict }: Facts): string | undefined {
  if (wallet.watchOnly) return 'This wallet is only watched: its key is not here.'
  if (chain.stale) return 'The chain data is old. Signing waits for a new block.'
  if (!isPrepared) return 'Nothing to sign yet.'
  if (second.offBecause !== undefined) return second.offBecause
  if (verdict.is === 'refused') return 'Your limits do not allow this.'
  return verdict.is === 'tampered' ? 'The limits were changed from outside. Nothing is signed.' : undefined
}

const asideOf = ({ isPrepared, second }: Facts): string =>
  !isPrepared
    ? ''
    : second.reading && !second.offBecause
      ? 'The signer read the bytes, and so did the chain client. They agree.'
      : ''

/** All that the dialog knows and does. */
function useConfirm({ plan, wallet }: ConfirmDialogProps) {
  const chain = useChain()
  const now = useNow()
  const quote = usePrepared(plan)
  const { prepared } = quote
  const signing = useSigning(wallet, prepared)
  const second = useSecondReading(prepared)
  const asked = useQuestion('signer.policy', wallet.watchOnly ? undefined : { wallet: wallet.name }, {
    freshForMs: 0,
    everyMs: LIMITS_EVERY_MS,
  })
  const verdict = verdictOf(prepared?.plan ?? plan, asked)
  const [password, setPassword] = useState('')
  const press = async () => {
    const signed = signing.sign(password)
    // Signing waits for a block; the password is not kept that long.
    setPassword('')
    await signed
  }
  const chooseShield = (mode: ShieldMode) => {
    signing.forget()
    quote.chooseShield(mode)
  }
  const quoteAgain = () => {
    signing.forget()
    void quote.prepare()
  }
  const facts: Facts = { wallet, chain, isPrepared: prepared !== undefined, second, verdict }
  const refused = signing.send.error
  const aged = prepared !== undefined && chain.block !== undefined && chain.block - prepared.plan.atBlock > AGED_BLOCKS
  const waits = isWaiting(refused) && refused.readyAtMs > now
  return { quote, signing, facts, refused, aged, waits, password, setPassword, press, quoteAgain, chooseShield }
}
type Confirm = ReturnType<typeof useConfirm>

/** Shows what the bytes say, not what was asked. Cancel has the focus; signing takes a deliberate step. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { plan, wallet, onSent, onClose } = props
  const confirm = useConfirm(props)
  const cancel = useRef<HTMLButtonElement>(null)
  const { quote, signing, facts, refused } = confirm
  const { prepared } = quote
  const happened = signing.record !== undefined
  // The dialog stays the same one when it turns to what happened, so nothing else gives the focus a place again.
  useEffect(() => {
    if (happened) cancel.current?.focus({ focusVisible: true } as FocusOptions)
  }, [happened])
  if (signing.record) {
    // What began the signing, a drawer perhaps, goes only now: the focus returns to where it came from.
    const read = () => {
      onSent?.()
      onClose()
    }
    return (
      <Dialog
        title="What happened"
        onClose={read}
        first={cancel}
        footer={
          <span className="end">
            <Button ref={cancel} onPress={read}>
              Close
            </Button>
          </span>
        }
      >
        <OutcomeView record={signing.record} plan={prepared?.plan ?? plan} />
      </Dialog>
    )
  }
  const asksPassword = prepared !== undefined && !wallet.unlocked && !wallet.watchOnly
  return (
    <Dialog
      title="Check before you sign"
      aside={asideOf(facts)}
      onClose={() => !signing.send.busy && onClose()}
      first={cancel}
      ask={
        (asksPassword || refused) && (
          <>
            {asksPassword && <PasswordForm wallet={wallet} confirm={confirm} />}
            {refused && <RefusalNote error={refused} onLeave={onClose} />}
          </>
        )
      }
      footer={<Footer confirm={confirm} cancel={cancel} onClose={onClose} />}
    >
      {signing.send.busy && prepared && <SendingDoubt preparedId={prepared.preparedId} />}
      {quote.busy && <Loading awaits="a new quote and the bytes" rows={4} />}
      {quote.error && <ErrorNote error={quote.error} />}
      {prepared && <ReadingNote second={facts.second} />}
      {prepared && (
        <PlanSummary
          prepared={prepared}
          reading={facts.second.reading}
          onShield={wallet.watchOnly ? undefined : confirm.chooseShield}
          limits={wallet.watchOnly ? undefined : <YourLimits verdict={facts.verdict} onLeave={onClose} />}
        />
      )}
      {prepared && <BytesPanel prepared={prepared} reading={facts.second.reading} />}
    </Dialog>
  )
}

/** While its block is waited for: what a node said against it meanwhile. */
function SendingDoubt({ preparedId }: { readonly preparedId: string }) {
  const records = valueIn(useSubscription('activity.watch'))
  const doubt = records?.find((record) => record.preparedId === preparedId)?.doubt
  return doubt ? <DoubtNote doubt={doubt} /> : null
}

function PasswordForm({ wallet, confirm }: { readonly wallet: WalletView; readonly confirm: Confirm }) {
  const { password, setPassword, press, signing, facts } = confirm
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (shutBecause(facts) === undefined) void press()
      }}
    >
      <Field
        label={`Password of ${wallet.name}`}
        type="password"
        autoComplete="current-password"
        value={password}
        onType={setPassword}
        hint="The wallet is locked. Signing opens it."
        {...errorInField(signing.unlock.error)}
      />
    </form>
  )
}

interface FooterProps {
  readonly confirm: Confirm
  readonly cancel: RefObject<HTMLButtonElement | null>
  readonly onClose: () => void
}
function Footer({ confirm, cancel, onClose }: FooterProps) {
  const { signing, facts, refused, aged, waits, press, quoteAgain } = confirm
  const offBecause = shutBecause(facts)
  const busy = signing.unlock.busy ? 'Opening the key file' : signing.send.busy ? 'Waiting for a block' : undefined
  const beginsWait = facts.verdict.is === 'within' && facts.verdict.waitMs > 0
  const why = busy
    ? `${busy}. Nothing more has to be done.`
    : (offBecause ?? (aged && !refused ? 'The quote is old by now.' : ''))
  return (
    <>
      <span className="why" aria-live="polite">
        {why}
      </span>
      <span className="end">
        <Button large ref={cancel} onPress={onClose} offBecause={signing.send.busy ? 'It is sent already.' : undefined}>
          Cancel
        </Button>
        {(refused || aged) && !busy ? (
          <Button large kind="main" offBecause={waits ? 'The wait is not over.' : undefined} onPress={quoteAgain}>
            Quote again
          </Button>
        ) : (
          <Button large kind="main" offBecause={offBecause} busyWith={busy} onPress={() => void press()}>
            {beginsWait ? 'Sign, or begin the wait' : 'Sign and send'}
          </Button>
        )}
      </span>
    </>
  )
}
