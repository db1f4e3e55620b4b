import { useRef, useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { OrderPlan } from '../../../shared/staking/order-plan.ts'
import { orderSentence } from '../../../shared/words/order-words.ts'
import type { Input } from '../../bridge/client.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useCommand } from '../../bridge/use-command.ts'
import { errorInField } from '../../format/explain-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { ErrorNote, Note } from '../../ui/note.tsx'
import { HandOver } from './order-drawer.tsx'
import { OrderLines } from './order-lines.tsx'

export interface SignOrderDialogProps {
  readonly plan: OrderPlan
  readonly wallet: WalletView
  readonly onSigned: () => void
  readonly onClose: (signed: boolean) => void
}

/** The order that was shown, and its name: another one is not signed. */
function askOf({ order, orderId }: OrderPlan): Input<'orders.sign'> {
  const { hotkey, netuid, type, amount, limitPrice, expiryMs, relayers, maxSlippagePpb, partialFills } = order
  return {
    hotkey,
    netuid,
    type,
    amount,
    limitPrice,
    expiryMs,
    partialFills,
    ...(relayers ? { relayers } : {}),
    ...(maxSlippagePpb === undefined ? {} : { maxSlippagePpb }),
    confirmed: orderId,
  }
}

function useSigning({ plan, wallet, onSigned }: SignOrderDialogProps) {
  const unlock = useCommand('wallet.unlock')
  const sign = useCommand('orders.sign')
  const [password, setPassword] = useState('')
  const [signed, setSigned] = useState(false)
  const press = async () => {
    const typed = password
    setPassword('')
    if (!wallet.unlocked && !(await unlock.send({ name: wallet.name, password: typed })).ok) return
    const done = await sign.send(askOf(plan))
    if (!done.ok) return
    setSigned(true)
    onSigned()
  }
  return { unlock, sign, password, setPassword, signed, press }
}

/** Shows the order to the byte. Cancel has the focus; signing takes a deliberate step. */
export function SignOrderDialog(props: SignOrderDialogProps) {
  const { plan, wallet, onClose } = props
  const { unlock, sign, password, setPassword, signed, press } = useSigning(props)
  const { stale } = useChain()
  const cancel = useRef<HTMLButtonElement>(null)
  const off = stale ? 'The chain data is old. Signing waits for a new block.' : undefined
  const busy = unlock.busy ? 'Opening the key file' : sign.busy ? 'Signing' : undefined
  if (signed)
    return (
      <Dialog
        title="The order is signed"
        onClose={() => onClose(true)}
        first={cancel}
        footer={
          <span className="end">
            <Button ref={cancel} onPress={() => onClose(true)}>
              Close
            </Button>
          </span>
        }
      >
        <p className="soft">
          It is kept on this computer and in the list of orders. Nobody else has it yet, so nobody can carry it out yet.
        </p>
        <HandOver orderId={plan.orderId} />
      </Dialog>
    )
  return (
    <Dialog
      title="Check the order before you sign"
      onClose={() => !busy && onClose(false)}
      first={cancel}
      ask={
        (!wallet.unlocked || sign.error) && (
          <>
            {!wallet.unlocked && (
              <form
                className="form"
                onSubmit={(event) => {
                  event.preventDefault()
                  if (!off) void press()
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
            {sign.error && <ErrorNote error={sign.error} />}
          </>
        )
      }
      footer={
        <>
          <span className="why" aria-live="polite">
            {off ?? ''}
          </span>
          <span className="end">
            <Button large ref={cancel} onPress={() => onClose(false)}>
              Cancel
            </Button>
            <Button large kind="main" offBecause={off} busyWith={busy} onPress={() => void press()}>
              Sign the order
            </Button>
          </span>
        </>
      }
    >
      <p>{orderSentence(plan.order)}</p>
      <OrderLines order={plan.order} />
      <Note kind="warn" title="Your signature is enough.">
        <p>
          Whoever has the signed order may carry it out until it ends, without asking you again. To take it back, you
          have to cancel it on chain.
        </p>
      </Note>
      <Bytes plan={plan} />
    </Dialog>
  )
}

/** All that is signed: the key process writes the same bytes itself, and signs nothing else. */
function Bytes({ plan }: { readonly plan: OrderPlan }) {
  const pairs = plan.bytes.replace(/^0x/, '').match(/.{2}/g) ?? []
  return (
    <section className="grid gap-2" aria-label="What is signed">
      <h3>The {pairs.length} bytes that are signed</h3>
      <p className="mono small break">{pairs.join(' ')}</p>
      <div>
        <div className="lbl">Their hash, the chain’s name for the order</div>
        <span className="mono small break">{plan.orderId}</span>
      </div>
    </section>
  )
}
