import { useState } from 'react'
import type { WalletView } from '../../../shared/contract/wallet.contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Loading } from '../../ui/states.tsx'
import { CopyTextButton, TextToSave } from '../../ui/text-to-save.tsx'
import { OrderLines } from './order-lines.tsx'
import { isOpen, KINDS, type KnownOrder, STATES } from './order-words.ts'

export interface OrderDrawerProps {
  readonly known: KnownOrder
  readonly wallet: WalletView
  /** The chain knows something new of it. */
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** One order: how far it is, what it says, and what can be done with it. */
export function OrderDrawer({ known, wallet, onChanged, onClose }: OrderDrawerProps) {
  const { order, orderId, status, filled } = known
  const { word, chip, says } = STATES[status]
  const isPurchase = KINDS[order.type].isPurchase
  const symbol = useDirectory().get(order.netuid)?.symbol
  return (
    <Drawer
      title={
        <>
          {KINDS[order.type].name} on subnet {order.netuid}
        </>
      }
      onClose={onClose}
    >
      <div className="grid gap-2">
        <div className="row wrap">
          <Chip kind={chip}>{word}</Chip>
          {filled !== undefined && (
            <span className="soft">
              <Amount value={filled} unit={isPurchase ? TAO : alphaOf(order.netuid, symbol)} /> carried out
            </span>
          )}
        </div>
        <p className="soft">{says}</p>
      </div>
      <OrderLines order={order} />
      <div>
        <div className="lbl">The chain’s name for it</div>
        <span className="mono small break">{orderId}</span>
      </div>
      {isOpen(known) && <HandOver orderId={orderId} />}
      {isOpen(known) && <Cancel known={known} wallet={wallet} onChanged={onChanged} />}
    </Drawer>
  )
}

/** The order as a file: whoever has it can carry it out, so it is shown only when asked for. */
export function HandOver({ orderId }: { readonly orderId: string }) {
  const [shown, setShown] = useState(false)
  const file = useQuestion('orders.export', shown ? { orderId } : undefined)
  return (
    <section className="grid gap-2" aria-label="Give it to a relayer">
      <h3>Give it to a relayer</h3>
      <p className="soft">
        The file holds the order and your signature. Whoever has it can carry it out and nothing else: no other amount,
        no other price.
      </p>
      {!shown && (
        <span>
          <Button onPress={() => setShown(true)}>Show the file</Button>
        </span>
      )}
      {file.state === 'loading' && <Loading awaits="the file" rows={2} />}
      {file.state === 'failed' && <ErrorNote error={file.error} />}
      {file.state === 'ready' && (
        <>
          <TextToSave fileName={file.value.fileName} text={file.value.text} rows={8} />
          <span>
            <CopyTextButton text={file.value.text} />
          </span>
        </>
      )}
    </section>
  )
}

type CancelProps = Omit<OrderDrawerProps, 'onClose'>

function offBecause({ known, wallet }: CancelProps, stale: boolean): string | undefined {
  if (known.status === 'partial') return 'A part was carried out: the chain cancels no such order.'
  if (known.order.signer !== wallet.address) return 'Open the wallet that signed it first.'
  return stale ? 'The chain data is old. Signing waits for a new block.' : undefined
}

/** A call on chain: until it is in a block, whoever has the order may still be faster. */
function Cancel(props: CancelProps) {
  const { known, onChanged } = props
  const client = useClient()
  const { review } = useAppActions()
  const { stale } = useChain()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const off = offBecause(props, stale)
  const press = async () => {
    setBusy(true)
    setError(undefined)
    const planned = await client.call('orders.planCancel', { orderId: known.orderId })
    setBusy(false)
    if (planned.ok) review(planned.value, onChanged)
    else setError(planned.error)
  }
  return (
    <section className="grid gap-2" aria-label="Take it back">
      <h3>Take it back</h3>
      <p className="soft">
        To forget the file is not enough if somebody else has it. To cancel is a transaction: it costs the network fee,
        and until it is in a block the order may still be carried out.
      </p>
      <div className="row wrap">
        <Button kind="danger" offBecause={off} busyWith={busy ? 'Planning' : undefined} onPress={() => void press()}>
          Cancel the order
        </Button>
        {off && <span className="why">{off}</span>}
      </div>
      {error && <ErrorNote error={error} />}
    </section>
  )
}
